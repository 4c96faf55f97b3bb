-- Who keeps it: a house may be shared, and each unit sees its own documents alone. Of those that are there already nobody
-- noted it; they go to the unit that keeps the house.
alter table pickup_document add column unit text;
update pickup_document d set unit = coalesce((select o.units[1] from catalogue_office o where o.slug = d.office), 'rathaus');
alter table pickup_document alter column unit set not null;
create index pickup_document_of_unit on pickup_document (unit, collect_by) where ended_at is null;
