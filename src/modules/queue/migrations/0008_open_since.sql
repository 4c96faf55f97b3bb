-- Since when the counter has been open without a break: waiting times count from then how fast people are called.
alter table queue_counter add column open_since timestamptz;
update queue_counter set open_since = since where is_open;
