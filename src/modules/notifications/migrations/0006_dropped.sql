-- What would be of no use any more ("now to counter 3", an hour later) is no failure that staff have to look at.
alter table notifications_delivery
  drop constraint notifications_delivery_state_check,
  add constraint notifications_delivery_state_check check (state in ('queued', 'sent', 'failed', 'dropped'));
update notifications_delivery set state = 'dropped'
  where state = 'failed' and last_error in ('too-late', 'overtaken', 'browser-gone');
