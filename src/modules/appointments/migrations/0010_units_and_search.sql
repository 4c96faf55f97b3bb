-- Whose counters they are: a house may have teams of several units, and each unit sees its own appointments alone.
alter table appointments_team add column unit text;
update appointments_team set unit = case
  when starts_with(id, office || '-') then substr(id, length(office) + 2) else 'rathaus' end;
alter table appointments_team alter column unit set not null;

-- What a caller says: "Mueller" finds Müller, "0171 …" finds +49 171 …. As in typed-caller.ts.
alter table appointments_booking add column plain_name text generated always as (lower(translate(
  replace(replace(replace(replace(replace(replace(replace(name,
    'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'Ä', 'ae'), 'Ö', 'oe'), 'Ü', 'ue'), 'ß', 'ss'),
  'áàâãåăąćčçďđéèêëěęğíìîïıłńñňóòôõøřśšşșťţțúùûůýźžżÁÀÂÃÅĂĄĆČÇĎĐÉÈÊËĚĘĞÍÌÎÏİŁŃÑŇÓÒÔÕØŘŚŠŞȘŤŢȚÚÙÛŮÝŹŽŻ-''’',
  'aaaaaaacccddeeeeeegiiiiilnnnooooorsssstttuuuuyzzzaaaaaaacccddeeeeeegiiiiilnnnooooorsssstttuuuuyzzz   '))) stored;
alter table appointments_booking add column plain_telephone text generated always as (
  regexp_replace(regexp_replace(telephone, '[^0-9]', '', 'g'), '^(0049|49)?0?', '')) stored;
create index appointments_booking_of_name on appointments_booking using gin (plain_name gin_trgm_ops)
  where name is not null;
create index appointments_booking_of_telephone on appointments_booking (plain_telephone text_pattern_ops)
  where telephone is not null;
