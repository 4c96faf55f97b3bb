-- A word of two letters ("Li Wu") has no three letters in a row to be found by. With the blank before each word its beginning has.
drop index appointments_booking_of_name;
create index appointments_booking_of_name on appointments_booking using gin ((' ' || plain_name) gin_trgm_ops)
  where name is not null;
