-- The last day on which a time is of use to who waits. Null: none was named.
alter table appointments_waiting add column last_day date;
