-- Calendar feed of an account, by the code in its address; its hash alone is kept.
create table appointments_feed (
  account   uuid        primary key,
  code_hash bytea       not null unique,
  made_at   timestamptz not null,
  -- A feed that no calendar asks for any more ends.
  read_at   timestamptz not null
);
