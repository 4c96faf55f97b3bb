-- Each change that somebody may have to account for later, in a chain of hashes per subject.
create table audit_entry (
  id uuid primary key,
  subject text not null,
  position integer not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  -- Erased at the end of its retention; its hash stays, so that the chain holds.
  data jsonb,
  data_hash text not null,
  previous_hash text not null,
  hash text not null,
  seal bigint,
  unique (subject, position)
);
create index audit_entry_unsealed on audit_entry (id) where seal is null;
create index audit_entry_seal on audit_entry (seal, id);
create index audit_entry_at on audit_entry (at);

-- Every minute the entries since the last seal are bound into one chain of the whole city:
-- so the removal of a whole subject, or of its last entries, shows as well.
create table audit_seal (
  number bigint primary key,
  at timestamptz not null,
  entries integer not null,
  previous_hash text not null,
  hash text not null
);

create table event_entry (
  id uuid primary key,
  type text not null,
  payload jsonb not null,
  at timestamptz not null
);
create index event_entry_at on event_entry (at);

-- What was uploaded or made. The bytes lie in the file store under their hash.
create table file_object (
  id uuid primary key,
  name text not null,
  kind text not null,
  bytes bigint not null,
  sha256 text not null,
  -- 'case:<id>' and the like; null: uploaded and not yet used, deleted after two days.
  owner text,
  scan text not null check (scan in ('clean', 'unscanned')),
  created_at timestamptz not null
);
create index file_object_sha256 on file_object (sha256);
create index file_object_unused on file_object (created_at) where owner is null;
create index file_object_owner on file_object (owner);
