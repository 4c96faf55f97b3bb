import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { JobType } from './jobs.ts'

export interface JobOptions {
  /** Same key, one job: a later call replaces the waiting one's payload and time. */
  readonly key?: string
  readonly runAt?: Temporal.Instant
  /** Default 25: with the back-off of e^attempt seconds (6 h at most between two) about three days. */
  readonly maxAttempts?: number
}

/** What graphile-worker keeps of a job: whose it is, and its payload. */
export interface Envelope {
  readonly tenant: string
  readonly requestId: string
  readonly payload: unknown
}

/** Enqueues in the caller's transaction: rolled back with it, so nothing is done for what never was. */
export async function enqueue<T extends object>(
  ctx: Ctx,
  type: JobType<T>,
  payload: T,
  options: JobOptions = {},
): Promise<void> {
  await sql`select ${jobCall(ctx, type, payload, options)}`.execute(ctx.db)
}

/** `graphile_worker.add_job(…)` to be put into a larger statement, where a write and its jobs go in one round trip. */
export function jobCall<T extends object>(ctx: Ctx, type: JobType<T>, payload: T, options: JobOptions = {}) {
  const envelope: Envelope = { tenant: ctx.tenant.id, requestId: ctx.requestId, payload }
  const key = options.key === undefined ? null : `${ctx.tenant.id}:${type.name}:${options.key}`
  return sql`graphile_worker.add_job(${type.name}::text, ${JSON.stringify(envelope)}::json,
    run_at := ${options.runAt ?? null}::timestamptz, max_attempts := ${options.maxAttempts ?? 25}::int, job_key := ${key}::text)`
}
