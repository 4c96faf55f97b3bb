import pg from 'pg'

export interface Size {
  readonly offices: number
  /** Of each office. */
  readonly counters: number
  readonly services: number
  readonly days: number
  /** From 0 to 1. */
  readonly booked: number
}

/**
 * Replaces what can be booked in the demo city: in each office one team that does half of the services, from 8 to 16 on
 * weekdays, with that part of its 20-minute times taken at random. Deterministic but for today's date.
 */
export async function fillCalendar(databaseUrl: string, schema: string, size: Size): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema},public` })
  await client.connect()
  try {
    await client.query(`delete from appointments_block; delete from appointments_duty; delete from appointments_widening;
      delete from appointments_occupancy; delete from appointments_booking;
      delete from appointments_rule; delete from appointments_team; delete from appointments_service;
      select setseed(0.42)`)
    await client.query(
      `insert into appointments_service (slug, base_minutes, person_minutes, max_people, variants)
        select 'service-' || i, 5, 10 + 5 * (i % 3), 4, '{in-person}' from generate_series(1, $1::int) i`,
      [size.services],
    )
    await client.query(
      `insert into appointments_team (id, office, unit, name, services)
        select 'team-' || o, 'office-' || o, 'rathaus', '{"de": "Team", "en": "Team"}',
          (select array_agg('service-' || i order by i) from generate_series(1, $2::int) i where (i + o) % 2 = 0)
        from generate_series(1, $1::int) o`,
      [size.offices, size.services],
    )
    await client.query(
      `insert into appointments_rule (id, version, team, content, made_at)
        select gen_random_uuid(), 1, id, jsonb_build_object('firstDay', current_date - 7, 'lastDay', null,
          'days', '{"kind": "weekly", "weekdays": [1, 2, 3, 4, 5], "everyWeeks": 1}'::jsonb,
          'hours', '[{"from": "08:00", "to": "16:00"}]'::jsonb, 'breaks', '[]'::jsonb,
          'seats', jsonb_build_object('public', $1::int, 'centre', 0, 'walk-in', 0), 'stepMinutes', 10, 'onHolidays', true,
          'release', jsonb_build_object('weeksAhead', $2::int, 'at', '00:00')), now()
        from appointments_team`,
      [size.counters, Math.ceil(size.days / 7)],
    )
    await client.query(
      `insert into appointments_occupancy (booking, team, lane, during)
        select gen_random_uuid(), t.id, t.id || '/public/' || seat, tstzrange(start, start + interval '20 minutes')
        from appointments_team t, generate_series(1, $1::int) seat, generate_series(0, $2::int) d,
          lateral (select (current_date + d) as day) one, generate_series(0, 23) slot,
          lateral (select (day + time '08:00' + slot * interval '20 minutes') at time zone 'Europe/Berlin' as start) at
        where extract(isodow from day) < 6 and random() < $3`,
      [size.counters, size.days, size.booked],
    )
    await client.query('vacuum analyze appointments_occupancy')
  } finally {
    await client.end()
  }
}
