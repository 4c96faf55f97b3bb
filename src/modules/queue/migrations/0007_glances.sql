-- Codes for whoever shows the code of their appointment once more: each shows how the ticket stands, and changes nothing. The
-- code that came with the ticket does both, and stays valid.
create table queue_glance (
  -- SHA-256, as in queue_visit
  code_hash bytea primary key,
  visit     uuid  not null references queue_visit on delete cascade
);
create index queue_glance_of_visit on queue_glance (visit);
