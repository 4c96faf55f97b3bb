import type { WorkflowEvent } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { lockCase } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { lockTimer, timerDone } from '../store/timers.ts'
import { definitionFor } from './definition-for.ts'
import { moveByMachine } from './move-by-machine.ts'

/**
 * Tells the workflow that something happened; the case is locked by the caller.
 * @returns whether the case has moved because of it
 */
export async function happen(ctx: Ctx, kase: Case, event: WorkflowEvent): Promise<boolean> {
  if (kase.closedAt) return false
  const definition = await definitionFor(ctx, kase)
  return moveByMachine(ctx, definition, kase, event)
}

/** The same for a case that is not locked yet. */
export async function tellCase(ctx: Ctx, caseId: string, event: WorkflowEvent): Promise<boolean> {
  return transaction(ctx, async (ctx) => {
    const kase = await lockCase(ctx, caseId)
    return kase !== null && (await happen(ctx, kase, event))
  })
}

/** What a timer's job does: once, and nothing where the case has moved on since. */
export async function ringTimer(ctx: Ctx, timerId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const timer = await lockTimer(ctx, timerId)
    if (!timer || Temporal.Instant.compare(timer.runAt, ctx.clock.now()) > 0) return
    const kase = await lockCase(ctx, timer.caseId)
    if (kase && !kase.closedAt && kase.enteredAt.equals(timer.enteredAt)) await happen(ctx, kase, timer.event)
    await timerDone(ctx, timerId)
  })
}
