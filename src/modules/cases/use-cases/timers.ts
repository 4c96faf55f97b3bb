import type { WorkflowEvent } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { endOfDay } from '../domain/deadline.ts'
import { caseTimer } from '../job-types.ts'
import type { Case } from '../store/rows.ts'
import { insertTimer, type Timer } from '../store/timers.ts'

/** A timer that ends with the expiry of `lastDay`, as long as the case stays where it is now. */
export async function startTimer(
  ctx: Ctx,
  kase: Case,
  event: WorkflowEvent,
  lastDay: Temporal.PlainDate,
): Promise<void> {
  const timer = timerUntil(kase, event, lastDay)
  await insertTimer(ctx, timer)
  await enqueue(ctx, caseTimer, { timerId: timer.id }, { key: timer.id, runAt: timer.runAt })
}

export const timerUntil = (
  kase: Pick<Case, 'id' | 'enteredAt'>,
  event: WorkflowEvent,
  lastDay: Temporal.PlainDate,
): Timer => ({
  id: newId(),
  caseId: kase.id,
  enteredAt: kase.enteredAt,
  event,
  runAt: endOfDay(lastDay, CITY_TIME_ZONE),
})
