-- Applications that have been begun. Who has an account is their owner; otherwise whoever holds one of the secrets.
create table forms_draft (
  id            uuid        primary key,
  slug          text        not null,
  version       integer     not null,
  -- Tried by staff: makes no case.
  trial         boolean     not null default false,
  account_id    uuid,
  -- SHA-256, hex, of secrets in cookies of browsers; empty once an account has taken over.
  secret_hashes text[]      not null default '{}',
  locale        text        not null,
  -- As typed, so that nothing is lost; checked when a page is left and once more at the end. Empty once submitted.
  answers       jsonb       not null default '{}',
  -- Where answers were filled in from: pointer → {de, en, link}.
  sources       jsonb       not null default '{}',
  revision      integer     not null default 0,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  submitted_at  timestamptz,
  case_id       uuid,
  case_number   text,
  check ((submitted_at is null) = (case_id is null))
);
create index forms_draft_account on forms_draft (account_id) where account_id is not null;
create index forms_draft_secrets on forms_draft using gin (secret_hashes);
create index forms_draft_updated on forms_draft (updated_at);
create index forms_draft_case on forms_draft (case_id) where case_id is not null;

-- Links by which somebody goes on with a draft on another day or device.
create table forms_resume (
  token_hash text        primary key,
  draft_id   uuid        not null references forms_draft on delete cascade,
  expires_at timestamptz not null
);
create index forms_resume_draft on forms_resume (draft_id);

-- What was typed after a session had ended, until its owner has signed in again.
create table forms_parked (
  draft_id    uuid        not null references forms_draft on delete cascade,
  step        text        not null,
  secret_hash text        not null,
  answers     jsonb       not null,
  expires_at  timestamptz not null,
  primary key (draft_id, step, secret_hash)
);

-- Applications by JSON: the same key gives the same answer, with another body a refusal.
create table forms_submission (
  key_hash    text        primary key,
  body_hash   text        not null,
  created_at  timestamptz not null
);
create index forms_submission_created on forms_submission (created_at);

-- Receipts that have been sent: one for each case.
create table forms_receipt (
  case_id uuid        primary key,
  file_id uuid        not null,
  sent_at timestamptz not null
);
