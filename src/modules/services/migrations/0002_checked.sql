-- The sum over all that the last check of the folders has read, so that a start with the same need not check again.
create table services_checked (
  is_only boolean primary key default true check (is_only),
  sum     text    not null
);
