import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '#platform/app.ts'
import { auditJobs } from '#platform/audit/verify.ts'
import type { Config } from '#platform/config.ts'
import type { ExtensionPoint } from '#platform/extension.ts'
import { eventJobs } from '#platform/events/publish.ts'
import { fileJobs } from '#platform/files/jobs.ts'
import { clamdScanner, noScanner } from '#platform/files/scanner.ts'
import { fileStore } from '#platform/files/store.ts'
import type { Assets } from '#platform/html/assets/assets.ts'
import { loadAssets } from '#platform/html/assets/load.ts'
import { answerJobs } from '#platform/http/answers.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { createLogger, type Logger } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics/metrics.ts'
import type { ModuleManifest } from '#platform/module.ts'
import { retentionJobs } from '#platform/retention.ts'
import type { Registry } from 'prom-client'
import { openTenants, type Tenants } from '#platform/tenants/tenants.ts'
import { systemClock, type Clock } from '#platform/time/clock.ts'

export interface AppOptions {
  readonly config: Config
  readonly databaseUrl: string
  readonly modules: readonly ModuleManifest[]
  readonly clock?: Clock
  readonly log?: Logger
  /** Metrics of all processes that serve together, as text; by default of this one. */
  readonly allMetrics?: (own: Registry) => Promise<string>
  /** Where the caller has begun to read them already. */
  readonly assets?: Promise<Assets>
}

/** Puts the program together. The database is there and up to date (see `setup.ts`). */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, modules } = options
  const tenants: Tenants = await openTenants(options.databaseUrl, config)
  const metrics = createMetrics(() => tenants)
  const scanner = config.clamd === null ? noScanner : clamdScanner(config.clamd)
  const extensions = collectExtensions(modules)
  return {
    version: await version(),
    config,
    modules,
    tenants,
    files: fileStore(join(config.dataDir, 'files'), scanner),
    scanner,
    log: options.log ?? createLogger(config.logLevel),
    clock: options.clock ?? systemClock,
    metrics: metrics.registry,
    allMetrics: () => (options.allMetrics ? options.allMetrics(metrics.registry) : metrics.registry.metrics()),
    requestSeconds: metrics.requestSeconds,
    keptPages: metrics.keptPages,
    waitingRequests: metrics.waitingRequests,
    assets: await (options.assets ?? loadAssets()),
    authenticate: modules.find((module) => module.authenticate)?.authenticate ?? null,
    identifyDevice: modules.find((module) => module.identifyDevice)?.identifyDevice ?? null,
    extensions: <T>(point: ExtensionPoint<T>) => (extensions.get(point.point) ?? new Map()) as ReadonlyMap<string, T>,
  }
}

/** Jobs of the platform and of every module. */
export function allJobs(modules: readonly ModuleManifest[]): Job[] {
  return [
    ...eventJobs,
    ...auditJobs,
    ...fileJobs,
    ...answerJobs,
    ...retentionJobs,
    ...modules.flatMap((module) => module.jobs ?? []),
  ]
}

function collectExtensions(modules: readonly ModuleManifest[]): Map<string, Map<string, unknown>> {
  const points = new Map<string, Map<string, unknown>>()
  for (const module of modules)
    for (const { point, name, value } of module.extensions ?? []) {
      const at = points.get(point) ?? new Map<string, unknown>()
      if (at.has(name)) throw new Error(`two modules provide "${name}" at ${point}`)
      points.set(point, at.set(name, value))
    }
  return points
}

async function version(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
