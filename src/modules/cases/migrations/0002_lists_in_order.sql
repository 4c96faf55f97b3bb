-- Searches for common words walk a list in its order until a page is full (store/inbox.ts).
alter table cases_case add column is_open boolean not null generated always as (closed_at is null) stored;
create index cases_case_all_opened on cases_case (opened_at, id);
create index cases_case_all_changed on cases_case (changed_at, id);
create index cases_case_all_due on cases_case (due_key, id);
create index cases_case_open_opened on cases_case (opened_at, id) where is_open;
create index cases_case_open_changed on cases_case (changed_at, id) where is_open;
create index cases_case_open_due on cases_case (due_key, id) where is_open;
-- A state is nearly always one of open cases or one of closed ones: without this the planner expects too few of them.
create statistics cases_case_kind (mcv) on unit, service, state, is_open from cases_case;
