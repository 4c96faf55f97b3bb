-- Not only decisions can be taken back for ten seconds: messages, letters and questions to other organisations, too.
alter table cases_pending add column what jsonb;
update cases_pending set what = jsonb_build_object('kind', 'decision', 'transition', transition, 'input', input);
alter table cases_pending alter column what set not null, drop column transition, drop column input;
