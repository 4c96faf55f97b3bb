-- When the person was reminded of this time; a move forgets it.
alter table appointments_booking add column reminded_at timestamptz;
create index appointments_booking_to_remind on appointments_booking (starts_at)
  where state = 'booked' and reminded_at is null;
