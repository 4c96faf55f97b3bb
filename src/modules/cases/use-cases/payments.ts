import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { lockCase } from '../store/case.ts'
import { hasEntry } from '../store/timeline.ts'
import { happen } from './happen.ts'

/** A payment's subject is `case:<id>` where a workflow asked for it. */
export const caseOfSubject = (subject: string): string | null => /^case:([0-9a-f-]{36})$/.exec(subject)?.[1] ?? null

/**
 * The applicant has paid: the workflow goes on, without anything from the applicant's browser. Told at least once, so
 * what has moved the case once does nothing the second time. Money for a case that is over (withdrawn meanwhile) stays in the timeline for a clerk.
 */
export async function bookPayment(
  ctx: Ctx,
  payment: { paymentId: string; subject: string; cents: number },
): Promise<void> {
  const caseId = caseOfSubject(payment.subject)
  if (caseId === null) return
  await transaction(ctx, async (ctx) => {
    const kase = await lockCase(ctx, caseId)
    if (!kase || (await hasEntry(ctx, caseId, 'cases.paid', { paymentId: payment.paymentId, moved: true }))) return
    const moved = await happen(ctx, kase, 'payment-received')
    if (!moved && (await hasEntry(ctx, caseId, 'cases.paid', { paymentId: payment.paymentId }))) return
    await audit(ctx, {
      subject: `case:${caseId}`,
      action: 'cases.paid',
      data: { paymentId: payment.paymentId, cents: payment.cents, moved },
    })
  })
}
