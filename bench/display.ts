import { setTimeout as wait } from 'node:timers/promises'
import { demoCity } from './support/demo-city.ts'
import { median, type Bench, type Measurement } from './support/measurement.ts'
import { freePort, startProgram, type Program } from './support/process.ts'
import { screens } from './support/screens.ts'
import { signIn } from './support/sign-in.ts'

const SCREENS = 200
const CALLS = 15
const OFFICE = 'buergerbuero-mitte'
/** Sits at a counter of that office when the demo city begins. */
const CLERK = 'admin@musterstadt.example'

/** Screens of a hall over server-sent events: how long a call takes until the last of them shows it. */
export const display: Bench = {
  name: 'display',
  help: '200 call displays, and how soon a call is on all of them',
  async run(log) {
    const demo = await demoCity(log)
    const port = await freePort()
    const bare = await startProgram(['bench/support/bare-server.ts', String(port)], {}, { port, path: '/' })
    const one = await demo.start()
    const databaseUrl = await demo.databaseUrl()
    const other = await demo.start({ DATABASE_URL: databaseUrl, DEMO: 'none', JOB_CONCURRENCY: '0' })
    try {
      const base = await measure(bare, '/live', () => fetch(`${bare.url}/call`, { method: 'POST' }))
      const cookie = await signIn(one.url, CLERK)
      const call = await clerkAt(one, cookie)
      const rows: Measurement[] = []
      for (const [where, program] of [
        ['in the process of the clerk', one],
        ['in another process', other],
      ] as const) {
        log(`screens ${where}`)
        const found = await measure(program, `/aufruf/${OFFICE}/live`, call)
        const slowest = Math.max(...found.milliseconds)
        rows.push(
          {
            name: `call on ${SCREENS} screens ${where}, slowest of ${CALLS}`,
            value: slowest,
            unit: 'ms',
            baseline: { name: 'bare events', value: Math.max(...base.milliseconds) },
            target: '≤ 500 ms',
            met: slowest <= 500,
          },
          {
            name: `call on ${SCREENS} screens ${where}, median`,
            value: median(found.milliseconds),
            unit: 'ms',
            baseline: { name: 'bare events', value: median(base.milliseconds) },
          },
          {
            name: `memory for ${SCREENS} screens ${where}`,
            value: found.memory,
            unit: 'MB',
            baseline: { name: 'bare events', value: base.memory },
            target: '≤ 100 MB',
            met: found.memory <= 100,
          },
        )
      }
      return rows
    } finally {
      await Promise.all([one, other, bare].map((program) => program.stop()))
    }
  },
}

/** Calls some people while screens look: milliseconds until the last screen shows each, and MB more than before. */
async function measure(program: Program, path: string, call: () => Promise<unknown>) {
  // What a first request loads is not the screens'.
  for (let i = 0; i < 3; i += 1) await call()
  const before = program.memory().now
  const hall = await screens(program.url + path, SCREENS)
  const milliseconds: number[] = []
  let peak = 0
  for (let i = 0; i < CALLS; i += 1) {
    await wait(100 + Math.random() * 300)
    const shown = hall.nextOnAll()
    const started = performance.now()
    await Promise.all([call(), shown])
    milliseconds.push(performance.now() - started)
    peak = Math.max(peak, program.memory().now)
  }
  hall.close()
  return { milliseconds, memory: Math.max(0, peak - before) }
}

/** Somebody with enough people who wait, before any screen looks: calls the next one, and never nobody. */
async function clerkAt({ url }: Program, cookie: string): Promise<() => Promise<void>> {
  const send = async (path: string, body: object, method = 'POST') => {
    const reply = await fetch(`${url}/api/v1/queue${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as { visit: { id: string } | null }
  }
  for (let i = 0; i < 3 * CALLS; i += 1) await send(`/offices/${OFFICE}/visits`, { service: ['reisepass'] })
  // Nobody is called by somebody who does not know who is there: the answer says it.
  let present = (await send('/calls', { after: null })).visit?.id ?? null
  return async () => {
    if (present !== null) await send(`/visits/${present}`, { does: 'begin' }, 'PATCH')
    const { visit } = await send('/calls', { after: present })
    if (visit === null || visit.id === present) throw new Error('nobody was called')
    present = visit.id
  }
}
