-- The newer, the higher: of each visit only the newest codes that show it are kept.
alter table queue_glance add column nr bigint generated always as identity;
