-- On that day the office gives no more numbers to whoever comes without an appointment: it calls no more than wait already.
alter table queue_office add column full_on date;
