import pg from 'pg'
import { setTimeout as wait } from 'node:timers/promises'
import { crowd, request, type Client } from './support/crowd.ts'
import { bookLocked, makeLockedRows } from './support/locked-rows.ts'
import { median, percentile, type Measurement } from './support/measurement.ts'
import { freePort, startProgram, type Program } from './support/process.ts'

const ROUNDS = 3
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
 * processes. Several rounds, each with both, since one lasts two seconds and whoever shares the machine takes part.
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
    const rounds: Round[] = []
    for (let i = 1; i <= ROUNDS; i += 1) {
      log(`rush: ${CLIENTS.toLocaleString('en')} clients, round ${i} of ${ROUNDS} …`)
      const answered = await tryAll(program, pool, `rush-${i}`)
      log(
        `rush: the last 99th percentile after ${Math.round(answered.p99)} ms; "select for update, re-check, insert" …`,
      )
      const withoutHttp = TIMES / (await lockedRows(pool))
      const behindHttp = TIMES / (await lockedRowsBehindHttp(pool, databaseUrl, servers))
      rounds.push({ ...answered, withoutHttp, behindHttp })
    }
    const of = (value: (round: Round) => number) => median(rounds.map(value))
    const p99 = of((round) => round.p99)
    const against = (name: string, baseline: (round: Round) => number): Measurement => {
      const ratio = of((round) => round.rate / baseline(round))
      return {
        name: `rush: bookings a second until everybody is answered, against ${name}`,
        value: of(({ rate }) => rate),
        unit: '/s',
        baseline: { name: 'select for update, re-check, insert', value: of(baseline) },
        ratio,
        target: '≥ 2.00',
        met: ratio >= 2,
      }
    }
    return [
      {
        name: `rush: ${CLIENTS.toLocaleString('en')} clients for ${TIMES} times, booked, the worst of ${ROUNDS} rounds`,
        value: rounds.find(({ isRight }) => !isRight)?.booked ?? TIMES,
        unit: '',
        target: `${TIMES}, none twice, all answered`,
        met: rounds.every(({ isRight }) => isRight),
      },
      {
        name: 'rush: from the release to the last answer of a client, 99th percentile',
        value: p99,
        unit: 'ms',
        target: '< 2000 ms',
        met: p99 < 2000,
      },
      against('it behind bare HTTP', ({ behindHttp }) => behindHttp),
      against('it without HTTP or clients', ({ withoutHttp }) => withoutHttp),
    ]
  } finally {
    await pool.end()
  }
}

interface Answered {
  readonly booked: number
  /** All times booked, none twice, everybody answered. */
  readonly isRight: boolean
  /** From the release to the last answer of a client, in milliseconds. */
  readonly p99: number
  /** Bookings a second until everybody is answered. */
  readonly rate: number
}

interface Round extends Answered {
  readonly withoutHttp: number
  readonly behindHttp: number
}

/** @param slug of the service, the team and the office of this round */
async function tryAll(program: Program, pool: pg.Pool, slug: string): Promise<Answered> {
  const clients = await crowd(Number(new URL(program.url).port), CLIENTS)
  try {
    const { day, releasedAt } = await releaseSoon(pool, slug)
    const firsts = clients.map((client, i) =>
      request(client, `${API}/holds`, { service: [slug], office: slug, start: startOf(day, i % STARTS) }),
    )
    // Somebody looks at the calendar before, as people do.
    await fetch(`${program.url}${API}/slots?service=${slug}`)
    await wait(releasedAt - Date.now() + 20)
    const began = performance.now()
    const ends = await Promise.all(clients.map((client, i) => tryToBook(client, i, firsts[i]!, began)))
    const times = ends.map(({ ms }) => ms)
    const { rows } = await pool.query<{ booked: number; twice: number }>(
      `select (select count(*)::int from appointments_booking where team = $1 and state = 'reserved') as booked,
        (select count(*)::int from (select from appointments_booking where team = $1 and state = 'reserved'
          group by lane, starts_at having count(*) > 1) t) as twice`,
      [slug],
    )
    const { booked, twice } = rows[0]!
    return {
      booked,
      isRight: booked === TIMES && twice === 0 && ends.every(({ outcome }) => outcome !== 'failed'),
      p99: percentile(times, 0.99),
      rate: (booked / Math.max(...times)) * 1000,
    }
  } finally {
    for (const client of clients) client.close()
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
    const person = { name: `Person ${i}`, email: `${id}@example.org` }
    const booked = await client.send(request(client, `${API}/bookings`, { hold: id, code, ...person }))
    if (booked.status !== 201) return done('failed')
    return done('booked')
  } catch {
    return done('failed')
  }
}

/** A team whose one day is released in a few seconds: tomorrow, from 0 to 20 o'clock, an hour each. */
async function releaseSoon(pool: pg.Pool, slug: string): Promise<{ day: Temporal.PlainDate; releasedAt: number }> {
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
