-- Units of the administration, a tree. `path` holds the labels from the root, so that "this unit and all below" is one index look-up.
create table accounts_unit (
  id text primary key,
  parent_id text references accounts_unit (id),
  path ltree not null,
  name jsonb not null,
  telephone text,
  email text
);
create unique index accounts_unit_path on accounts_unit using btree (path);
create index accounts_unit_below on accounts_unit using gist (path);
create unique index accounts_unit_one_root on accounts_unit ((parent_id is null)) where parent_id is null;

create table accounts_account (
  id uuid primary key,
  kind text not null check (kind in ('citizen', 'staff')),
  name text not null,
  email text not null,
  -- null until the person has chosen one; always null for who only signs in by other ways
  password_hash text,
  password_changed_at timestamptz,
  locale text not null default 'de',
  -- for staff: the unit whose managers look after the account
  unit_id text references accounts_unit (id),
  created_at timestamptz not null,
  -- when the person proved that the address is theirs; null: invited, and not been here yet
  confirmed_at timestamptz,
  disabled_at timestamptz,
  last_login_at timestamptz,
  check ((kind = 'staff') = (unit_id is not null))
);
create unique index accounts_account_email on accounts_account (lower(email));
create index accounts_account_unit on accounts_account (unit_id) where unit_id is not null;
create index accounts_account_words on accounts_account using gin ((lower(name) || ' ' || lower(email)) gin_trgm_ops);

-- Ways to log in other than by password (BundID, a passkey) get a table of their own that refers to accounts_account: see docs/security.md.

create table accounts_role (
  id text primary key,
  name jsonb not null,
  permissions text[] not null default '{}'
);

-- A role holds in a unit and in all units below it.
create table accounts_assignment (
  account_id uuid not null references accounts_account (id) on delete cascade,
  role_id text not null references accounts_role (id),
  unit_id text not null references accounts_unit (id),
  created_at timestamptz not null,
  primary key (account_id, role_id, unit_id)
);
create index accounts_assignment_unit on accounts_assignment (unit_id);
create index accounts_assignment_role on accounts_assignment (role_id);

create table accounts_session (
  id uuid primary key,
  -- SHA-256 of the cookie's value; the value itself is nowhere
  token_hash bytea not null,
  account_id uuid not null references accounts_account (id) on delete cascade,
  created_at timestamptz not null,
  -- written at most once a minute
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- "Firefox, Android", for the person's own list; the full user agent is not kept
  device text not null,
  ended_at timestamptz
);
create unique index accounts_session_token on accounts_session (token_hash);
create index accounts_session_account on accounts_session (account_id, last_seen_at desc);
create index accounts_session_expires on accounts_session (expires_at);

-- Keys that work once (mail links) or until revoked (api), each for one purpose.
create table accounts_token (
  id uuid primary key,
  token_hash bytea not null,
  purpose text not null check (purpose in ('register', 'invite', 'reset-password', 'change-mail', 'api')),
  account_id uuid references accounts_account (id) on delete cascade,
  -- the address to be confirmed: 'register' and 'change-mail'
  email text,
  locale text not null default 'de',
  -- 'api' only: permissions that the token is good for; null: all of the account
  scope text[],
  label text,
  -- where to go afterwards, a path of this city
  next text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create unique index accounts_token_hash on accounts_token (token_hash);
create index accounts_token_account on accounts_token (account_id) where account_id is not null;
create index accounts_token_expires on accounts_token (expires_at);

-- How often something was tried, in windows; the key is a hash, so that neither addresses nor mails are kept.
create table accounts_attempt (
  key bytea not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key, window_start)
);
create index accounts_attempt_window on accounts_attempt (window_start);

create table accounts_safe (
  account_id uuid primary key references accounts_account (id) on delete cascade,
  given_name text,
  family_name text,
  birth_date date,
  street text,
  house_number text,
  postcode text,
  place text,
  telephone text,
  changed_at timestamptz not null
);

create table accounts_vehicle (
  account_id uuid not null references accounts_account (id) on delete cascade,
  plate text not null,
  description text,
  position integer not null,
  primary key (account_id, plate)
);

-- Who read a person's data safe, and what for.
create table accounts_safe_reading (
  id uuid primary key,
  account_id uuid not null references accounts_account (id) on delete cascade,
  -- null: the city's program, without a person
  reader_id uuid,
  -- a member of staff is shown by unit, so the unit at the time is kept
  unit_id text,
  purpose jsonb not null,
  read_at timestamptz not null
);
create index accounts_safe_reading_account on accounts_safe_reading (account_id, read_at desc);
