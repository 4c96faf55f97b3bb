-- How somebody wants to be reminded the day before: as all were until now, by mail alone, or not at all.
alter table appointments_booking add column reminder text not null default 'mail-and-sms'
  check (reminder in ('mail-and-sms', 'mail', 'none'));
