import type { WorkflowEvent } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { RawBuilder } from 'kysely'
import { exec, many, maybe, sql } from '#platform/db/db.ts'

export interface Timer {
  readonly id: string
  readonly caseId: string
  /** When the case came into the state for which the timer was set. */
  readonly enteredAt: Temporal.Instant
  readonly event: WorkflowEvent
  readonly runAt: Temporal.Instant
}

const columns = sql`id, case_id as "caseId", entered_at as "enteredAt", event, run_at as "runAt"`

export const timerInsert = (timer: Timer): RawBuilder<unknown> =>
  sql`insert into cases_timer (id, case_id, entered_at, event, run_at)
    values (${timer.id}, ${timer.caseId}, ${timer.enteredAt}, ${timer.event}, ${timer.runAt})`

export async function insertTimer(ctx: Ctx, timer: Timer): Promise<void> {
  await exec(ctx.db, timerInsert(timer))
}

/** null where it has been rung already. */
export async function lockTimer(ctx: Ctx, id: string): Promise<Timer | null> {
  return maybe(ctx.db, sql<Timer>`select ${columns} from cases_timer where id = ${id} and done_at is null for update`)
}

export async function timerDone(ctx: Ctx, id: string): Promise<void> {
  await exec(ctx.db, sql`update cases_timer set done_at = ${ctx.clock.now()} where id = ${id}`)
}

/** Timers that should have rung before `before`, for the sweeper. */
export async function forgottenTimers(ctx: Ctx, before: Temporal.Instant, limit: number): Promise<{ id: string }[]> {
  return many(
    ctx.db,
    sql<{
      id: string
    }>`select id from cases_timer where done_at is null and run_at < ${before} order by run_at limit ${limit}`,
  )
}
