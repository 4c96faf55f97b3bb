-- Who shut an office, and when; null for what was there before.
alter table appointments_closure add column made_by uuid;
alter table appointments_closure add column made_at timestamptz;

-- Stretches of a lane in which nobody can be seen: somebody is ill, or learns something.
create table appointments_block (
  id      uuid        primary key,
  team    text        not null references appointments_team (id),
  lane    text        not null,
  during  tstzrange   not null,
  reason  text        not null check (reason in ('sick', 'training', 'meeting', 'other')),
  made_by uuid,
  made_at timestamptz not null
);
create index appointments_block_of_team on appointments_block (team);

-- What a block has of its lane: all of it that no appointment has. The same constraint keeps both apart.
alter table appointments_occupancy add column block uuid;
create index appointments_occupancy_of_block on appointments_occupancy (block) where block is not null;

-- A change of hours, closing days or blocks, and what is to become of the appointments that it hits.
create table appointments_plan_change (
  id      uuid        primary key,
  kind    text        not null check (kind in ('rule', 'closure', 'block')),
  -- The rule, the closure or the block.
  subject uuid        not null,
  offices text[]      not null,
  teams   text[]      not null,
  -- For those that nobody chose for: they came while the change was made.
  choice  text        not null check (choice in ('move', 'write', 'leave')),
  made_by uuid,
  made_at timestamptz not null
);
create index appointments_plan_change_at on appointments_plan_change (made_at);

-- An appointment at whose time nobody works any more. Until `outcome` says what became of it, there is something to do.
create table appointments_displaced (
  change  uuid        not null references appointments_plan_change (id) on delete cascade,
  booking uuid        not null,
  choice  text        not null check (choice in ('move', 'write', 'leave')),
  -- When it was before.
  was_at  timestamptz not null,
  outcome text        check (outcome in ('moved', 'written', 'left', 'no-time', 'call', 'gone')),
  done_at timestamptz,
  primary key (change, booking)
);
create index appointments_displaced_of_booking on appointments_displaced (booking);

-- Who sits where: nobody at two counters, nobody beside somebody else.
create table appointments_duty (
  id      uuid      primary key,
  account uuid      not null,
  team    text      not null references appointments_team (id),
  lane    text      not null,
  during  tstzrange not null,
  exclude using gist (account with =, during with &&),
  exclude using gist (lane with =, during with &&)
);

-- What a member of staff can do.
create table appointments_qualification (
  account uuid not null,
  service text not null,
  primary key (account, service)
);

-- Further codes that open a booking: each mail that the city sends of its own accord has one.
create table appointments_code (
  booking   uuid  not null references appointments_booking (id) on delete cascade,
  code_hash bytea not null,
  primary key (booking, code_hash)
);
