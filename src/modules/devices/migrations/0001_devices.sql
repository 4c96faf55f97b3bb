-- Machines of the city that ask by themselves: kiosks, screens, lockers, robots.
create table devices_device (
  id              uuid        primary key,
  name            text        not null,
  -- Slug of the catalogue: where it stands.
  office          text        not null,
  kind            text        not null check (kind in ('kiosk', 'display', 'pickup', 'robot')),
  added_at        timestamptz not null,
  withdrawn_at    timestamptz,
  last_seen_at    timestamptz,
  -- When somebody last came with a key of it that no longer works; what comes within an hour is told once.
  last_refused_at timestamptz
);
create index devices_device_of_office on devices_device (office, name);

-- What a device shows to be known. Ended ones stay, so that who comes with an old key is told so.
create table devices_credential (
  id          uuid        primary key,
  device      uuid        not null references devices_device (id),
  -- key: a program's bearer token; set-up: a link that works once; browser: the cookie that it leaves
  purpose     text        not null check (purpose in ('key', 'set-up', 'browser')),
  -- SHA-256: finding it by its hash takes the same time for every wrong key.
  secret_hash bytea       not null unique,
  issued_at   timestamptz not null,
  -- Of links.
  expires_at  timestamptz,
  ended_at    timestamptz
);
create index devices_credential_of_device on devices_credential (device) where ended_at is null;
