import type { RouteTimes } from './requests.ts'

/** What was measured when somebody asks "why is it slow?". */
export interface Measurements {
  readonly probes: readonly { readonly name: string; readonly ok: boolean }[]
  readonly jobs: {
    readonly failed: number
    readonly retrying: number
    /** Seconds that the oldest due job has waited. */
    readonly oldestDue: number
  }
  readonly pool: { readonly waiting: number }
  /** Milliseconds that the event loop is late, 99th percentile. */
  readonly loopDelay: number
  /** Bytes. */
  readonly memory: number
  readonly database: {
    /** Milliseconds for `select 1`. */
    readonly ping: number
    readonly lockWaits: number
    /** Statements that have been running for longer than `SLOW_STATEMENT` seconds. */
    readonly slowStatements: number
    /** Share of blocks found in memory, 0 to 1; null where nothing was read. */
    readonly cacheHits: number | null
  }
  readonly routes: readonly RouteTimes[]
}

export type Cause =
  | 'probe-failed'
  | 'jobs-failed'
  | 'jobs-late'
  | 'jobs-retrying'
  | 'requests-failed'
  | 'pool-exhausted'
  | 'loop-late'
  | 'memory-high'
  | 'database-slow'
  | 'locks'
  | 'slow-statements'
  | 'cache-cold'
  | 'routes-slow'

export interface Finding {
  readonly cause: Cause
  readonly tone: 'danger' | 'warning'
  /** What it is about: names, a number. */
  readonly subject: string
}

/** Seconds after which a statement counts as slow. */
export const SLOW_STATEMENT = 2
/** Limits as the project promises them: see "What it must reach" (350 MB under load; pages within 100 ms). */
const LATE_JOB_SECONDS = 120
const LOOP_DELAY_MS = 100
const MEMORY_BYTES = 350 * 1024 * 1024
const PING_MS = 20
const CACHE_HITS = 0.9
const SLOW_ROUTE_MS = 500
/** Fewer requests say nothing: the first one after a start is always slow. */
const ENOUGH_REQUESTS = 20

/** What is likely wrong, the worst first; empty where all is well. Each finding has its advice in the texts. */
export function diagnose(m: Measurements): Finding[] {
  const failedProbes = m.probes.filter((probe) => !probe.ok).map((probe) => probe.name)
  const failedRequests = m.routes.reduce((sum, route) => sum + route.failed, 0)
  const slowRoutes = m.routes
    .filter((route) => route.requests >= ENOUGH_REQUESTS && route.p95 > SLOW_ROUTE_MS)
    .map((route) => `${route.method} ${route.route}`)
  const findings: (Finding | false)[] = [
    failedProbes.length > 0 && { cause: 'probe-failed', tone: 'danger', subject: failedProbes.join(', ') },
    m.pool.waiting > 0 && { cause: 'pool-exhausted', tone: 'danger', subject: String(m.pool.waiting) },
    m.database.lockWaits > 0 && { cause: 'locks', tone: 'danger', subject: String(m.database.lockWaits) },
    m.jobs.failed > 0 && { cause: 'jobs-failed', tone: 'danger', subject: String(m.jobs.failed) },
    failedRequests > 0 && { cause: 'requests-failed', tone: 'danger', subject: String(failedRequests) },
    m.jobs.oldestDue > LATE_JOB_SECONDS && {
      cause: 'jobs-late',
      tone: 'warning',
      subject: String(Math.round(m.jobs.oldestDue / 60)),
    },
    m.database.slowStatements > 0 && {
      cause: 'slow-statements',
      tone: 'warning',
      subject: String(m.database.slowStatements),
    },
    m.database.ping > PING_MS && {
      cause: 'database-slow',
      tone: 'warning',
      subject: String(Math.round(m.database.ping)),
    },
    m.loopDelay > LOOP_DELAY_MS && { cause: 'loop-late', tone: 'warning', subject: String(Math.round(m.loopDelay)) },
    slowRoutes.length > 0 && { cause: 'routes-slow', tone: 'warning', subject: slowRoutes.join(', ') },
    m.memory > MEMORY_BYTES && {
      cause: 'memory-high',
      tone: 'warning',
      subject: String(Math.round(m.memory / 1024 / 1024)),
    },
    m.database.cacheHits !== null &&
      m.database.cacheHits < CACHE_HITS && {
        cause: 'cache-cold',
        tone: 'warning',
        subject: String(Math.round(m.database.cacheHits * 100)),
      },
    m.jobs.retrying > 0 && { cause: 'jobs-retrying', tone: 'warning', subject: String(m.jobs.retrying) },
  ]
  return findings.filter((finding) => finding !== false)
}
