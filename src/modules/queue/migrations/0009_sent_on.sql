-- When somebody was last sent on to another team or counter of the same office: the screen in the hall says so for a moment.
alter table queue_visit add column sent_on_at timestamptz;
-- It says, too, which number somebody had in the office from which they come.
create index queue_visit_forwarded_to on queue_visit (forwarded_to) where forwarded_to is not null;
