import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from '#platform/config.ts'
import { createLogger } from '#platform/log.ts'
import { fixedClock } from '#platform/time/clock.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { loadModules } from '../modules.ts'
import { addTenant, prepareTenant, seedTenant, withInstallationPool } from '../setup.ts'

export const TEMPLATE_EMPTY = 'template_empty'
export const TEMPLATE_DEMO = 'template_demo'

/**
 * Where the clock of tests stands: a Wednesday morning. It lies ahead of the machine's clock, so that a job that
 * is enqueued for "in ten seconds" is not yet due, and `runJobs()` alone decides what is.
 */
export const TEST_NOW = '2030-03-13T09:30:00+01:00'

/** Any number; who builds or looks for the demo template holds it. */
const TEMPLATE_LOCK = 5_512_001

export interface TemplateOptions {
  readonly serverUrl: string
  readonly testDir: string
  readonly name: string
  readonly seed: boolean
}

export function testConfig(dataDir: string, databaseUrl: string): Config {
  const config = readConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    BASE_URL: 'http://localhost:8080',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    PAGE_CACHE_SECONDS: '0',
    REQUESTS_PER_MINUTE: '1000000',
    DISK_FLOOR_MB: '0',
    POOL_SIZE: '5',
    JOB_CONCURRENCY: '0',
  })
  return config
}

export const withDatabase = (serverUrl: string, name: string) => {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** A database with one migrated and prepared city, seeded if wanted; built once, then cloned. */
export async function buildTemplate(options: TemplateOptions): Promise<void> {
  const { serverUrl, testDir, name, seed } = options
  const client = new pg.Client(serverUrl)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount) return
    const building = `${name}_building`
    await client.query(`drop database if exists ${building}`)
    await client.query(`create database ${building}`)
    const url = withDatabase(serverUrl, building)
    const dataDir = dataDirOf(testDir, name)
    await mkdir(dataDir, { recursive: true })
    const modules = await loadModules()
    const first = { id: 'musterstadt', name: 'Stadt Musterstadt am Neckar', hosts: ['localhost', '127.0.0.1'] }
    await withInstallationPool(url, (pool) => addTenant(pool, modules, first))
    const app = await createApp({
      config: testConfig(dataDir, url),
      databaseUrl: url,
      modules,
      clock: fixedClock(TEST_NOW),
      log: createLogger('error'),
    })
    const tenant = app.tenants.byId('musterstadt')!
    await prepareTenant(app, tenant)
    if (seed) await seedTenant(app, tenant, () => undefined)
    await app.tenants.close()
    await client.query(`alter database ${building} rename to ${name}`)
  } finally {
    await client.end()
  }
}

const dataDirOf = (testDir: string, template: string) => join(testDir, template)

/** Clones a template; returns the address of the new database and its folder of files. */
export async function cloneTemplate(
  options: TemplateOptions & { clone: string },
): Promise<{ url: string; dataDir: string }> {
  if (options.seed) await buildTemplate(options)
  const client = new pg.Client(options.serverUrl)
  await client.connect()
  try {
    // Two files that clone at once would each see the other connected to the template.
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    await client.query(`create database ${options.clone} template ${options.name} strategy file_copy`)
  } finally {
    await client.end()
  }
  const dataDir = join(options.testDir, options.clone)
  await cp(dataDirOf(options.testDir, options.name), dataDir, { recursive: true })
  return { url: withDatabase(options.serverUrl, options.clone), dataDir }
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client(serverUrl)
  await client.connect()
  try {
    await dropOrWait(client, name)
  } finally {
    await client.end()
  }
}

/** A worker of autovacuum may look at the database just now: it belongs to the server and cannot be sent away. */
async function dropOrWait(client: pg.Client, name: string, tries = 20): Promise<void> {
  try {
    await client.query(`drop database if exists ${name} with (force)`)
  } catch (error) {
    if (tries === 0) throw error
    await wait(500)
    await dropOrWait(client, name, tries - 1)
  }
}
