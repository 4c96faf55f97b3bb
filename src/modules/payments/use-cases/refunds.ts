import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { publish } from '#platform/events/publish.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { refundable, refundPaid, shareRefunded, type MoneyAccount } from '../domain/ledger.ts'
import { paymentRefunded } from '../events.ts'
import { refundOnline } from '../jobs.ts'
import { book } from '../store/ledger.ts'
import type { PaymentRow } from '../store/payments.ts'
import { insertRefund, lockRefund, markRefundPaid, originOf, refundByKey, type RefundRow } from '../store/refunds.ts'
import { bookToPayment } from './bookings.ts'

/**
 * The city owes the payer money (a share of the fee, for example). It goes back the way it came: through the payment
 * service, or by a transfer that the treasury orders. The same key decides once.
 */
export async function refund(
  ctx: Ctx,
  wish: { readonly paymentId: string; readonly cents: number; readonly reason: string; readonly key: string },
): Promise<Result<{ refundId: string }, 'not-found' | 'refund-too-high'>> {
  if (!Number.isSafeInteger(wish.cents) || wish.cents <= 0)
    return fail('refund-too-high', { detail: 'whole cents above 0' })
  return transaction(ctx, async (tx) => {
    const earlier = await refundByKey(tx, wish.key)
    if (earlier) return ok({ refundId: earlier.id })
    let allowed = false
    const payment = await bookToPayment(tx, wish.paymentId, { reason: wish.reason }, (balances, row) => {
      allowed = row.cancelledAt === null && wish.cents <= refundable(balances)
      return allowed ? shareRefunded(balances, wish.cents) : null
    })
    if (!payment) return fail('not-found')
    if (!allowed) return fail('refund-too-high')
    const created = await createRefund(tx, {
      key: wish.key,
      payment,
      bankEntry: null,
      cents: wish.cents,
      reason: wish.reason,
    })
    return ok({ refundId: created.id })
  })
}

/** Puts a refund, whose booking is written, on its way. */
export async function createRefund(
  tx: Ctx,
  wish: { key: string; payment: PaymentRow; bankEntry: string | null; cents: number; reason: string },
): Promise<RefundRow> {
  const { payment } = wish
  const origin = await originOf(tx, payment.id)
  const online = origin?.online != null
  const created = await insertRefund(tx, {
    key: wish.key,
    payment: payment.id,
    bankEntry: wish.bankEntry,
    cents: wish.cents,
    reason: wish.reason,
    way: online ? 'online' : 'transfer',
    payeeName: origin?.party || payment.payerName,
    payeeIban: origin?.iban ?? null,
  })
  // Two who decide under one key: the booking of the second is rolled back with this.
  if (!created) throw new Error('the refund was decided at the same moment')
  if (online) await enqueue(tx, refundOnline, { refund: created.id }, { key: created.id })
  await publish(tx, paymentRefunded, {
    paymentId: payment.id,
    subject: payment.subject,
    cents: wish.cents,
    refundId: created.id,
  })
  return created
}

/** A refund has left: by the bank (its debit stands on the statement) or through the payment service. */
export async function completeRefund(
  tx: Ctx,
  refundId: string,
  from: MoneyAccount,
  about: { bankEntry?: string; reason?: string } = {},
): Promise<boolean> {
  const row = await lockRefund(tx, refundId)
  if (!row || row.state === 'paid') return false
  const booking = refundPaid(row.cents, from)
  if (row.payment === null) await book(tx, booking, { ...about, refund: row.id })
  else await bookToPayment(tx, row.payment, { ...about, refund: row.id }, () => booking)
  await markRefundPaid(tx, row.id)
  await audit(tx, { subject: `refund:${row.id}`, action: 'payments.refund-paid', data: { cents: row.cents, from } })
  return true
}
