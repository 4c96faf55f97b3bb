-- A search of the whole archive for a name that thousands have, newest first, looks at the newest two half-years first and
-- is nearly always done with them (store/search-heads.ts). Half-years are counted from year 0, of 2026 4052 and 4053.
alter table cases_case
  add column opened_in smallint not null generated always as ((extract(year from opened_at at time zone 'UTC') * 2
    + extract(month from opened_at at time zone 'UTC')::int / 7)::smallint) stored,
  add column changed_in smallint not null generated always as ((extract(year from changed_at at time zone 'UTC') * 2
    + extract(month from changed_at at time zone 'UTC')::int / 7)::smallint) stored;
drop index cases_case_search;
create index cases_case_search on cases_case using gin (search, opened_in, changed_in) with (fastupdate = off);
