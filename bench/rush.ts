import pg from 'pg'
import { setTimeout as wait } from 'node:timers/promises'
import { crowd, request, type Client } from './support/crowd.ts'
import { bookLocked, makeLockedRows } from './support/locked-rows.ts'
import { percentile, type Measurement } from './support/measurement.ts'
import { freePort, startProgram, type Program } from './support/process.ts'

const CLIENTS = 10_000
const SEATS = 25
const STARTS = 20
const TIMES = SEATS * STARTS
const API = '/api/v1/appointments'
/** Connections of the baselines to the database, of all processes together. */
const CONNECTIONS = 10

/**
 * Ten thousand people want one of 500 times that are released at one moment: each holds a time, and those who get one book
 * it at once; the link in the mail they would follow afterwards. Against the pattern "select for update over slot rows,
 * re-check, insert" in the same database: without HTTP, and behind a bare Fastify for the same ten thousand, in as many
 * processes.
 */
export async function rush(
  program: Program,
  databaseUrl: string,
  servers: number,
  log: (line: string) => void,
): Promise<Measurement[]> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, options: '-c search_path=t_musterstadt,public' })
  // A connection that is still being closed when the program stops its database.
  pool.on('error', () => undefined)
  try {
    log(`rush: connecting ${CLIENTS.toLocaleString('en')} clients …`)
    const clients = await crowd(Number(new URL(program.url).port), CLIENTS)
    const { day, releasedAt } = await releaseSoon(pool)
    const firsts = clients.map((client, i) =>
      request(client, `${API}/holds`, { service: ['rush'], office: 'rush', start: startOf(day, i % STARTS) }),
    )
    // Somebody looks at the calendar before, as people do.
    await fetch(`${program.url}${API}/slots?service=rush`)
    await wait(releasedAt - Date.now() + 20)
    const began = performance.now()
    const ends = await Promise.all(clients.map((client, i) => tryToBook(client, i, firsts[i]!, began)))
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
    const rate = booked / seconds
    const against = (name: string, baseline: number): Measurement => ({
      name: `rush: bookings a second until everybody is answered, against ${name}`,
      value: rate,
      unit: '/s',
      baseline: { name: 'select for update, re-check, insert', value: baseline },
      ratio: rate / baseline,
      target: '≥ 2.00',
      met: rate / baseline >= 2,
    })
    log('rush: the pattern "select for update, re-check, insert", without HTTP …')
    const withoutHttp = TIMES / (await lockedRows(pool))
    log('rush: the same for ten thousand clients …')
    const behindHttp = TIMES / (await lockedRowsBehindHttp(pool, databaseUrl, servers))
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
      against('it behind bare HTTP', behindHttp),
      against('it without HTTP or clients', withoutHttp),
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

async function tryToBook(client: Client, i: number, first: string, began: number): Promise<End> {
  const done = (outcome: End['outcome']): End => ({ outcome, ms: performance.now() - began })
  try {
    const held = await client.send(first)
    if (held.status === 409) return done('taken')
    if (held.status !== 201) return done('failed')
    const { id, code } = JSON.parse(held.body) as { id: string; code: string }
    const person = { name: `Person ${i}`, email: `person-${i}@example.org` }
    const booked = await client.send(request(client, `${API}/bookings`, { hold: id, code, ...person }))
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

/** Seconds until ten thousand have tried, as many at once as there are connections. */
async function lockedRows(pool: pg.Pool): Promise<number> {
  await makeLockedRows(pool, { starts: STARTS, seats: SEATS })
  const began = performance.now()
  let next = 0
  const work = async () => {
    for (let i = next++; i < CLIENTS; i = next++) await bookLocked(pool, i % STARTS, i)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  const seconds = (performance.now() - began) / 1000
  await checkLockedRows(pool)
  return seconds
}

/** Seconds until ten thousand clients that come at one moment are answered. */
async function lockedRowsBehindHttp(pool: pg.Pool, databaseUrl: string, servers: number): Promise<number> {
  await makeLockedRows(pool, { starts: STARTS, seats: SEATS })
  const port = await freePort()
  const args = ['bench/support/locked-rows-server.ts', String(port), databaseUrl, String(CONNECTIONS / servers)]
  const programs: Program[] = []
  try {
    for (let i = 0; i < servers; i += 1) programs.push(await startProgram(args, {}, { port, path: '/' }))
    const clients = await crowd(port, CLIENTS)
    const texts = clients.map((client, i) => request(client, '/bookings', { start: i % STARTS, person: i }))
    const began = performance.now()
    await Promise.all(clients.map((client, i) => client.send(texts[i]!)))
    const seconds = (performance.now() - began) / 1000
    for (const client of clients) client.close()
    await checkLockedRows(pool)
    return seconds
  } finally {
    await Promise.all(programs.map((program) => program.stop()))
  }
}

/** A baseline that books something else would compare nothing. */
async function checkLockedRows(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from bench_booking')
  if (rows[0]!.n !== TIMES) throw new Error(`the baseline booked ${rows[0]!.n} of ${TIMES} times`)
  await pool.query('drop table bench_slot, bench_booking')
}
