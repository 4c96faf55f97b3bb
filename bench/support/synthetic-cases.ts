import pg from 'pg'

/**
 * Fills the demo city up to `count` cases by one statement: several years of twelve units, most of them closed, with
 * names as unevenly spread as real ones. Deterministic but for what the demo city brings along.
 */
export async function fillUp(databaseUrl: string, schema: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema},public` })
  await client.connect()
  try {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from cases_case')
    await client.query('select setseed(0.42)')
    await client.query(SYNTHETIC, [count - rows[0]!.n])
    await client.query(`insert into cases_cell (cell, unit, service, state, is_closed, is_assigned)
      select distinct cell, unit, service, state, closed_at is not null, assignee is not null from cases_case
      on conflict do nothing`)
    await client.query('vacuum analyze cases_case')
    await client.query('vacuum analyze cases_cell')
  } finally {
    await client.end()
  }
}

/**
 * Names are spread as in life: the most common given name goes to 1 % of the people, the most common family name to
 * 1.6 % (in Germany Müller goes to about 1 %), the last ones of the lists to a handful.
 */
const SYNTHETIC = `
with unit as (
  select array_agg(id order by id) as ids from accounts_unit where id <> 'rathaus'),
staff as (
  select unit_id, array_agg(id order by id) as ids from accounts_account where kind = 'staff' group by unit_id),
drawn as materialized (
  select i, n,
    case when random() < 0.6 then 'strassenverkehr' else unit.ids[1 + floor(random() * cardinality(unit.ids))::int] end as unit,
    case when random() < 0.65 then 'resident-parking' else 'dog-registration' end as service,
    random() as state_dice, random() as assignee_dice, random() as due_dice, random() as news_dice, random() as follow_dice,
    'Vorname' || floor(power(random(), 1.5) * 1000)::int as given_name,
    'Nachname' || floor(power(random(), 2) * 4000)::int as family_name,
    'Straße' || floor(random() * 600)::int as street,
    'mu' || chr(97 + floor(random() * 26)::int) || chr(97 + floor(random() * 26)::int) || floor(random() * 9999)::int as plate,
    random() as who
  from generate_series(1, $1::int) as i, unit, (select $1::int as n) size),
named as (
  select d.*, now() - (1 - i::float / n) * interval '5 years' as opened_at,
    case when i > n * 0.8 and state_dice < 0.5 then 'open' else 'closed' end as phase
  from drawn d),
placed as (
  select *,
    case when phase = 'closed' then case when state_dice > 0.97 then 'withdrawn' when state_dice > 0.9 then 'refused'
        when service = 'dog-registration' then 'registered' else 'granted' end
      when assignee_dice < 0.6 then 'review'
      when assignee_dice < 0.8 or service = 'dog-registration' then 'documents' else 'payment' end as state
  from named)
insert into cases_case (id, number, service, service_version, state, unit, assignee, account_id, applicant_name,
  applicant_email, locale, channel, answers, findings, opened_at, entered_at, changed_at, news_at, closed_at, outcome,
  due_on, follow_up_on, version, access_code_hash, idempotency_hash, search)
select uuidv7(opened_at - now()), 'SYN-2000-' || lpad(i::text, 6, '0') || '-' || i % 10, service, 1, state, p.unit,
  case when state = 'review' and assignee_dice > 0.3 or phase = 'closed' and assignee_dice > 0.7
    then staff.ids[1 + floor(p.who * cardinality(staff.ids))::int] end,
  null, given_name || ' ' || family_name, given_name || '@post.example', 'de', 'web',
  jsonb_build_object('person', jsonb_build_object('givenName', given_name, 'familyName', family_name, 'birthDate', '1980-05-03'),
    'address', jsonb_build_object('street', street, 'houseNumber', '12', 'postcode', '73801', 'place', 'Musterstadt'),
    'filler', repeat('Angaben des Antrags ', 30)),
  '{}', opened_at, opened_at + interval '1 minute', opened_at + state_dice * interval '20 days',
  case when phase = 'open' and news_dice < 0.02 then now() end,
  case when phase = 'closed' then opened_at + interval '6 days' end,
  case when phase = 'closed' then case state when 'granted' then 'granted' when 'registered' then 'granted' when 'refused' then 'refused' else 'withdrawn' end end,
  case when phase = 'open' then current_date + (due_dice * 40)::int - 2 end,
  case when phase = 'open' and follow_dice < 0.05 then current_date + (follow_dice * 400)::int - 5 end,
  2, repeat('0', 64), 'synthetic:' || i,
  array_to_tsvector(array(select distinct word from unnest(array['syn2000' || lpad(i::text, 6, '0') || i % 10, lpad(i::text, 6, '0'),
    lower(given_name), lower(family_name), 'post', 'example', replace(lower(street), 'ß', 'ss'), plate]) as word))
from placed p left join staff on staff.unit_id = p.unit
order by i`
