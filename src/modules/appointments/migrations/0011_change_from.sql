-- The day from which changed opening hours apply, where that is a later one: mails and the page of the change name it.
alter table appointments_plan_change add column from_day date;
