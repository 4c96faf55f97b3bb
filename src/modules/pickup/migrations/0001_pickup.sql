-- Documents that are ready for somebody. Who had them when is in the audit chain of each (`pickup:<id>`).
create table pickup_document (
  id           uuid        primary key,
  office       text        not null,
  -- "Reisepass"
  title        text        not null,
  -- Number of the case, where there is one.
  case_number  text,
  -- Personal data: gone some time after the end, see `retention` in the manifest.
  account      uuid,
  name         text        not null,
  email        text,
  telephone    text,
  locale       text        not null check (locale in ('de', 'en')),
  -- ready: with the office; deposited: in a compartment; open: its door was opened, nobody has said what then;
  -- collected; withdrawn: announced by mistake
  state        text        not null check (state in ('ready', 'deposited', 'open', 'collected', 'withdrawn')),
  -- The locker that it is meant for, or lies in.
  device       uuid,
  compartment  integer     check (compartment between 1 and 999),
  -- First half of the code, which finds the document; the second half is the secret and kept as a hash (scrypt).
  number       text,
  code_hash    bytea,
  wrong_codes  integer     not null default 0,
  announced_at timestamptz not null,
  collect_by   date        not null,
  overdue_at   timestamptz,
  opened_at    timestamptz,
  ended_at     timestamptz,
  check (state not in ('deposited', 'open') or (device is not null and compartment is not null)),
  check ((number is null) = (code_hash is null))
);
create unique index pickup_document_of_number on pickup_document (number) where number is not null;
-- In one compartment lies one document.
create unique index pickup_document_in on pickup_document (device, compartment) where state in ('deposited', 'open');
create index pickup_document_waiting on pickup_document (office, collect_by) where ended_at is null;
create index pickup_document_ended on pickup_document (office, ended_at) where ended_at is not null;
create index pickup_document_of_account on pickup_document (account) where account is not null;
