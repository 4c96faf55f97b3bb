import { randomInt, randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import pg from 'pg'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { demoCity } from './support/demo-city.ts'
import { median, type Bench, type Measurement } from './support/measurement.ts'

const CONNECTIONS = 32
/** The same number of database connections for both sides. */
const POOL = 10
const RUNS = 5
const SECONDS = 5
const SERVICE = 'dog-registration'

const home = musterstadt().addresses[0]!

const answers = {
  person: { givenName: 'Greta', familyName: 'Beispiel', birthDate: '1980-02-29' },
  address: { street: home.street, houseNumber: home.houseNumber, postcode: home.postcode, place: home.place },
  contact: { email: 'greta.beispiel@musterstadt.example' },
  dogsBefore: 0,
  dogs: [{ callName: 'Bello', breed: 'Pudel', kind: 'ordinary', chip: '276098102345678', acquiredOn: '2024-05-01' }],
  exemption: 'none',
  payBy: 'invoice',
  truthful: true,
}

/**
 * The final submission of an application over HTTP (validation, case, audit, event, jobs, one durable transaction),
 * against the bare driver that writes the same rows in one transaction without HTTP, validation or rules.
 * Jobs are enqueued by both and worked off by neither (JOB_CONCURRENCY=0): that is not part of a submission.
 */
export const submission: Bench = {
  name: 'submit',
  help: 'final submission of an application, against the bare driver doing the same inserts',
  async run(log) {
    const demo = await demoCity(log)
    const city = await demo.start({ JOB_CONCURRENCY: '0', POOL_SIZE: String(POOL), TRUSTED_PROXIES: '127.0.0.1,::1' })
    const pool = new pg.Pool({
      connectionString: await demo.databaseUrl(),
      max: POOL,
      options: '-c search_path=t_musterstadt,public',
    })
    const ours: { rate: number; p99: number; failed: number }[] = []
    const base: number[] = []
    const rows: Measurement[] = []
    try {
      const first = await submitOnce(city.url)
      const writes = await copyOf(pool, first)
      for (let run = 0; run <= RUNS; run++) {
        log(run === 0 ? 'warming up' : `run ${run} of ${RUNS}`)
        const plain = await bareDriver(pool, writes, run === 0 ? 2 : SECONDS)
        const submitted = await submitMany(city.url, run === 0 ? 2 : SECONDS)
        if (run === 0) continue
        base.push(plain)
        ours.push(submitted)
      }
      const ratio = median(ours.map((run, i) => run.rate / base[i]!))
      const failed = ours.reduce((sum, run) => sum + run.failed, 0)
      const { peak } = city.memory()
      rows.push(
        {
          name: `submission of an application${failed > 0 ? ` (${failed} failed!)` : ''}`,
          value: median(ours.map((run) => run.rate)),
          unit: 'cases/s',
          baseline: { name: 'bare pg, same inserts', value: median(base) },
          ratio,
          target: '≥ 0.40',
          met: ratio >= 0.4 && failed === 0,
        },
        { name: 'submission, 99th percentile', value: median(ours.map((run) => run.p99)), unit: 'ms' },
        { name: 'memory, peak under submissions', value: peak, unit: 'MB', target: '≤ 350 MB', met: peak <= 350 },
      )
    } finally {
      await pool.end()
      await city.stop()
    }
    return rows
  },
}

async function submitOnce(url: string): Promise<string> {
  const reply = await fetch(`${url}/api/v1/services/${SERVICE}/applications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(answers),
  })
  const body = (await reply.json()) as { caseNumber?: string }
  if (reply.status !== 201 || body.caseNumber === undefined) throw new Error(`not taken: ${JSON.stringify(body)}`)
  return body.caseNumber
}

async function submitMany(url: string, seconds: number) {
  const result = await autocannon({
    url: `${url}/api/v1/services/${SERVICE}/applications`,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        body: JSON.stringify(answers),
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => ({
          ...request,
          headers: { ...request.headers, 'idempotency-key': randomUUID(), 'x-forwarded-for': anybody() },
        }),
      },
    ],
  })
  return { rate: result.requests.average, p99: result.latency.p99, failed: result.non2xx + result.errors }
}

/** An address of their own for each submission: the limit per address is not what is measured. */
const anybody = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`

interface Write {
  readonly text: string
  readonly values: (string | null)[]
  /** Places in `values` that have to be new each time, with what makes them so. */
  readonly fresh: readonly (readonly [number, () => string])[]
}

/** The rows that a submission wrote, as inserts that write them again under new keys. */
async function copyOf(pool: pg.Pool, caseNumber: string): Promise<Write[]> {
  const { rows: cases } = await pool.query<{ id: string }>('select id from cases_case where number = $1', [caseNumber])
  const id = cases[0]!.id
  let serial = 0
  const number = () =>
    `${caseNumber.split('-')[0]}-1999-${String(++serial).padStart(6, '0')}-${randomUUID().slice(0, 4)}`
  const writes = [
    await rowAsInsert(pool, 'cases_case', `id = '${id}'`, { id: randomUUID, number, idempotency_hash: randomUUID }),
    await rowAsInsert(pool, 'audit_entry', `subject = 'case:${id}'`, { id: randomUUID, subject: randomUUID }),
    await rowAsInsert(pool, 'event_entry', `payload ->> 'caseId' = '${id}'`, { id: randomUUID }),
  ]
  const { rows: jobs } = await pool.query<{ task: string; payload: string }>(
    `select t.identifier as task, j.payload::text as payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where j.payload::text like '%' || $1 || '%' or j.payload::text like '%' ||
        (select e.id::text from event_entry e where e.payload ->> 'caseId' = $1 limit 1) || '%'`,
    [id],
  )
  for (const job of jobs)
    writes.push({
      text: 'select graphile_worker.add_job($1::text, $2::json, job_key := $3::text, max_attempts := 25)',
      values: [job.task, job.payload, ''],
      fresh: [[2, randomUUID]],
    })
  return writes
}

async function rowAsInsert(
  pool: pg.Pool,
  table: string,
  where: string,
  fresh: Readonly<Record<string, () => string>>,
): Promise<Write> {
  const { rows: columns } = await pool.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_schema = 't_musterstadt' and table_name = $1
      and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const names = columns.map((column) => column.name)
  const { rows } = await pool.query({
    text: `select ${names.map((name) => `"${name}"::text`).join(', ')} from ${table} where ${where} limit 1`,
    rowMode: 'array',
  })
  const values = rows[0] as unknown as (string | null)[] | undefined
  if (!values) throw new Error(`the submission wrote no row into ${table}`)
  return {
    text: `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    values,
    fresh: Object.entries(fresh).map(([name, make]) => [names.indexOf(name), make] as const),
  }
}

/** Transactions a second with prepared statements, one round trip a statement, as the driver's manual shows it. */
async function bareDriver(pool: pg.Pool, writes: readonly Write[], seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000
  let done = 0
  const one = async () => {
    while (performance.now() < until) {
      const client = await pool.connect()
      await client.query('begin')
      for (const [index, write] of writes.entries()) {
        const values = [...write.values]
        for (const [at, make] of write.fresh) values[at] = make()
        await client.query({ name: `w${index}`, text: write.text, values })
      }
      await client.query('commit')
      client.release()
      done += 1
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  return done / ((performance.now() - started) / 1000)
}
