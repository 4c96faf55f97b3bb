-- An area that was drawn around a zone's bays is a guess: an area that the city delivered counts before it, and whether a
-- house is in the zone is for a clerk to say.
alter table parking_zone add column is_guessed boolean not null default false;
alter table parking_zone_address drop constraint parking_zone_address_source_check;
alter table parking_zone_address add constraint parking_zone_address_source_check
  check (source in ('list', 'area', 'bays'));
