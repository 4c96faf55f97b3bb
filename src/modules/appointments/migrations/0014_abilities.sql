-- Who sits where steers what is offered: entering somebody, and what somebody can do, are changes that hit appointments.
alter table appointments_plan_change drop constraint appointments_plan_change_kind_check;
alter table appointments_plan_change add constraint appointments_plan_change_kind_check
  check (kind in ('rule', 'closure', 'block', 'duty', 'qualification'));

-- Another counter at the same time, where somebody can do it; nobody has to be told.
alter table appointments_plan_change drop constraint appointments_plan_change_choice_check;
alter table appointments_plan_change add constraint appointments_plan_change_choice_check
  check (choice in ('reseat', 'move', 'write', 'leave'));
alter table appointments_displaced drop constraint appointments_displaced_choice_check;
alter table appointments_displaced add constraint appointments_displaced_choice_check
  check (choice in ('reseat', 'move', 'write', 'leave'));
alter table appointments_displaced drop constraint appointments_displaced_outcome_check;
alter table appointments_displaced add constraint appointments_displaced_outcome_check
  check (outcome in ('reseated', 'moved', 'written', 'left', 'no-time', 'call', 'gone'));

-- Read with the calendar of each team: those to come.
create index appointments_duty_of_team on appointments_duty (team, upper(during));
