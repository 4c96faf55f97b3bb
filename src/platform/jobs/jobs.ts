import type { Ctx } from '../context.ts'

/** Work that is done later, at least once, retried with back-off; enqueued in the transaction that is its cause. */
export interface JobType<T> {
  /** `module.job`: `notifications.send-mail` */
  readonly name: string
  readonly __payload?: T
}

export const jobType = <T extends object>(name: string): JobType<T> => ({ name })

export interface Job {
  readonly name: string
  readonly run: (ctx: Ctx, payload: never, meta: JobMeta) => Promise<void>
  /** Five-field cron line in UTC; the job then runs for every tenant with payload {}. */
  readonly schedule?: string
}

export interface JobMeta {
  readonly attempt: number
  readonly maxAttempts: number
}

/** What a manifest lists under `jobs`: the work for a type. It is run at least once, so it must bear being run twice. */
export function job<T extends object>(
  type: JobType<T>,
  run: (ctx: Ctx, payload: T, meta: JobMeta) => Promise<void>,
  more: { schedule?: string } = {},
): Job {
  return { name: type.name, run: run as Job['run'], ...more }
}
