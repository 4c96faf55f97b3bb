import type pg from 'pg'

/** Each of them in so many lanes at once. */
export const SEATS = 25
export const STARTS = 20
export const TIMES = SEATS * STARTS

export interface Released {
  /** Of the service, the team and the office. */
  readonly slug: string
  /** When the times begin, STARTS of them. */
  readonly starts: readonly Temporal.Instant[]
  readonly releasedAt: Temporal.Instant
}

/** A team whose one day is released in a few seconds: in a week, from 0 to 20 o'clock, an hour each. */
export async function releaseSoon(pool: pg.Pool, slug: string): Promise<Released> {
  const now = Temporal.Now.zonedDateTimeISO('Europe/Berlin')
  const release = now.add({ seconds: 6 }).round({ smallestUnit: 'second', roundingMode: 'ceil' })
  const day = release.toPlainDate().add({ weeks: 1 })
  const content = {
    firstDay: day,
    lastDay: day,
    days: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 7], everyWeeks: 1 },
    hours: [{ from: '00:00', to: '20:00' }],
    breaks: [],
    seats: { public: SEATS, centre: 0, 'walk-in': 0 },
    stepMinutes: 60,
    onHolidays: true,
    release: { weeksAhead: 1, at: release.toPlainTime() },
  }
  await pool.query(
    `insert into appointments_service (slug, base_minutes, person_minutes, max_people, variants) values ($1, 0, 60, 1, '{in-person}')`,
    [slug],
  )
  await pool.query(
    `insert into appointments_team (id, office, unit, name, services) values ($1, $1, 'rathaus', '{}', array[$1])`,
    [slug],
  )
  await pool.query(
    `insert into appointments_rule (id, version, team, content, made_at) values (gen_random_uuid(), 1, $1, $2, now())`,
    [slug, JSON.stringify(content)],
  )
  // As the program would say when an office changes its hours.
  await pool.query('insert into appointments_change (team, by, at) values (null, gen_random_uuid(), now())')
  const starts = Array.from({ length: STARTS }, (_, hour) =>
    day.toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: { hour } }).toInstant(),
  )
  return { slug, starts, releasedAt: release.toInstant() }
}

/** How many got one, and whether a time went to two. */
export async function takenOf(pool: pg.Pool, { slug }: Released): Promise<{ booked: number; twice: number }> {
  const { rows } = await pool.query<{ booked: number; twice: number }>(
    `select (select count(*)::int from appointments_booking where team = $1 and state = 'reserved') as booked,
      (select count(*)::int from (select from appointments_booking where team = $1 and state = 'reserved'
        group by lane, starts_at having count(*) > 1) t) as twice`,
    [slug],
  )
  return rows[0]!
}
