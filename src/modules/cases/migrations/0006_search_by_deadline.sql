-- A search of the archive in the order of deadlines begins where most of its pages end, too (store/search-heads.ts).
-- Deadlines are those of open cases, which are few: group 0. Cases without one follow in the order of their ids, which
-- carry the time (RFC 9562, version 7): the first 14 of 48 bits change every 199 days.
update cases_case set due_on = null where closed_at is not null and due_on is not null;
alter table cases_case
  add constraint cases_case_closed_has_no_deadline check (closed_at is null or due_on is null),
  add column due_in smallint not null generated always as (case when due_on is not null then 0
    else (1 + get_byte(uuid_send(id), 0) * 64 + get_byte(uuid_send(id), 1) / 4)::smallint end) stored;
drop index cases_case_search;
create index cases_case_search on cases_case using gin (search, opened_in, changed_in, due_in) with (fastupdate = off);
