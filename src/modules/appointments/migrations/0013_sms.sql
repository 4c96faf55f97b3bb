-- Too many appointments under that number, account or address of the sender already: it is reminded of by mail alone.
alter table appointments_booking add column no_sms boolean not null default false;
