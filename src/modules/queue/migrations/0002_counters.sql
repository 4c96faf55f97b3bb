-- Counters are added, renamed and put out of service on a page. One out of service stays, since past visits name it.
alter table queue_counter
  add column in_service boolean not null default true,
  -- Grows with each change there, so that two who edit at once are told.
  add column version integer not null default 1,
  add check (in_service or clerk is null);
-- The screen in the hall says a name; nobody is to look for the other one.
create unique index queue_counter_name_de on queue_counter (office, lower(name ->> 'de'));
create unique index queue_counter_name_en on queue_counter (office, lower(name ->> 'en'));
