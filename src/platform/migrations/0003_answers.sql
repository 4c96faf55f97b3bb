-- What was answered to a request with an Idempotency-Key, for whoever repeats it; deleted after a day.
create table http_answer (
  -- Of the operation, of who asks and of their key: the key itself is kept nowhere.
  key_hash bytea primary key,
  body_hash text not null,
  -- Of the request that is at work on it, or was.
  claim uuid not null,
  -- Sealed with the key; null: not answered yet.
  answer bytea,
  at timestamptz not null
);
create index http_answer_at on http_answer (at);
