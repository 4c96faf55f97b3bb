import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, inject } from 'vitest'
import type { App } from '#platform/app.ts'
import type { Config } from '#platform/config.ts'
import type { ModuleManifest } from '#platform/module.ts'
import { createServer } from '#platform/http/server.ts'
import { jobContext } from '#platform/job-context.ts'
import { createLogger } from '#platform/log.ts'
import { writeThemeFile } from '#platform/tenants/theme-file.ts'
import { fixedClock } from '#platform/time/clock.ts'
import { createApp } from '../app.ts'
import { loadModules } from '../modules.ts'
import { addTenant, prepareTenant, withInstallationPool } from '../setup.ts'
import { handleOf, type CityHandle } from './handle.ts'
import { runDueJobs, runOneJob } from './run-jobs.ts'
import { cloneTemplate, dropDatabase, TEMPLATE_DEMO, TEMPLATE_EMPTY, TEST_NOW, testConfig } from './template.ts'

export interface TestCity extends CityHandle {
  readonly app: App
  readonly server: FastifyInstance
  readonly databaseUrl: string
  readonly clock: ReturnType<typeof fixedClock>
  /** Works through every job that is due by the city's clock, those that they enqueue included. Throws where one fails. */
  runJobs(options?: { ignoreFailures?: boolean }): Promise<void>
  /** Runs a scheduled job now. */
  runJob(name: string): Promise<void>
  /** Listens on a free port of the loopback interface, for a real browser; returns the address without a slash. */
  listen(): Promise<string>
  /** Another program that serves the same cities from the same database; whoever starts it closes its `tenants`. */
  beside(config?: Partial<Config>): Promise<App>
  /** A second municipality in the same installation. */
  addTenant(id: string, name?: string): Promise<CityHandle>
  close(): Promise<void>
}

export interface TestCityOptions {
  /** The whole demo city instead of an empty one. */
  readonly seed?: boolean
  readonly config?: Partial<Config>
  readonly now?: string
  /** Manifests beside the city's own, for tests of the kernel. */
  readonly extraModules?: readonly ModuleManifest[]
}

/** An application on a database of its own, cloned from a template; closed after the test file by itself. */
export async function testCity(options: TestCityOptions = {}): Promise<TestCity> {
  const serverUrl = inject('databaseUrl')
  const testDir = inject('testDir')
  const seed = options.seed ?? false
  const clone = `city_${randomBytes(6).toString('hex')}`
  const template = { serverUrl, testDir, name: seed ? TEMPLATE_DEMO : TEMPLATE_EMPTY, seed }
  const { url, dataDir } = await cloneTemplate({ ...template, clone })
  const clock = fixedClock(options.now ?? TEST_NOW)
  const modules = [...(await loadModules()), ...(options.extraModules ?? [])]
  const config = { ...testConfig(dataDir, url), ...options.config }
  const log = createLogger(config.logLevel)
  const app = await createApp({ config, databaseUrl: url, modules, clock, log })
  const server = await createServer(app, () => true)
  await server.ready()

  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await server.close()
    await app.tenants.close()
    await dropDatabase(serverUrl, clone)
  }
  afterAll(close)

  const tenant = app.tenants.byId('musterstadt')!
  return {
    ...handleOf(app, server, tenant, 'localhost'),
    app,
    server,
    databaseUrl: url,
    clock,
    runJobs: (more) => runDueJobs(app, url, clock, more?.ignoreFailures ?? false),
    runJob: (name) => runOneJob(app, jobContext(app, tenant), name),
    listen: async () => {
      await server.listen({ port: 0, host: '127.0.0.1' })
      const address = server.server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      return `http://localhost:${port}`
    },
    beside: (more) => createApp({ config: { ...config, ...more }, databaseUrl: url, modules, clock, log }),
    addTenant: async (id, name = `Stadt ${id}`) => {
      const host = `${id}.localhost`
      await withInstallationPool(url, (pool) => addTenant(pool, modules, { id, name, hosts: [host] }))
      await writeThemeFile(dataDir, id, { name })
      await app.tenants.refresh()
      const added = app.tenants.byId(id)!
      await prepareTenant(app, added)
      return handleOf(app, server, added, host)
    },
    close,
  }
}
