-- When the appointment is; `due_at` moves when somebody is called in vain or comes too late.
alter table queue_visit add column booked_at timestamptz;
update queue_visit set booked_at = due_at where booking is not null;
