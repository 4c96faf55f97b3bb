-- A search for a name that thousands have looks at this and the next week first, and is nearly always done with them
-- (store/callers.ts): the index knows both words and weeks.
drop index appointments_booking_of_name;
create index appointments_booking_of_name on appointments_booking
  using gin ((' ' || plain_name) gin_trgm_ops, (floor(extract(epoch from starts_at at time zone 'UTC') / 604800)::int))
  where name is not null;
