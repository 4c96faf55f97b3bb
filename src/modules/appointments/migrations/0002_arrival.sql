-- What somebody shows or types where they arrive: it says that they are here, and opens nothing else.
alter table appointments_booking add column arrival_code text;
create index appointments_booking_arrival on appointments_booking (arrival_code) where arrival_code is not null;

-- When they were here; of an appointment that is over, null says that nobody came, if the office counts who comes.
alter table appointments_booking add column attended_at timestamptz;
create index appointments_booking_of_office on appointments_booking (office, starts_at) where state = 'booked';
