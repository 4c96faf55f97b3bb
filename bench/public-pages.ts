import { demoCity } from './support/demo-city.ts'
import { load, type Load } from './support/load.ts'
import { median, type Bench, type Measurement } from './support/measurement.ts'
import { freePort, startProgram } from './support/process.ts'

const CONNECTIONS = 64
const RUNS = 5
const SECONDS = 4

const PAGES = [
  ['home page', '/'],
  ['service page', '/leistungen/bewohnerparkausweis'],
  ['search form', '/suche'],
] as const

/** As browsers ask: a page of 15 KB goes over the wire with 4. */
const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' }

/** Public pages against a bare Fastify JSON reply, in turn, so that both see the same machine. */
export const publicPages: Bench = {
  name: 'pages',
  help: 'public pages at 64 connections, against a bare Fastify JSON reply',
  async run(log) {
    const city = await (await demoCity(log)).start()
    const port = await freePort()
    const bare = await startProgram(['bench/support/bare-server.ts', String(port)], {}, { port, path: '/' })
    const rows: Measurement[] = []
    try {
      for (const [name, path] of PAGES) {
        const ours: Load[] = []
        const base: Load[] = []
        await load(city.url + path, { connections: CONNECTIONS, seconds: 2, headers })
        await load(bare.url, { connections: CONNECTIONS, seconds: 2 })
        for (let run = 0; run < RUNS; run++) {
          log(`${name}: run ${run + 1} of ${RUNS}`)
          base.push(await load(bare.url, { connections: CONNECTIONS, seconds: SECONDS }))
          ours.push(await load(city.url + path, { connections: CONNECTIONS, seconds: SECONDS, headers }))
        }
        const ratio = median(ours.map((run, i) => run.rate / base[i]!.rate))
        const failed = ours.reduce((sum, run) => sum + run.failed, 0)
        const p99 = median(ours.map((run) => run.p99))
        rows.push({
          name: `${name}${failed > 0 ? ` (${failed} failed!)` : ''}`,
          value: median(ours.map((run) => run.rate)),
          unit: 'pages/s',
          baseline: { name: 'bare Fastify JSON', value: median(base.map((run) => run.rate)) },
          ratio,
          target: '≥ 0.40',
          met: ratio >= 0.4 && failed === 0,
        })
        rows.push({ name: `${name}, 99th percentile`, value: p99, unit: 'ms', target: '< 30 ms', met: p99 < 30 })
      }
      const { peak } = city.memory()
      rows.push({ name: 'memory, peak under this load', value: peak, unit: 'MB', target: '≤ 350 MB', met: peak <= 350 })
    } finally {
      await city.stop()
      await bare.stop()
    }
    return rows
  },
}
