-- Numbers of payments, of which their references are made.
create sequence payments_number;

create table payments_payment (
  id uuid primary key,
  key text not null unique,
  -- Creditor reference (ISO 11649): what payers write into the purpose line.
  reference text not null unique,
  purpose text not null,
  cents bigint not null check (cents > 0),
  -- What came in for it and what was decided to go back; both follow from the ledger, kept here for lists.
  paid_cents bigint not null default 0,
  refunded_cents bigint not null default 0,
  state text not null check (state in ('open', 'partly-paid', 'paid', 'overpaid', 'cancelled', 'refunded', 'overdue')),
  due_on date not null,
  unit text not null,
  payer_account uuid,
  payer_name text not null,
  payer_email text,
  locale text not null check (locale in ('de', 'en')),
  subject text not null,
  return_path text not null,
  created_at timestamptz not null,
  paid_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  overdue_at timestamptz,
  reminded_at timestamptz
);
create index payments_payment_subject on payments_payment (subject);
create index payments_payment_account on payments_payment (payer_account, created_at desc) where payer_account is not null;
create index payments_payment_created on payments_payment (created_at desc, id);
create index payments_payment_outstanding on payments_payment (due_on) where state in ('open', 'partly-paid', 'overdue');
create index payments_payment_words on payments_payment
  using gin ((reference || ' ' || purpose || ' ' || payer_name) gin_trgm_ops);

-- Codes in the payer's links; only their hashes.
create table payments_access (
  payment uuid not null references payments_payment (id) on delete cascade,
  code_hash text not null,
  expires_at timestamptz not null,
  primary key (payment, code_hash)
);
create index payments_access_expires on payments_access (expires_at);

create table payments_statement (
  id uuid primary key,
  iban text not null,
  -- The bank's name of the statement.
  name text not null,
  from_day date,
  until_day date,
  opening_cents bigint,
  closing_cents bigint,
  currency text not null,
  entries integer not null,
  new_entries integer not null,
  file_sha256 text not null,
  imported_by text not null,
  imported_at timestamptz not null
);
create index payments_statement_at on payments_statement (imported_at desc);

-- Movements of the city's account, each once, however often a file holds it.
create table payments_bank_entry (
  id uuid primary key,
  statement uuid not null references payments_statement (id),
  iban text not null,
  key text not null,
  booked_on date not null,
  value_on date,
  cents bigint not null,
  currency text not null,
  reversal boolean not null,
  party text not null,
  party_iban text,
  remittance text not null,
  end_to_end_id text,
  bank_reference text,
  finding text not null,
  -- 'booked': by the machine; 'open': a clerk has to decide; 'cleared': one did.
  state text not null check (state in ('booked', 'open', 'cleared')),
  payment uuid references payments_payment (id),
  -- What of it lies in suspense, signed as the movement.
  suspense_cents bigint not null default 0,
  resolution text,
  reason text,
  cleared_by text,
  cleared_at timestamptz,
  unique (iban, key)
);
create index payments_bank_entry_open on payments_bank_entry (booked_on, id) where state = 'open';
create index payments_bank_entry_statement on payments_bank_entry (statement);
create index payments_bank_entry_payment on payments_bank_entry (payment) where payment is not null;

-- Money that the city owes payers.
create table payments_refund (
  id uuid primary key,
  key text not null unique,
  payment uuid references payments_payment (id),
  bank_entry uuid references payments_bank_entry (id),
  cents bigint not null check (cents > 0),
  reason text not null,
  way text not null check (way in ('transfer', 'online')),
  payee_name text not null,
  payee_iban text,
  -- What stands on the city's statement when it is paid.
  end_to_end_id text not null unique,
  state text not null check (state in ('decided', 'ordered', 'paid')),
  problem text,
  decided_at timestamptz not null,
  ordered_at timestamptz,
  paid_at timestamptz
);
create index payments_refund_unpaid on payments_refund (decided_at) where state <> 'paid';
create index payments_refund_payment on payments_refund (payment) where payment is not null;

-- Attempts to pay online.
create table payments_online (
  id uuid primary key,
  payment uuid not null references payments_payment (id) on delete cascade,
  cents bigint not null,
  -- The payment service's number; null until it answered.
  provider_id text unique,
  redirect_url text,
  state text not null check (state in ('starting', 'started', 'paid', 'failed', 'cancelled')),
  problem text,
  created_at timestamptz not null,
  checked_at timestamptz,
  finished_at timestamptz
);
create index payments_online_open on payments_online (created_at) where state in ('starting', 'started');
create index payments_online_payment on payments_online (payment);

-- Notifications of the payment service that were taken, so that a replayed one is known.
create table payments_notification (
  id text primary key,
  at timestamptz not null
);

-- Double entry: the entries of each transaction add up to 0.
create table payments_ledger_transaction (
  id uuid primary key,
  kind text not null,
  payment uuid references payments_payment (id),
  bank_entry uuid references payments_bank_entry (id),
  refund uuid references payments_refund (id),
  online uuid,
  actor text not null,
  reason text,
  booked_at timestamptz not null
);
create index payments_ledger_transaction_payment on payments_ledger_transaction (payment, booked_at) where payment is not null;
create index payments_ledger_transaction_at on payments_ledger_transaction (booked_at);

create table payments_ledger_entry (
  transaction uuid not null references payments_ledger_transaction (id),
  account text not null,
  payment uuid,
  -- Debit positive, credit negative.
  cents bigint not null check (cents <> 0),
  primary key (transaction, account)
);
create index payments_ledger_entry_payment on payments_ledger_entry (payment) where payment is not null;
