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
  const { name, envelope, key, runAt, maxAttempts } = jobSpec(ctx, type, payload, options)
  return sql`graphile_worker.add_job(${name}::text, ${JSON.stringify(envelope)}::json,
    run_at := ${runAt}::timestamptz, max_attempts := ${maxAttempts}::int, job_key := ${key}::text)`
}

/** A job as data, for statements that add many at once. */
export interface JobSpec {
  readonly name: string
  readonly envelope: Envelope
  readonly key: string | null
  /** ISO instant; null: now. */
  readonly runAt: string | null
  readonly maxAttempts: number
}

export function jobSpec<T extends object>(ctx: Ctx, type: JobType<T>, payload: T, options: JobOptions = {}): JobSpec {
  return {
    name: type.name,
    envelope: { tenant: ctx.tenant.id, requestId: ctx.requestId, payload },
    key: options.key === undefined ? null : `${ctx.tenant.id}:${type.name}:${options.key}`,
    runAt: options.runAt?.toString() ?? null,
    maxAttempts: options.maxAttempts ?? 25,
  }
}
