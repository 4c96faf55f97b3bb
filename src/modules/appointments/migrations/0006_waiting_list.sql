-- Who wants to be told when something frees up.
create table appointments_waiting (
  id              uuid        primary key,
  -- unconfirmed: the mail's link was not followed yet; told: something was free, they may wait on
  state           text        not null check (state in ('unconfirmed', 'waiting', 'told')),
  services        text[]      not null,
  people          integer     not null check (people > 0),
  variant         text        not null,
  -- None: anywhere.
  offices         text[]      not null,
  from_day        date,
  weekdays        integer[]   not null,
  -- Only an earlier time is news. Null: any.
  before          timestamptz,
  account         uuid,
  email           text        not null,
  locale          text        not null,
  code_hash       bytea       not null,
  -- Of the code in the mail that says that something is free.
  later_code_hash bytea,
  made_at         timestamptz not null,
  told_at         timestamptz,
  expires_at      timestamptz not null
);
create index appointments_waiting_now on appointments_waiting (made_at) where state <> 'unconfirmed';
create index appointments_waiting_of_mail on appointments_waiting (lower(email));
create index appointments_waiting_of_account on appointments_waiting (account) where account is not null;
