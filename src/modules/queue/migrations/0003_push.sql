-- Whether a browser wants to hear of it; which one stands in `notifications_browser`.
alter table queue_visit add column push boolean not null default false;
