import pg from 'pg'
import { setTimeout as wait } from 'node:timers/promises'
import { addressOf, openClient, type Client } from './support/crowd.ts'
import { percentile, type Measurement } from './support/measurement.ts'
import type { Program } from './support/process.ts'

const CLIENTS = 10_000
const SEATS = 25
const STARTS = 20
const TIMES = SEATS * STARTS
const API = '/api/v1/appointments'

/**
 * Ten thousand people want one of 500 times that are released at one moment: each holds a time, and those who get one book
 * it at once; the link in the mail they would follow afterwards. Against the pattern "select for update over slot rows, re-check, insert" in the same database, without HTTP.
 */
export async function rush(program: Program, databaseUrl: string, log: (line: string) => void): Promise<Measurement[]> {
  const port = Number(new URL(program.url).port)
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, options: '-c search_path=t_musterstadt,public' })
  try {
    log(`rush: connecting ${CLIENTS.toLocaleString('en')} clients …`)
    const clients: Client[] = []
    for (let i = 0; i < CLIENTS; i += 100)
      clients.push(...(await Promise.all(Array.from({ length: 100 }, (_, j) => openClient(port, addressOf(i + j))))))
    const { day, releasedAt } = await releaseSoon(pool)
    // Somebody looks at the calendar before, as people do.
    await fetch(`${program.url}${API}/slots?service=rush`)
    await wait(releasedAt - Date.now() + 20)
    const began = performance.now()
    const ends = await Promise.all(clients.map((client, i) => tryToBook(client, i, startOf(day, i % STARTS), began)))
    const seconds = Math.max(...ends.map(({ ms }) => ms)) / 1000
    for (const client of clients) client.close()
    const unanswered = ends.filter(({ outcome }) => outcome === 'failed').length
    const { rows } = await pool.query<{ booked: number; twice: number }>(
      `select (select count(*)::int from appointments_booking where team = 'rush' and state = 'reserved') as booked,
        (select count(*)::int from (select from appointments_booking where team = 'rush' and state = 'reserved'
          group by lane, starts_at having count(*) > 1) t) as twice`,
    )
    const { booked, twice } = rows[0]!
    const p99 = percentile(
      ends.map(({ ms }) => ms),
      0.99,
    )
    log('rush: the pattern "select for update, re-check, insert" …')
    const baseline = TIMES / (await lockedRows(pool))
    const rate = booked / seconds
    return [
      {
        name: `rush: ${CLIENTS.toLocaleString('en')} clients for ${TIMES} times, booked`,
        value: booked,
        unit: '',
        target: `${TIMES}, none twice, all answered`,
        met: booked === TIMES && twice === 0 && unanswered === 0,
      },
      {
        name: 'rush: from the release to the last answer of a client, 99th percentile',
        value: p99,
        unit: 'ms',
        target: '< 2000 ms',
        met: p99 < 2000,
      },
      {
        name: 'rush: bookings a second until everybody is answered',
        value: rate,
        unit: '/s',
        baseline: { name: 'select for update, re-check, insert', value: baseline },
        ratio: rate / baseline,
        target: '≥ 2.00',
        met: rate / baseline >= 2,
      },
    ]
  } finally {
    await pool.end()
  }
}

interface End {
  readonly outcome: 'booked' | 'taken' | 'failed'
  /** From the release to the last answer. */
  readonly ms: number
}

async function tryToBook(client: Client, i: number, start: string, began: number): Promise<End> {
  const done = (outcome: End['outcome']): End => ({ outcome, ms: performance.now() - began })
  try {
    const held = await client.post(`${API}/holds`, { service: ['rush'], office: 'rush', start })
    if (held.status === 409) return done('taken')
    if (held.status !== 201) return done('failed')
    const { id, code } = JSON.parse(held.body) as { id: string; code: string }
    const person = { name: `Person ${i}`, email: `person-${i}@example.org` }
    const booked = await client.post(`${API}/bookings`, { hold: id, code, ...person })
    if (booked.status !== 201) return done('failed')
    return done('booked')
  } catch {
    return done('failed')
  }
}

/** A team whose one day is released in a few seconds: tomorrow, from 0 to 20 o'clock, an hour each. */
async function releaseSoon(pool: pg.Pool): Promise<{ day: Temporal.PlainDate; releasedAt: number }> {
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
    `insert into appointments_service (slug, base_minutes, person_minutes, max_people, variants) values ('rush', 0, 60, 1, '{in-person}')`,
  )
  await pool.query(
    `insert into appointments_team (id, office, unit, name, services) values ('rush', 'rush', 'rathaus', '{}', '{rush}')`,
  )
  await pool.query(
    `insert into appointments_rule (id, version, team, content, made_at) values (gen_random_uuid(), 1, 'rush', $1, now())`,
    [JSON.stringify(content)],
  )
  // As the program would say when an office changes its hours.
  await pool.query('insert into appointments_change (team, by, at) values (null, gen_random_uuid(), now())')
  return { day, releasedAt: release.epochMilliseconds }
}

const startOf = (day: Temporal.PlainDate, hour: number): string =>
  day.toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: { hour } }).toInstant().toString()

/** Seconds until ten thousand have tried, ten at once. */
async function lockedRows(pool: pg.Pool): Promise<number> {
  await pool.query(`create table bench_slot (start int, seat int, primary key (start, seat))`)
  await pool.query(
    `create table bench_booking (id uuid primary key, start int not null, name text, email text, made_at timestamptz)`,
  )
  await pool.query(`insert into bench_slot select s, n from generate_series(0, $1) s, generate_series(1, $2) n`, [
    STARTS - 1,
    SEATS,
  ])
  const began = performance.now()
  let next = 0
  const work = async () => {
    const client = await pool.connect()
    try {
      for (let i = next++; i < CLIENTS; i = next++) {
        const start = i % STARTS
        await client.query('begin')
        await client.query('select from bench_slot where start = $1 for update', [start])
        const { rows } = await client.query<{ n: number }>(
          'select count(*)::int as n from bench_booking where start = $1',
          [start],
        )
        if (rows[0]!.n < SEATS)
          await client.query(`insert into bench_booking values (gen_random_uuid(), $1, $2, $3, now())`, [
            start,
            `Person ${i}`,
            `person-${i}@example.org`,
          ])
        await client.query('commit')
      }
    } finally {
      client.release()
    }
  }
  await Promise.all(Array.from({ length: 10 }, work))
  const seconds = (performance.now() - began) / 1000
  await pool.query('drop table bench_slot, bench_booking')
  return seconds
}
