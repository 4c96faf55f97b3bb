-- More seats for the public where many do not come, as staff decide: from that share of the appointments of eight weeks on.
create table appointments_widening (
  team           text        primary key references appointments_team (id),
  from_percent   integer     not null check (from_percent between 1 and 100),
  seats          integer     not null check (seats between 1 and 20),
  -- As it was counted last; null: never, or too few appointments to say.
  missed_percent integer,
  is_open        boolean     not null default false,
  made_at        timestamptz not null,
  made_by        uuid
);
