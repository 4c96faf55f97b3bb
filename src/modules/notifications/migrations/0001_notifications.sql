-- What the city tells people, once for each key, with one delivery for each way it goes.
create table notifications_message (
  id uuid primary key,
  key text not null unique,
  account uuid,
  email text,
  telephone text,
  locale text not null check (locale in ('de', 'en')),
  subject text not null,
  paragraphs jsonb not null,
  link_path text,
  link_label text,
  case_id text,
  -- Whose staff may read it.
  unit text not null,
  attachments uuid[] not null default '{}',
  -- Holds a secret (a link that lets somebody in): never shown to staff, forgotten once it is sent.
  confidential boolean not null default false,
  read_at timestamptz,
  created_at timestamptz not null
);
create index notifications_message_created on notifications_message (created_at desc, id);
create index notifications_message_account on notifications_message (account, created_at desc) where account is not null;
create index notifications_message_case on notifications_message (case_id) where case_id is not null;
create index notifications_message_words on notifications_message
  using gin ((subject || ' ' || coalesce(email, '') || ' ' || coalesce(telephone, '')) gin_trgm_ops);

create table notifications_delivery (
  id uuid primary key,
  message uuid not null references notifications_message (id) on delete cascade,
  channel text not null check (channel in ('mail', 'sms', 'inbox')),
  state text not null check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  last_error text,
  -- What took it: 'smtp', 'gateway', 'database' (kept here, shown under /dev/outbox), 'inbox'.
  transport text,
  next_attempt_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null,
  unique (message, channel)
);
create index notifications_delivery_waiting on notifications_delivery (state, created_at) where state <> 'sent';
