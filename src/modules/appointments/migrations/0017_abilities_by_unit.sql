-- What somebody can do is noted for the counters of one unit, by who plans for it: so nobody changes what another unit gives.
-- "All that their team does" and "only these" are two statements: an empty list says that they give nothing.
create table appointments_ability (
  account  uuid    not null,
  unit     text    not null,
  -- Null: all that their team does.
  services text[],
  version  integer not null,
  primary key (account, unit)
);
-- A note held in all units until now; nothing noted meant all.
insert into appointments_ability (account, unit, services, version)
  select q.account, t.unit, array_agg(q.service order by q.service), 2
  from appointments_qualification q cross join (select distinct unit from appointments_team) t
  group by q.account, t.unit;
drop table appointments_qualification;

-- Goes up with every change of who sits at the counters of a team.
alter table appointments_team add column duties_version integer not null default 1;
