import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { sql } from 'kysely'
import type { Tenants } from '../tenants/tenants.ts'
import { many } from '../db/db.ts'

export interface Metrics {
  readonly registry: Registry
  readonly requestSeconds: Histogram
  readonly keptPages: Counter
  readonly waitingRequests: Gauge
}

/** Prometheus metrics; labels hold routes and states, never what people typed. */
export function createMetrics(tenants: () => Tenants): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requestSeconds = new Histogram({
    name: 'rathaus_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  registry.registerMetric(
    new Gauge({
      name: 'rathaus_jobs',
      help: 'Jobs in the queue, by state',
      // Each process counts the same ones.
      aggregator: 'max',
      labelNames: ['state'],
      registers: [],
      async collect() {
        const tenant = tenants().all()[0]
        if (!tenant) return
        const rows = await many(
          tenants().db(tenant),
          sql<{ state: string; count: number }>`
            select case when locked_at is not null then 'running' when attempts >= max_attempts then 'failed'
              when attempts > 0 then 'retrying' when run_at <= now() then 'due' else 'later' end as state, count(*) as count
            from graphile_worker._private_jobs group by 1`,
        )
        this.reset()
        for (const row of rows) this.set({ state: row.state }, row.count)
      },
    }),
  )
  registry.registerMetric(
    new Gauge({
      name: 'rathaus_database_connections',
      help: 'Connections of the pools, by state',
      labelNames: ['tenant', 'state'],
      registers: [],
      collect() {
        for (const tenant of tenants().all()) {
          const pool = tenants().pool(tenant)
          this.set({ tenant: tenant.id, state: 'open' }, pool.totalCount)
          this.set({ tenant: tenant.id, state: 'idle' }, pool.idleCount)
          this.set({ tenant: tenant.id, state: 'waiting' }, pool.waitingCount)
        }
      },
    }),
  )
  const keptPages = new Counter({
    name: 'rathaus_kept_pages_total',
    help: 'Public pages answered from memory',
    registers: [registry],
  })
  const waitingRequests = new Gauge({
    name: 'rathaus_requests_waiting',
    help: 'Requests that are read and not begun yet; their wait does not show in rathaus_request_seconds',
    registers: [registry],
  })
  return { registry, requestSeconds, keptPages, waitingRequests }
}
