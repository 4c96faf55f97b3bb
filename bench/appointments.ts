import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createLogger } from '#platform/log.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { rush } from './rush/rush.ts'
import { addressOf } from './rush/crowd.ts'
import { databaseUrlOf, demoCity } from './support/demo-city.ts'
import { load, type Load } from './support/load.ts'
import { median, type Bench, type Measurement } from './support/measurement.ts'
import { freePort, startProgram } from './support/process.ts'
import { fillCalendar, type Size } from './support/synthetic-appointments.ts'

const CONNECTIONS = 32
const RUNS = 5
const SECONDS = 4
const SMALL: Size = { offices: 10, counters: 12, services: 40, days: 60, booked: 0.7 }
const LARGE: Size = { offices: 100, counters: 10, services: 40, days: 60, booked: 0.7 }

/** Processes that answer in the rush, one for each core of the machine that docs/performance.md names. */
const SERVERS = 2

/** What people ask: each service alone, for one to three people, two at once, in one office or anywhere. */
const questions = ({ offices, services }: Size): string[] =>
  Array.from({ length: 200 }, (_, i) => {
    const query = new URLSearchParams({ service: `service-${1 + (i % services)}`, people: String(1 + (i % 3)) })
    if (i % 5 === 0) query.append('service', `service-${1 + ((i + 2) % services)}`)
    if (i % 4 === 0) query.set('office', `office-${1 + (i % offices)}`)
    return `/api/v1/appointments/slots?${query.toString()}`
  })

/** Searching free times by JSON, in two cities side by side, against a bare Fastify JSON reply. */
export const appointments: Bench = {
  name: 'appointments',
  help: 'free times of 10 and of 100 offices, and 10,000 people who want 500 of them at once',
  async run(log) {
    const demo = await demoCity(log)
    const port = await freePort()
    const bare = await startProgram(['bench/support/bare-server.ts', String(port)], {}, { port, path: '/' })
    const cities: City[] = []
    const rows: Measurement[] = []
    const stopTaking: (() => Promise<number>)[] = []
    try {
      for (const size of [SMALL, LARGE]) {
        log(`making a city with ${size.offices} offices …`)
        cities.push(await cityOf(demo.dataDir, size))
      }
      // Meanwhile somebody takes a time twenty times a second, so that no answer stays true for long.
      for (const { program, size } of cities) stopTaking.push(takeTimes(program.url, size))
      const base: Load[] = []
      const ours: Load[][] = cities.map(() => [])
      for (const { program, size } of cities)
        await load(program.url, { connections: CONNECTIONS, seconds: 2, paths: questions(size) })
      for (let run = 0; run < RUNS; run++) {
        log(`search: run ${run + 1} of ${RUNS}`)
        base.push(await load(bare.url, { connections: CONNECTIONS, seconds: SECONDS }))
        for (const [i, { program, size }] of cities.entries())
          ours[i]!.push(await load(program.url, { connections: CONNECTIONS, seconds: SECONDS, paths: questions(size) }))
      }
      const taken = await Promise.all(stopTaking.splice(0).map((stop) => stop()))
      log(`times taken meanwhile: ${taken.join(' and ')}`)
      const p99 = ours.map((runs) => median(runs.map((run) => run.p99)))
      for (const [i, { size, program }] of cities.entries()) {
        const limit = i === 0 ? 15 : 3 * p99[0]!
        const failed = ours[i]!.reduce((sum, run) => sum + run.failed, 0)
        const what = `search in ${size.offices} offices${failed > 0 ? ` (${failed} failed!)` : ''}`
        rows.push({
          name: `${what}, 99th percentile`,
          value: p99[i]!,
          unit: 'ms',
          target: i === 0 ? '< 15 ms' : '≤ 3 × of 10 offices',
          met: failed === 0 && (i === 0 ? p99[i]! < limit : p99[i]! <= limit),
        })
        rows.push({
          name: what,
          value: median(ours[i]!.map((run) => run.rate)),
          unit: 'searches/s',
          baseline: { name: 'bare Fastify JSON', value: median(base.map((run) => run.rate)) },
          ratio: median(ours[i]!.map((run, r) => run.rate / base[r]!.rate)),
        })
        const { peak } = program.memory()
        rows.push({ name: `${what}, memory, peak`, value: peak, unit: 'MB', target: '≤ 350 MB', met: peak <= 350 })
      }
      for (const city of cities.splice(0)) await city.stop()
      log(`making a city that ${SERVERS} processes serve …`)
      const city = await cityOf(demo.dataDir, SMALL, { SERVERS: String(SERVERS) })
      cities.push(city)
      rows.push(...(await rushIn(city, log)))
    } finally {
      await Promise.all(stopTaking.map((stop) => stop()))
      for (const city of cities) await city.stop()
      await bare.stop()
    }
    return rows
  },
}

/** The rush in a city where people have searched and taken times before, as on any day. */
async function rushIn(city: City, log: (line: string) => void): Promise<Measurement[]> {
  const { program, size } = city
  const takers = Array.from({ length: 8 }, () => takeTimes(program.url, size))
  await load(program.url, { connections: CONNECTIONS, seconds: SECONDS, paths: questions(size) })
  await Promise.all(takers.map((stop) => stop()))
  const { dataDir } = city
  const rows = await rush(program.url, { dataDir, databaseUrl: await city.databaseUrl(), servers: SERVERS }, log)
  const { peak } = program.memory()
  return [...rows, { name: `rush: memory, peak, of ${SERVERS} processes`, value: peak, unit: 'MB' }]
}

/** Addresses of whoever takes times; the rush has those before. */
const TAKERS_FROM = 20_000

/** Books a random one of the first free times again and again; returns what stops it, and says how many it got. */
function takeTimes(url: string, { services }: Size): () => Promise<number> {
  let taken = 0
  const over = { is: false }
  const taking = (async () => {
    for (let i = 0; !over.is; i += 1) {
      const service = `service-${1 + (i % services)}`
      const reply = await fetch(`${url}/api/v1/appointments/slots?service=${service}&limit=100`)
      const { slots } = (await reply.json()) as { slots: { start: string; office: string }[] }
      const wish = slots[Math.floor(Math.random() * slots.length)]
      // Not those of the rush, whose holds without a proof of work would be used up.
      const sender = { 'content-type': 'application/json', 'x-forwarded-for': addressOf(TAKERS_FROM + i) }
      const post = (path: string, body: unknown) =>
        fetch(`${url}/api/v1/appointments/${path}`, { method: 'POST', headers: sender, body: JSON.stringify(body) })
      const held = await post('holds', { service: [service], ...wish })
      const { id, code } = (await held.json()) as { id: string; code: string }
      if (held.status === 201) {
        taken += 1
        const person = { name: `Person ${i}`, email: `${id}@example.org` }
        await (await post('bookings', { hold: id, code, ...person })).arrayBuffer()
      }
      await wait(50)
    }
  })()
  return async () => {
    over.is = true
    await taking
    return taken
  }
}

type City = Awaited<ReturnType<typeof cityOf>>

/** A copy of the demo city with another calendar, running. */
async function cityOf(from: string, size: Size, more: Readonly<Record<string, string>> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rathaus-bench-appointments-'))
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  // With owners and modes: PostgreSQL takes nothing else.
  execFileSync('cp', ['-a', `${from}/.`, dataDir])
  const server = await startEmbedded({ dataDir, log: createLogger('error'), purpose: 'bin/bench', mode: 'own' })
  await fillCalendar(server.url, 't_musterstadt', size)
  await server.stop()
  const port = await freePort()
  const env = {
    DATA_DIR: dataDir,
    PORT: String(port),
    BASE_URL: `http://localhost:${port}`,
    LOG_LEVEL: 'error',
    ...more,
  }
  const program = await startProgram(
    ['src/main.ts', 'start'],
    { ...env, REQUESTS_PER_MINUTE: '10000000', JOB_CONCURRENCY: '0', TRUSTED_PROXIES: '127.0.0.1' },
    { port, path: '/readyz', timeoutSeconds: 300 },
  )
  const stop = async () => {
    await program.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { program, size, stop, dataDir, databaseUrl: () => databaseUrlOf(dataDir) }
}
