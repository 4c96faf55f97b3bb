import { paymentsFor, refund } from '#modules/payments/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { refundCents, remainingMonths } from '../domain/period.ts'
import { canChange, type Permit } from '../domain/permit.ts'
import * as store from '../store/permits.ts'
import { texts } from '../texts/index.ts'
import { tellHolder } from './tell-holder.ts'

/** What a return today gives back. */
export interface RefundShare {
  readonly cents: number
  readonly months: number
  /** null where nothing was paid for it, or nobody knows. */
  readonly paymentId: string | null
}

/** The share of the fee for the whole months left. A permit that replaced others counts from the first one's beginning. */
export async function refundShare(ctx: Ctx, permit: Permit): Promise<RefundShare> {
  const day = today(ctx.clock)
  const months = remainingMonths(permit, day)
  const payments = permit.caseId ? await paymentsFor(ctx, `case:${permit.caseId}`) : []
  const paid = payments.find((payment) => payment.paidCents > payment.refundedCents)
  if (!paid) return { cents: 0, months, paymentId: null }
  const first = permit.replaces ? await store.permitById(ctx, permit.line) : permit
  const share = refundCents(paid.cents, { from: first?.from ?? permit.from, until: permit.until }, day)
  return { cents: Math.min(share, paid.paidCents - paid.refundedCents), months, paymentId: paid.id }
}

/** Ends a permit before its time and pays back its share of the fee. */
export async function returnPermit(
  ctx: Ctx,
  permit: Permit,
): Promise<Result<{ refundCents: number }, 'permit-not-valid'>> {
  const day = today(ctx.clock)
  if (!canChange(permit, day)) return fail('permit-not-valid')
  return transaction(ctx, async (ctx) => {
    if (!(await store.endPermit(ctx, permit.id, 'returned', day))) return fail('permit-not-valid')
    const share = await refundShare(ctx, permit)
    if (share.paymentId && share.cents > 0) {
      const reason = texts({ locale: 'de' }).changes.refundReason(permit.number ?? '')
      const refunded = await refund(ctx, {
        paymentId: share.paymentId,
        cents: share.cents,
        reason,
        key: `permit:${permit.id}:return`,
      })
      if (!refunded.ok) throw new Error(`refund refused: ${refunded.problem}`)
    }
    await audit(ctx, {
      subject: `permit:${permit.line}`,
      action: 'parking.returned',
      data: { permitId: permit.id, refundCents: share.cents },
    })
    await tellHolder(ctx, permit, 'returned', { refundCents: share.cents })
    return ok({ refundCents: share.cents })
  })
}
