-- Nine of ten cases are closed, and the inbox searches the open ones: without an index of their own it read the hits of
-- the whole archive, or all open cases to spare itself that.
create index cases_case_search_open on cases_case using gin (search) with (fastupdate = off) where is_open;
