-- What calendars were told of a booking: that it cannot take place, and how often that has changed. SEQUENCE counts both this
-- and the changes of the booking itself.
alter table appointments_booking add column told_displaced boolean not null default false;
alter table appointments_booking add column calendar_changes integer not null default 0;
