-- From which day on a version holds; null: from the rule's beginning. Until then the version before it goes on, so that of one
-- rule several stand side by side, and `replaced_at` is null for each of them.
alter table appointments_rule add column from_day date;
drop index appointments_rule_holds;
create unique index appointments_rule_holds on appointments_rule (id, coalesce(from_day, '-infinity'::date))
  where replaced_at is null;
