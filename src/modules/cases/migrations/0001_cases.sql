-- What the administration works on. Answers and findings are JSON, because their shape is the service's, not ours.
create table cases_case (
  id uuid primary key,
  number text collate "C" not null,
  service text collate "C" not null,
  service_version integer not null,
  state text collate "C" not null,
  unit text collate "C" not null,
  assignee uuid,
  account_id uuid,
  applicant_name text not null,
  applicant_email text not null,
  applicant_telephone text,
  locale text not null,
  channel text not null,
  answers jsonb not null,
  findings jsonb not null default '{}',
  -- name of the transition whose reason the clerk reads, where the machine could not decide
  reason text,
  -- what the applicant still has to hand in
  missing text,
  opened_at timestamptz not null,
  -- when it came into its state
  entered_at timestamptz not null,
  changed_at timestamptz not null,
  -- the applicant wrote or handed in something that no clerk has seen yet
  news_at timestamptz,
  closed_at timestamptz,
  outcome text,
  -- last day, through whose end the deadline of the state runs
  due_on date,
  follow_up_on date,
  -- goes up with every change that a clerk could overlook: whoever decides on an older one is told
  version integer not null default 1,
  access_code_hash text not null,
  idempotency_hash text not null,
  -- words of the case, made by the store (domain/search-words.ts)
  search tsvector not null,
  erased_at timestamptz,
  -- A cell holds the cases of one unit, service and state, open or closed, with or without a clerk. There are a few
  -- hundred cells however many cases there are; lists merge the heads of cells, so they do not slow down as cases grow.
  cell text collate "C" not null generated always as (
    unit || '/' || service || '/' || state || '/'
      || case when closed_at is null then 'o' else 'c' end || case when assignee is null then '-' else '+' end) stored,
  due_key date not null generated always as (coalesce(due_on, date '9999-12-31')) stored
);
create unique index cases_case_number on cases_case (number);
create unique index cases_case_idempotency on cases_case (idempotency_hash);
create index cases_case_opened on cases_case (cell, opened_at, id);
create index cases_case_due on cases_case (cell, due_key, id);
create index cases_case_changed on cases_case (cell, changed_at, id);
create index cases_case_assignee_opened on cases_case (assignee, cell, opened_at, id) where assignee is not null;
create index cases_case_assignee_due on cases_case (assignee, cell, due_key, id) where assignee is not null;
create index cases_case_assignee_changed on cases_case (assignee, cell, changed_at, id) where assignee is not null;
create index cases_case_with_deadline on cases_case (due_on) include (cell, assignee, opened_at, changed_at, id) where due_on is not null;
create index cases_case_with_follow_up on cases_case (follow_up_on) include (cell, assignee, opened_at, changed_at, due_key, id) where follow_up_on is not null;
create index cases_case_with_news on cases_case (news_at) include (cell, assignee, opened_at, changed_at, due_key, id) where news_at is not null;
create index cases_case_account on cases_case (account_id, opened_at desc) where account_id is not null;
create index cases_case_to_erase on cases_case (service, closed_at) where closed_at is not null and erased_at is null;
-- fastupdate off: a search would otherwise have to read the list of pending entries, up to 4 MB of it.
create index cases_case_search on cases_case using gin (search) with (fastupdate = off);

-- Which cells have ever held a case. Kept by the store, in the statement that writes the case.
create table cases_cell (
  cell text collate "C" primary key,
  unit text collate "C" not null,
  service text collate "C" not null,
  state text collate "C" not null,
  is_closed boolean not null,
  is_assigned boolean not null
);

create table cases_note (
  id uuid primary key,
  case_id uuid not null references cases_case (id) on delete cascade,
  author uuid not null,
  body text not null,
  created_at timestamptz not null
);
create index cases_note_case on cases_note (case_id, created_at);

create table cases_message (
  id uuid primary key,
  case_id uuid not null references cases_case (id) on delete cascade,
  -- 'in': from the applicant, 'out': to the applicant
  direction text not null check (direction in ('in', 'out')),
  -- null: the machine, or an applicant without an account
  author uuid,
  body text not null,
  created_at timestamptz not null,
  -- by the other side
  read_at timestamptz
);
create index cases_message_case on cases_message (case_id, created_at);

create table cases_document (
  id uuid primary key,
  case_id uuid not null references cases_case (id) on delete cascade,
  file_id uuid not null,
  -- 'answer': uploaded with the application; 'later': handed in afterwards; 'letter': made by us
  kind text not null check (kind in ('answer', 'later', 'letter')),
  -- of a letter: its name in the service's definition
  template text,
  title text,
  added_by uuid,
  created_at timestamptz not null,
  unique (case_id, file_id)
);
create index cases_document_file on cases_document (file_id);

create table cases_decision (
  id uuid primary key,
  case_id uuid not null references cases_case (id) on delete cascade,
  transition text not null,
  -- what the clerk filled in: reason, conditions …
  input jsonb not null,
  author uuid,
  decided_at timestamptz not null
);
create index cases_decision_case on cases_decision (case_id, decided_at);

-- A decision that takes effect in ten seconds, so that it can still be taken back.
create table cases_pending (
  case_id uuid primary key references cases_case (id) on delete cascade,
  id uuid not null,
  transition text not null,
  input jsonb not null,
  account_id uuid not null,
  case_version integer not null,
  run_at timestamptz not null
);

-- Timers of workflows: the deadline of a state, and those that actions start.
create table cases_timer (
  id uuid primary key,
  case_id uuid not null references cases_case (id) on delete cascade,
  -- the timer means nothing any more once the case has left the state that it had on this entry
  entered_at timestamptz not null,
  event text not null,
  run_at timestamptz not null,
  done_at timestamptz
);
create index cases_timer_due on cases_timer (run_at) where done_at is null;
create index cases_timer_case on cases_timer (case_id);

-- A clerk's own searches.
create table cases_view (
  id uuid primary key,
  account_id uuid not null,
  name text not null,
  -- query string of the inbox, normalised
  query text not null,
  created_at timestamptz not null,
  unique (account_id, name)
);

-- Another organisation is asked for its statement: a link with a token opens the case's question to it, nothing else.
create table cases_statement (
  id uuid primary key,
  case_id uuid not null references cases_case (id) on delete cascade,
  organisation text not null,
  email text not null,
  question text not null,
  token_hash text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  answer text,
  answered_at timestamptz
);
create unique index cases_statement_token on cases_statement (token_hash);
create index cases_statement_case on cases_statement (case_id);
