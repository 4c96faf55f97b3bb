import type { WorkflowEvent } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { endOfDay } from '../domain/deadline.ts'
import { caseTimer } from '../job-types.ts'
import type { Case } from '../store/rows.ts'
import { insertTimer } from '../store/timers.ts'

/** A timer that ends with the expiry of `lastDay`, as long as the case stays where it is now. */
export async function startTimer(
  ctx: Ctx,
  kase: Case,
  event: WorkflowEvent,
  lastDay: Temporal.PlainDate,
): Promise<void> {
  const id = newId()
  const runAt = endOfDay(lastDay, CITY_TIME_ZONE)
  await insertTimer(ctx, { id, caseId: kase.id, enteredAt: kase.enteredAt, event, runAt })
  await enqueue(ctx, caseTimer, { timerId: id }, { key: id, runAt })
}
