-- What people can book, as its page in the catalogue: times it takes, in minutes.
create table appointments_service (
  slug           text    primary key,
  base_minutes   integer not null check (base_minutes >= 0),
  person_minutes integer not null check (person_minutes > 0),
  max_people     integer not null check (max_people > 0),
  variants       text[]  not null check (cardinality(variants) > 0)
);

-- People of one office who can do the same work.
create table appointments_team (
  id       text  primary key,
  office   text  not null,
  name     jsonb not null,
  services text[] not null
);

-- Opening hours. A version never changes: who changes a rule ends its newest version and adds another.
create table appointments_rule (
  id          uuid        not null,
  version     integer     not null check (version > 0),
  team        text        not null references appointments_team (id),
  content     jsonb       not null,
  made_at     timestamptz not null,
  made_by     uuid,
  -- Null for the version that holds.
  replaced_at timestamptz,
  primary key (id, version)
);
create unique index appointments_rule_holds on appointments_rule (id) where replaced_at is null;

-- Days on which an office is shut; every one of them where `office` is null.
create table appointments_closure (
  id        uuid primary key,
  office    text,
  first_day date not null,
  last_day  date not null check (last_day >= first_day),
  reason    text not null
);

-- Personal data of a booking; kept as `retention` in the manifest says.
create table appointments_booking (
  id           uuid        primary key,
  -- held: name and mail are still asked for; reserved: the mail's link was not followed yet; booked; cancelled
  state        text        not null check (state in ('held', 'reserved', 'booked', 'cancelled')),
  office       text        not null,
  team         text        not null,
  lane         text        not null,
  starts_at    timestamptz not null,
  ends_at      timestamptz not null check (ends_at > starts_at),
  services     text[]      not null,
  people       integer     not null check (people > 0),
  variant      text        not null,
  audience     text        not null,
  -- SHA-256 of the code that whoever booked got.
  code_hash    bytea       not null,
  -- And of the code that stands in the mail alone: who has it reads what is sent to that address.
  mail_code_hash bytea,
  account      uuid,
  name         text,
  email        text,
  telephone    text,
  locale       text        not null,
  -- SEQUENCE of the calendar entry (RFC 5545, section 3.8.7.4), and what two who change it at once are told apart by.
  sequence     integer     not null default 0,
  -- Of a hold or a reservation.
  expires_at   timestamptz,
  made_at      timestamptz not null,
  changed_at   timestamptz not null
);
create index appointments_booking_of_account on appointments_booking (account, starts_at) where account is not null;
create index appointments_booking_of_mail on appointments_booking (lower(email), starts_at) where email is not null;
create index appointments_booking_at on appointments_booking (team, starts_at);

-- Which stretches of which lanes are taken. This, and no check before an insert, is why nothing is given twice.
create table appointments_occupancy (
  booking uuid        primary key,
  team    text        not null,
  lane    text        not null,
  during  tstzrange   not null,
  -- From then on it counts no longer, and whoever wants the time removes it. Null: it stays.
  until   timestamptz,
  exclude using gist (lane with =, during with &&)
);
create index appointments_occupancy_of_team on appointments_occupancy (team);

-- Tells other processes which teams to read anew.
create table appointments_change (
  id   bigint generated always as identity primary key,
  -- null: rules, teams or services
  team text,
  by   uuid        not null,
  at   timestamptz not null
);
create index appointments_change_at on appointments_change (at);
