-- Where people are seen. Whoever sits there is a member of staff; nobody's name is kept, their account is.
create table queue_counter (
  id       uuid    primary key,
  office   text    not null,
  -- As in appointments_team.
  team     text    not null,
  position integer not null,
  -- {"de": "Platz 3", "en": "Counter 3"}
  name     jsonb   not null,
  -- How to get there, from the waiting room.
  way      jsonb   not null,
  is_open  boolean not null default false,
  clerk    uuid,
  since    timestamptz,
  unique (office, position)
);
-- Nobody sits in two places.
create unique index queue_counter_of_clerk on queue_counter (clerk) where clerk is not null;

-- One row an office. Whoever draws a ticket or changes the waiting room of an office locks its row for a moment.
create table queue_office (
  office      text    primary key,
  -- The last number of that day: so no two people get the same, however many machines print.
  day         date    not null,
  last_number integer not null default 0,
  -- Grows with each change: what screens ask for.
  version     bigint  not null default 0
);

-- Somebody who came. Personal data (contact, code, reason) go when the visit ends; see `retention` in the manifest.
create table queue_visit (
  id              uuid        primary key,
  office          text        not null,
  team            text        not null,
  -- In Europe/Berlin.
  day             date        not null,
  number          integer     not null check (number > 0),
  -- "A 014"
  ticket          text        not null,
  services        text[]      not null,
  people          integer     not null check (people between 1 and 20),
  -- appointments_booking; null for those who just came
  booking         uuid,
  -- called: on the screen, not yet at the counter; parked: comes back to the counter that knows them;
  -- absent: called and did not come, gave up, or was still waiting when the office closed
  state           text        not null check (state in ('waiting', 'called', 'serving', 'parked', 'done', 'absent')),
  priority        text        not null default 'normal' check (priority in ('normal', 'priority', 'urgent')),
  priority_reason text        check (priority_reason is not null or priority = 'normal' or state in ('done', 'absent')),
  arrived_at      timestamptz not null,
  -- What the order counts from: the booked time, or the arrival of who has none or comes too late.
  due_at          timestamptz not null,
  -- The first call: until then they waited.
  called_at       timestamptz,
  -- The last call, which the screen shows.
  announced_at    timestamptz,
  calls           integer     not null default 0,
  -- Since when they are at the counter now; null while parked or forwarded.
  serving_at      timestamptz,
  -- Time at counters so far, of all counters if they were forwarded; whole once the visit is done.
  handled_seconds integer     not null default 0 check (handled_seconds >= 0),
  finished_at     timestamptz,
  -- Where they are or were called last, and by whom.
  counter         uuid,
  clerk           uuid,
  -- Forwarded to this one and no other.
  wanted_counter  uuid,
  -- SHA-256 of the code on the ticket, by which a telephone shows how long it takes.
  code_hash       bytea,
  telephone       text,
  email           text,
  locale          text        not null,
  -- When "soon your turn" went out.
  told_at         timestamptz,
  unique (office, day, number)
);
create unique index queue_visit_of_booking on queue_visit (booking) where booking is not null;
create unique index queue_visit_of_code on queue_visit (code_hash) where code_hash is not null;
-- The waiting room is small however many people came in all the years.
create index queue_visit_here on queue_visit (office) where state in ('waiting', 'called', 'serving', 'parked');
create unique index queue_visit_at_counter on queue_visit (counter) where state in ('called', 'serving');
create index queue_visit_finished on queue_visit (office, finished_at);
