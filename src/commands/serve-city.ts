import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type pg from 'pg'
import { createApp } from '../app.ts'
import { environmentWith, readConfig } from '../config.ts'
import { serve } from '../serve.ts'
import { addTenant, countTenants, markSeeded, prepareTenant, removeHalfSeeded } from '../setup.ts'
import { withLock } from '#platform/db/lock.ts'
import { loadAssets } from '#platform/html/assets/load.ts'
import { createLogger } from '#platform/log.ts'
import { OperatorError } from '#platform/operator-error.ts'
import { withDemoPayment } from './demo-payment.ts'
import { openInstallation, type Installation } from './installation.ts'
import type { Launched } from './launch.ts'
import { servers } from './servers.ts'
import { tidyUpLater } from './tidy-up.ts'
import { untilStopped } from './until-stopped.ts'

const DEMO_HOSTS = ['localhost', '127.0.0.1', '[::1]', 'musterstadt.localhost']

/** Everything after the database was launched, until somebody stops the program. `started`: `performance.now()` then. */
export async function serveCity(launched: Launched, started: number): Promise<void> {
  // Read while modules are read and the database answers.
  const assets = loadAssets()
  const installation = await openInstallation(launched)
  await withLock(installation.pool, 'firstCity', async () => {
    if (await addFirstTenant(installation)) await buildDemoCity(installation.pool)
  })
  const payment = await withDemoPayment(installation.config, installation.pool)
  const config = readConfig(environmentWith(payment.settings))
  const others = servers(config, payment.settings, createLogger(config.logLevel))
  const app = await createApp({
    config,
    databaseUrl: installation.url,
    modules: installation.modules,
    assets,
    ...(config.servers > 1 && { allMetrics: (own) => others.metrics(own) }),
  })
  for (const tenant of app.tenants.all()) await prepareTenant(app, tenant)
  await others.start(app.metrics)
  const running = await serve(app, installation.url)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    welcome(
      app.tenants.all().map((t) => `  ${t.name}: ${t.baseUrl}`),
      installation,
      seconds,
    ),
  )
  const tidyUp = tidyUpLater(app)
  await untilStopped()
  clearTimeout(tidyUp)
  console.log('\nStopping: finishing what is under way …')
  await Promise.all([others.close(), running.close()])
  await payment.close()
  await installation.close()
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
