import { definitionOf } from '#modules/services/public.ts'
import { isSettled, paymentsFor } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { advancesByItself } from '../domain/workflow.ts'
import { advanceCase, caseTimer, takePending } from '../job-types.ts'
import { forgottenPending, openInState, statesInUse } from '../store/sweep.ts'
import { forgottenTimers } from '../store/timers.ts'
import { bookPayment } from './payments.ts'

/** Most cases of one kind in one sweep; the next one comes in ten minutes. */
const MOST = 500
/** Minutes that a job may take before somebody looks after it. */
const GRACE_MINUTES = 10
/** Hours in which a check that does not answer is tried again and may well be waiting. */
const CHECK_HOURS = 1

/**
 * Picks up what a lost job or a message that never came would leave lying: cases in a state of the machine, timers,
 * what waits to go out, and payments that arrived without our being told. Everything it starts bears being started twice.
 */
export async function sweep(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const before = now.subtract({ minutes: GRACE_MINUTES })
  for (const timer of await forgottenTimers(ctx, before, MOST))
    await enqueue(ctx, caseTimer, { timerId: timer.id }, { key: timer.id })
  for (const pending of await forgottenPending(ctx, before, MOST))
    await enqueue(ctx, takePending, { caseId: pending.caseId, pendingId: pending.id }, { key: pending.id })

  for (const { service, version, state } of await statesInUse(ctx)) {
    const definition = await definitionOf(ctx, service, version)
    const found = definition?.workflow.states.find(({ name }) => name === state)
    if (!definition || !found) continue
    if (found.kind === 'automatic' && advancesByItself(definition, state)) {
      const stuck = now.subtract({ hours: CHECK_HOURS })
      for (const { id } of await openInState(ctx, { service, version, state, before: stuck, limit: MOST }))
        await enqueue(ctx, advanceCase, { caseId: id }, { key: id })
    }
    if (definition.workflow.transitions.some((t) => t.on === 'payment-received' && t.from.includes(state)))
      for (const { id } of await openInState(ctx, { service, version, state, before, limit: MOST }))
        for (const payment of await paymentsFor(ctx, `case:${id}`))
          if (isSettled(payment.state))
            await bookPayment(ctx, { paymentId: payment.id, subject: `case:${id}`, cents: payment.cents })
  }
}
