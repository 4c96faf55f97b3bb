-- Proofs of work that were used: each is good for one hold.
create table appointments_proof (
  challenge  text        primary key,
  expires_at timestamptz not null
);
