import { availableParallelism, loadavg } from 'node:os'
import type { App } from '#platform/app.ts'
import type { Ctx } from '#platform/context.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { Measurements } from './domain/diagnosis.ts'
import { SLOW_STATEMENT } from './domain/diagnosis.ts'
import { routeTimes, type HistogramValue, type RouteTimes } from './domain/requests.ts'
import {
  databaseState,
  pingDatabase,
  slowStatements,
  type DatabaseState,
  type RunningStatement,
} from './store/database.ts'
import { jobCounts, type JobCounts } from './store/jobs.ts'

/** A probe that says nothing for so long is not well. */
const PROBE_TIMEOUT_MS = 3_000
/** Readings of the histogram are kept so long, to tell what is slow now from what was slow once. */
const RECENT_MINUTES = 15
const READING_EVERY_SECONDS = 20

export interface ProbeResult {
  readonly name: string
  readonly ok: boolean
  readonly message: LocalizedText
}

export interface Snapshot {
  readonly measurements: Measurements
  readonly probes: readonly ProbeResult[]
  readonly jobs: JobCounts
  readonly database: DatabaseState
  readonly statements: readonly RunningStatement[]
  readonly pool: { readonly open: number; readonly idle: number; readonly waiting: number; readonly most: number }
  readonly routes: readonly RouteTimes[]
  /** Minutes that the times by route cover; null: since the start of the process. */
  readonly minutes: number | null
  readonly uptime: Temporal.Duration
  readonly memory: number
  readonly loopDelay: number
  /** Processes that want to run, mean of the last minute, and processors that there are. */
  readonly load: number
  readonly processors: number
}

/** Everything that the overview shows, measured now. */
export async function measure(ctx: Ctx): Promise<Snapshot> {
  const pool = ctx.app.tenants.pool(ctx.tenant)
  const ping = await timed(() => pingDatabase(ctx))
  const [probes, jobs, database, statements, requests, loopDelay] = await Promise.all([
    probe(ctx),
    jobCounts(ctx),
    databaseState(ctx),
    slowStatements(ctx, SLOW_STATEMENT),
    recentRequests(ctx.app, ctx.clock.now()),
    loopDelayOf(ctx.app),
  ])
  const memory = process.memoryUsage.rss()
  const poolState = {
    open: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
    most: ctx.app.config.poolSize,
  }
  return {
    measurements: {
      probes,
      jobs: { failed: jobs.counts.failed, retrying: jobs.counts.retrying, oldestDue: jobs.oldestDue },
      pool: poolState,
      loopDelay,
      memory,
      database: {
        ping,
        lockWaits: database.lockWaits,
        slowStatements: statements.length,
        cacheHits: database.cacheHits,
      },
      routes: requests.routes,
    },
    probes,
    jobs,
    database,
    statements,
    pool: poolState,
    ...requests,
    uptime: Temporal.Duration.from({ seconds: Math.round(process.uptime()) }).round({
      largestUnit: 'days',
      smallestUnit: 'minutes',
    }),
    memory,
    loopDelay,
    load: loadavg()[0]!,
    processors: availableParallelism(),
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const failed = (en: string, de = en) => ({ ok: false, message: { de, en } })

/** Every module's probes; one that throws or hangs counts as failed, and keeps nobody else waiting. */
async function probe(ctx: Ctx): Promise<ProbeResult[]> {
  const probes = ctx.app.modules.flatMap((module) =>
    (module.health ?? []).map((probe) => ({ name: probe.name[ctx.locale], check: probe.check })),
  )
  return Promise.all(
    probes.map(async ({ name, check }) => {
      const result = await Promise.race([
        check(ctx).catch((error: unknown) => failed(error instanceof Error ? error.message : String(error))),
        new Promise<ReturnType<typeof failed>>((resolve) => {
          const seconds = PROBE_TIMEOUT_MS / 1000
          const late = failed(`no answer in ${seconds} s`, `keine Antwort in ${seconds} s`)
          setTimeout(() => resolve(late), PROBE_TIMEOUT_MS).unref()
        }),
      ])
      return { name, ...result }
    }),
  )
}

interface Reading {
  readonly at: Temporal.Instant
  readonly values: readonly HistogramValue[]
}

/** Readings per program: the page compares with the oldest of the last minutes, so reloading it shows what is slow now. */
const readings = new WeakMap<App, Reading[]>()

async function recentRequests(
  app: App,
  now: Temporal.Instant,
): Promise<{ routes: RouteTimes[]; minutes: number | null }> {
  const values = await readHistogram(app)
  const kept = (readings.get(app) ?? []).filter((reading) => reading.at.until(now).total('minutes') <= RECENT_MINUTES)
  const before = kept[0]
  const last = kept.at(-1)
  if (!last || last.at.until(now).total('seconds') >= READING_EVERY_SECONDS) kept.push({ at: now, values })
  readings.set(app, kept)
  const minutes = before ? before.at.until(now).total('minutes') : 0
  if (!before || minutes < 1) return { routes: routeTimes(values), minutes: null }
  return { routes: routeTimes(values, before.values), minutes: Math.round(minutes) }
}

async function readHistogram(app: App): Promise<HistogramValue[]> {
  const { values } = await app.requestSeconds.get()
  return values.map(({ labels, metricName, value }) => ({
    route: String(labels['route']),
    method: String(labels['method']),
    status: String(labels['status']),
    le: labels.le === undefined ? null : Number(String(labels.le).replace('+Inf', 'Infinity')),
    kind: metricName?.endsWith('_sum') ? 'sum' : metricName?.endsWith('_count') ? 'count' : 'bucket',
    value,
  }))
}

/** Milliseconds since the last reading. prom-client fills the percentile when the metric beside it is collected. */
async function loopDelayOf(app: App): Promise<number> {
  await app.metrics.getSingleMetric('nodejs_eventloop_lag_seconds')?.get()
  const metric = await app.metrics.getSingleMetric('nodejs_eventloop_lag_p99_seconds')?.get()
  const seconds = metric?.values[0]?.value ?? 0
  return Number.isFinite(seconds) ? seconds * 1000 : 0
}
