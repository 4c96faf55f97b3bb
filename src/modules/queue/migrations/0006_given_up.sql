-- Whoever gave their number back did not fail to come; the visit is `absent`, and nobody else is.
alter table queue_visit
  add column given_up boolean not null default false,
  add check (state = 'absent' or not given_up);
