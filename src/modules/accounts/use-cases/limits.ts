import type { Ctx } from '#platform/context.ts'
import { minutesToWait, type Limit } from '../domain/attempts.ts'
import { countAttempt } from '../store/attempts.ts'

/** Too often; the person may try again in so many minutes. */
export interface Limited {
  readonly ok: false
  readonly problem: 'too-many-attempts'
  readonly minutes: number
}

/** Counts an attempt against each limit; null where all of them still allow it. */
export async function limited(ctx: Ctx, ...attempts: readonly (readonly [Limit, string])[]): Promise<Limited | null> {
  let over: Limited | null = null
  for (const [limit, who] of attempts) {
    if (await countAttempt(ctx, limit, who)) continue
    const minutes = minutesToWait(limit, ctx.clock.now())
    if (over === null || over.minutes < minutes) over = { ok: false, problem: 'too-many-attempts', minutes }
  }
  return over
}
