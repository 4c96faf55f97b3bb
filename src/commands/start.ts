import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { createApp } from '../app.ts'
import { serve } from '../serve.ts'
import { addTenant, countTenants, markSeeding, prepareTenant, removeHalfSeeded, withFirstCityLock } from '../setup.ts'
import { allJobs } from '../app.ts'
import { OperatorError } from '#platform/operator-error.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { withDemoPayment } from './demo-payment.ts'
import { openInstallation, withApp, type Installation } from './installation.ts'
import type { CommandLine } from './command.ts'

const DEMO_HOSTS = ['localhost', '127.0.0.1', '[::1]', 'musterstadt.localhost']

export const startCommand: CommandLine = {
  name: 'start',
  help: 'Serve the city: database, web pages, jobs',
  usage:
    'bin/start   (PORT, DATA_DIR, DATABASE_URL, BASE_URL, DEMO and more from the environment, see docs/operations.md)',
  run: async () => {
    const started = performance.now()
    console.log('Rathaus: preparing the database …')
    const installation = await openInstallation('own', 'bin/start')
    await withFirstCityLock(installation.url, async () => {
      if (await addFirstTenant(installation)) await buildDemoCity(installation.url)
    })
    const payment = await withDemoPayment(installation.config, installation.url)
    const app = await createApp({
      config: payment.config,
      databaseUrl: installation.url,
      modules: installation.modules,
    })
    for (const tenant of app.tenants.all()) await prepareTenant(app, tenant)
    const running = await serve(app, installation.url)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(
      welcome(
        app.tenants.all().map((t) => `  ${t.name}: ${t.baseUrl}`),
        installation,
        seconds,
      ),
    )
    flushCompileCache()
    await untilStopped()
    console.log('\nStopping: finishing what is under way …')
    await running.close()
    await payment.close()
    await installation.close()
  },
}

/**
 * In a process of its own: what generating a city of 100,000 people needs in memory (about 150 MB more) goes with it,
 * and the serving process stays small.
 */
async function buildDemoCity(url: string): Promise<void> {
  console.log('Building the demo city Musterstadt am Neckar …')
  const main = join(import.meta.dirname, '..', 'main.ts')
  const child = spawn(process.execPath, [...process.execArgv, main, 'seed', '--tenant', 'musterstadt'], {
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new OperatorError('the demo city could not be built (see above); the next start tries again')
  await markSeeding(url, 'musterstadt', false)
}

/** A new installation gets its demo city; an empty one waits for `bin/rathaus tenant add`. */
async function addFirstTenant(installation: Installation): Promise<boolean> {
  const { config, modules, url } = installation
  await removeHalfSeeded(url, console.log)
  if (config.demo === 'none' || (await countTenants(url)) > 0) return false
  const host = new URL(config.baseUrl).hostname
  const hosts = [...new Set([host, ...DEMO_HOSTS])]
  await addTenant(url, modules, { id: 'musterstadt', name: 'Stadt Musterstadt am Neckar', hosts })
  await markSeeding(url, 'musterstadt', true)
  return true
}

function welcome(cities: readonly string[], installation: Installation, seconds: string): string {
  if (cities.length === 0)
    return `Ready after ${seconds} s on port ${installation.config.port}. There is no city yet: bin/rathaus tenant add ID --host HOST --name "Stadt …"`
  const logins =
    installation.config.demo === 'musterstadt'
      ? `
Demo logins (password: musterstadt), ${installation.config.baseUrl}/anmelden
  citizen        anna.becker@musterstadt.example
  clerk          jonas.keller@musterstadt.example
  officer        petra.vogel@musterstadt.example
  administrator  admin@musterstadt.example
`
      : ''
  return `\nReady after ${seconds} s.\n${cities.join('\n')}\n${logins}\nCtrl-C stops everything.`
}

const untilStopped = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

export const workerCommand: CommandLine = {
  name: 'worker',
  help: 'Work on jobs in a process of its own, beside the one that serves',
  usage: 'bin/rathaus worker   (any number; the serving process then runs with JOB_CONCURRENCY=0)',
  run: () =>
    withApp('bin/rathaus worker', async (app, { url }) => {
      const worker = await startWorker(app, url, allJobs(app.modules), Math.max(1, app.config.jobConcurrency))
      console.log('Working on jobs. Ctrl-C finishes those under way and stops.')
      await untilStopped()
      await worker.stop()
    }),
}
