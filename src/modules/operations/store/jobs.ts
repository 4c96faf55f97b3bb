import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'

export const JOB_STATES = ['failed', 'retrying', 'running', 'due', 'later'] as const
export type JobState = (typeof JOB_STATES)[number]

/** A job of this city; its payload is not read, it may name people. */
export interface JobRow {
  readonly id: number
  readonly name: string
  readonly state: JobState
  readonly attempts: number
  readonly maxAttempts: number
  readonly runAt: Temporal.Instant
  readonly createdAt: Temporal.Instant
  readonly lastError: string | null
  /** Of the request that was its cause: for the log. */
  readonly requestId: string | null
}

export interface JobCounts {
  readonly counts: Readonly<Record<JobState, number>>
  /** Seconds that the oldest due job has waited. */
  readonly oldestDue: number
}

/** Jobs of all cities lie in one queue: every query here names the tenant. */
const ofTenant = (ctx: Ctx) => sql`j.payload ->> 'tenant' = ${ctx.tenant.id}`

const state = sql`case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed'
  when j.attempts > 0 then 'retrying' when j.run_at <= now() then 'due' else 'later' end`

export async function jobCounts(ctx: Ctx): Promise<JobCounts> {
  const rows = await many(
    ctx.db,
    sql<{ state: JobState; count: number; waited: number }>`
      select ${state} as state, count(*) as count, coalesce(extract(epoch from now() - min(j.run_at)), 0)::float8 as waited
      from graphile_worker._private_jobs j where ${ofTenant(ctx)} group by 1`,
  )
  const counts = Object.fromEntries(JOB_STATES.map((name) => [name, 0])) as Record<JobState, number>
  for (const row of rows) counts[row.state] = row.count
  return { counts, oldestDue: rows.find((row) => row.state === 'due')?.waited ?? 0 }
}

/** Jobs of one state, those with an error first, then the oldest. */
export const jobs = (ctx: Ctx, wanted: JobState, page: { offset: number; limit: number }): Promise<JobRow[]> =>
  many(
    ctx.db,
    sql<JobRow>`select j.id, t.identifier as name, ${wanted} as state, j.attempts, j.max_attempts as "maxAttempts",
        j.run_at as "runAt", j.created_at as "createdAt", j.last_error as "lastError", j.payload ->> 'requestId' as "requestId"
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where ${ofTenant(ctx)} and ${state} = ${wanted}
      order by j.run_at, j.id limit ${page.limit} offset ${page.offset}`,
  )

/** Lets jobs that failed or wait for their next try run now, with all their tries anew; returns those that it touched. */
export async function retryJobs(
  ctx: Ctx,
  ids: readonly number[] | 'all-failed',
): Promise<{ id: number; name: string }[]> {
  const chosen =
    ids === 'all-failed' ? sql`j.attempts >= j.max_attempts` : sql`j.id = any(${[...ids]}::bigint[]) and j.attempts > 0`
  const rows = await many(
    ctx.db,
    sql<{ id: number; name: string }>`
      select j.id, t.identifier as name
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where ${ofTenant(ctx)} and ${chosen} and j.locked_at is null`,
  )
  if (rows.length > 0)
    await one(
      ctx.db,
      sql`select count(*) from graphile_worker.reschedule_jobs(${rows.map((row) => row.id)}::bigint[], run_at := now(), attempts := 0)`,
    )
  return rows
}
