-- Mails that ask somebody to confirm: they go to whatever address was typed. Given back or not, they count for an hour, unless
-- somebody has shown meanwhile that they read the mailbox. Hashes (SHA-256), of a mailbox without what follows a plus.
create table appointments_confirmation (
  -- Of the code in its link: whoever has it reads the mailbox, also when the time is given back.
  code_hash bytea       primary key,
  mailbox   bytea       not null,
  -- Of the mailbox and the address of who had it sent.
  sender    bytea       not null,
  sent_at   timestamptz not null
);
create index appointments_confirmation_of_mailbox on appointments_confirmation (mailbox, sent_at);
