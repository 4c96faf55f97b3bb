import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '#platform/log.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { demoCity } from './support/demo-city.ts'
import { median, percentile, type Bench, type Measurement } from './support/measurement.ts'
import { freePort, startProgram, type Program } from './support/process.ts'
import { signIn } from './support/sign-in.ts'
import { fillUp } from './support/synthetic-cases.ts'

const SIZES = [20_000, 200_000] as const
/** Of few requests each: on a machine whose speed drifts, the two cities are to be asked close together. */
const RUNS = 20
const REQUESTS = 10
const WARM_UP = 10

/** Sees the cases of all units: the most that anybody can have to look through. */
const ADMINISTRATOR = 'admin@musterstadt.example'
const CLERK = 'jonas.keller@musterstadt.example'

const cursor = (value: string) => Buffer.from(`${value}|00000000-0000-7000-8000-000000000000`).toString('base64url')
const daysAgo = (days: number) =>
  Temporal.Now.instant()
    .subtract({ hours: 24 * days })
    .toString()

/** Filters, sorts and pages; what they are about is in their names. */
const LISTS: readonly (readonly [name: string, query: string, account?: string])[] = [
  ['open, by deadline', ''],
  ['open, of one clerk’s unit', '', CLERK],
  ['open, oldest first', 'sort=opened'],
  ['open, last changed first', 'sort=-changed'],
  ['open and closed, newest first', 'phase=all&sort=-opened'],
  ['closed, last changed first', 'phase=closed&sort=-changed'],
  ['my own', 'assignee=me', CLERK],
  ['my own, closed', 'assignee=me&phase=closed&sort=-changed', CLERK],
  ['nobody’s', 'assignee=none&sort=opened'],
  ['one unit', 'unit=kulturamt&sort=-opened'],
  ['one service and state', 'service=dog-registration&state=review'],
  ['a rare state, open and closed', 'phase=all&state=withdrawn&unit=kulturamt&sort=-changed'],
  ['a state that the service does not have', 'phase=all&service=dog-registration&state=payment'],
  ['overdue', 'due=overdue'],
  ['overdue, newest first', 'due=overdue&sort=-opened'],
  ['due this week, last changed first', 'due=week&sort=-changed'],
  ['follow-up due', 'followup=due'],
  ['with news', 'news=1&phase=all'],
  ['search for a rare name', 'q=nachname3977&phase=all'],
  ['search for a usual name', 'q=nachname120&phase=all'],
  ['search for the most common name, open', 'q=vorname0'],
  ['search for the most common name, all', 'q=vorname0&phase=all&sort=-opened'],
  ['search for the most common name, all, by deadline', 'q=vorname0&phase=all'],
  ['search for the most common name, all, last deadline first', 'q=vorname0&phase=all&sort=-due'],
  ['search for the most common name, closed, by deadline', 'q=vorname0&phase=closed'],
  ['search for the most common name, closed, last deadline first', 'q=vorname0&phase=closed&sort=-due'],
  ['search for a beginning', 'q=muab1&phase=all'],
  ['search in one state', 'q=vorname1&state=review&sort=opened'],
  ['deep page, all by opening', `phase=all&sort=-opened&after=${cursor(daysAgo(900))}`],
  ['deep page, closed by change', `phase=closed&sort=-changed&after=${cursor(daysAgo(900))}`],
  ['page before', `phase=all&sort=-opened&before=${cursor(daysAgo(900))}`],
]

/**
 * The page of the inbox over HTTP, whole (rows, counts of the tabs, filters, HTML), with 20,000 and with 200,000 cases
 * in two cities side by side, asked in turn, so that both see the same machine.
 */
export const inbox: Bench = {
  name: 'inbox',
  help: 'the inbox with 200,000 cases: every filter, sort and page, against 20,000',
  async run(log) {
    const demo = await demoCity(log)
    const cities: { program: Program; stop: () => Promise<void>; cookies: Map<string, string> }[] = []
    const rows: Measurement[] = []
    try {
      for (const size of SIZES) {
        log(`making a city with ${size.toLocaleString('en')} cases …`)
        cities.push(await cityOf(demo.dataDir, size))
      }
      // As in a city that has been open for an hour: compiled, with its statements planned on each connection.
      for (const city of cities)
        for (const [, query, account = ADMINISTRATOR] of LISTS)
          await ask(city.program.url, query, city.cookies.get(account)!, WARM_UP)
      for (const [name, query, account = ADMINISTRATOR] of LISTS) {
        const times: number[][][] = cities.map(() => [])
        for (let run = 0; run <= RUNS; run++)
          for (const [index, city] of cities.entries()) {
            const part = await ask(city.program.url, query, city.cookies.get(account)!, run === 0 ? 5 : REQUESTS)
            if (run > 0) times[index]!.push(part)
          }
        const [small, large] = times as [number[][], number[][]]
        const ratio = median(large.map((run, i) => median(run) / median(small[i]!)))
        const p99 = percentile(large.flat(), 0.99)
        log(`${name}: ${median(large.flat()).toFixed(1)} ms, ratio ${ratio.toFixed(2)}`)
        rows.push({
          name: `inbox: ${name}, 99th percentile`,
          value: p99,
          unit: 'ms',
          baseline: { name: 'median ms at 20,000 → 200,000', value: median(small.flat()) },
          ratio,
          target: '< 50 ms, ≤ 1.50',
          met: p99 < 50 && ratio <= 1.5,
        })
      }
      const { peak } = cities[1]!.program.memory()
      rows.push({ name: 'inbox: memory, peak', value: peak, unit: 'MB', target: '≤ 350 MB', met: peak <= 350 })
    } finally {
      for (const city of cities) await city.stop()
    }
    return rows
  },
}

/** A copy of the demo city, filled up, running. */
async function cityOf(from: string, size: number) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rathaus-bench-inbox-'))
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  // With owners and modes: PostgreSQL takes nothing else.
  execFileSync('cp', ['-a', `${from}/.`, dataDir])
  const server = await startEmbedded({ dataDir, log: createLogger('error'), purpose: 'bin/bench', mode: 'own' })
  await fillUp(server.url, 't_musterstadt', size)
  await server.stop()
  const port = await freePort()
  const program = await startProgram(
    ['src/main.ts', 'start'],
    {
      DATA_DIR: dataDir,
      PORT: String(port),
      BASE_URL: `http://localhost:${port}`,
      LOG_LEVEL: 'error',
      REQUESTS_PER_MINUTE: '10000000',
      JOB_CONCURRENCY: '0',
    },
    { port, path: '/readyz', timeoutSeconds: 300 },
  )
  const cookies = new Map<string, string>()
  for (const account of [ADMINISTRATOR, CLERK]) cookies.set(account, await signIn(program.url, account))
  const stop = async () => {
    await program.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { program, cookies, stop }
}

/** Milliseconds of each of `count` requests, one after the other, read to the end. */
async function ask(url: string, query: string, cookie: string, count: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const started = performance.now()
    const reply = await fetch(`${url}/workbench${query && `?${query}`}`, { headers: { cookie } })
    const body = await reply.text()
    times.push(performance.now() - started)
    if (reply.status !== 200 || !body.includes('rh-result-count'))
      throw new Error(`no list for ${query}: ${reply.status}`)
  }
  return times
}
