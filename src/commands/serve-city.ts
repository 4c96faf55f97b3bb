import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import type pg from 'pg'
import { createApp } from '../app.ts'
import { serve } from '../serve.ts'
import { addTenant, countTenants, markSeeded, prepareTenant, removeHalfSeeded } from '../setup.ts'
import { withLock } from '#platform/db/lock.ts'
import { loadAssets } from '#platform/html/assets/load.ts'
import type { App } from '#platform/app.ts'
import { errorForLog } from '#platform/log.ts'
import { OperatorError } from '#platform/operator-error.ts'
import { withDemoPayment } from './demo-payment.ts'
import { giveBackMemory } from './give-back-memory.ts'
import { openInstallation, type Installation } from './installation.ts'
import type { Launched } from './launch.ts'
import { untilStopped } from './until-stopped.ts'

const DEMO_HOSTS = ['localhost', '127.0.0.1', '[::1]', 'musterstadt.localhost']

const TIDY_UP_AFTER_MS = 3_000

/** Everything after the database was launched, until somebody stops the program. `started`: `performance.now()` then. */
export async function serveCity(launched: Launched, started: number): Promise<void> {
  // Read while modules are read and the database answers.
  const assets = loadAssets()
  const installation = await openInstallation(launched)
  await withLock(installation.pool, 'firstCity', async () => {
    if (await addFirstTenant(installation)) await buildDemoCity(installation.pool)
  })
  const payment = await withDemoPayment(installation.config, installation.pool)
  const app = await createApp({
    config: payment.config,
    databaseUrl: installation.url,
    modules: installation.modules,
    assets,
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
  // Together more than a second of work: whoever waited for the city is served first.
  const tidyUp = setTimeout(() => {
    void tidyUpAfterStart(app).catch((error: unknown) =>
      app.log.error({ err: errorForLog(error) }, 'tidying up failed'),
    )
  }, TIDY_UP_AFTER_MS)
  await untilStopped()
  clearTimeout(tidyUp)
  console.log('\nStopping: finishing what is under way …')
  await running.close()
  await payment.close()
  await installation.close()
}

async function tidyUpAfterStart(app: App): Promise<void> {
  await app.assets.compress().finally(flushCompileCache)
  await giveBackMemory()
}

/**
 * In a process of its own: what generating a city of 100,000 people needs in memory (about 150 MB more) goes with it,
 * and the serving process stays small.
 */
async function buildDemoCity(pool: pg.Pool): Promise<void> {
  console.log('Building the demo city Musterstadt am Neckar …')
  const main = join(import.meta.dirname, '..', 'main.ts')
  const child = spawn(process.execPath, [...process.execArgv, main, 'seed', '--tenant', 'musterstadt'], {
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new OperatorError('the demo city could not be built (see above); the next start tries again')
  await markSeeded(pool, 'musterstadt')
}

/** A new installation gets its demo city; an empty one waits for `bin/rathaus tenant add`. */
async function addFirstTenant(installation: Installation): Promise<boolean> {
  const { config, modules, pool } = installation
  await removeHalfSeeded(pool, console.log)
  if (config.demo === 'none' || (await countTenants(pool)) > 0) return false
  const host = new URL(config.baseUrl).hostname
  const hosts = [...new Set([host, ...DEMO_HOSTS])]
  await addTenant(pool, modules, { id: 'musterstadt', name: 'Stadt Musterstadt am Neckar', hosts, beingSeeded: true })
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
