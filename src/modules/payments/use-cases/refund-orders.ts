import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { orderRefunds, reopenOrdered } from '../store/refunds.ts'

/*
 * Ordering books nothing: the city owes the money from the decision until the debit stands on a statement, whatever the
 * bank was told meanwhile.
 */

/** Hands refunds to the bank, in one file. */
export function order(ctx: Ctx, refunds: readonly string[]): Promise<Result<string, 'nothing-to-order'>> {
  const id = newId()
  return transaction(ctx, async (tx) => {
    // A file without a transfer is none: its schema asks for one at least.
    const ordered = await orderRefunds(tx, id, refunds)
    if (ordered.length === 0) return fail('nothing-to-order')
    await audit(tx, { subject: 'payments', action: 'payments.refunds-ordered', data: { order: id, refunds: ordered } })
    return ok(id)
  })
}

/** The bank does not carry the order out: what it has not paid can go into a new one. */
export function withdrawOrder(ctx: Ctx, id: string, reason: string): Promise<Result<null, 'order-settled'>> {
  return transaction(ctx, async (tx) => {
    const refunds = await reopenOrdered(tx, id)
    if (refunds.length === 0) return fail('order-settled')
    const data = { order: id, refunds, reason }
    await audit(tx, { subject: 'payments', action: 'payments.refund-order-withdrawn', data })
    return ok(null)
  })
}
