-- Somebody is sent on to another office: the visit ends here as forwarded, and another one begins there.
alter table queue_visit
  drop constraint queue_visit_state_check,
  add constraint queue_visit_state_check
    check (state in ('waiting', 'called', 'serving', 'parked', 'done', 'absent', 'forwarded')),
  drop constraint queue_visit_check,
  add constraint queue_visit_reason_check
    check (priority_reason is not null or priority = 'normal' or state in ('done', 'absent', 'forwarded')),
  -- The visit there.
  add column forwarded_to uuid,
  -- The office from which they come.
  add column forwarded_from text,
  -- For whoever sees them there; goes when the visit ends.
  add column note text,
  add check (forwarded_to is not null or state <> 'forwarded');
