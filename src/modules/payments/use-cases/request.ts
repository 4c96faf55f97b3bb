import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { cancelled, requested } from '../domain/ledger.ts'
import type { Payment, PaymentRequest } from '../domain/payment.ts'
import {
  findPayment, insertCode, insertPayment, markCancelled, paymentByKey, paymentOf, paymentsOfSubject, type PaymentRow,
} from '../store/payments.ts' // prettier-ignore
import { bookToPayment } from './bookings.ts'
import { createRefund } from './refunds.ts'

/**
 * Asks somebody for money, in the caller's transaction. The same key gives the same payment; each call gives a fresh link.
 * @throws where the amount is no whole number of cents above 0: a fee of nothing is not asked for
 */
export async function requestPayment(ctx: Ctx, request: PaymentRequest): Promise<Payment> {
  if (!Number.isSafeInteger(request.cents) || request.cents <= 0) throw new Error('a payment takes whole cents above 0')
  return transaction(ctx, async (tx) => {
    const inserted = await insertPayment(tx, request)
    if (inserted) await bookToPayment(tx, inserted.id, {}, () => requested(request.cents))
    const payment = inserted ?? (await paymentByKey(tx, request.key))!
    return paymentOf(payment, await linkTo(tx, payment.id))
  })
}

const linkTo = async (ctx: Ctx, id: string) => `/zahlung/${id}?code=${await insertCode(ctx, id)}`

/** A fresh link for somebody who has shown in another way that they are the payer: case number and code, a mail. */
export const payLink = (ctx: Ctx, paymentId: string): Promise<string> => linkTo(ctx, paymentId)

/** With the path on which a signed-in payer pays, without a secret code; null where there is none. */
export async function paymentById(ctx: Ctx, id: string): Promise<Payment | null> {
  const row = await findPayment(ctx, id)
  return row && paymentOf(row)
}

/** All payments of a subject (`case:<id>`), the oldest first. */
export async function paymentsFor(ctx: Ctx, subject: string): Promise<Payment[]> {
  return (await paymentsOfSubject(ctx, subject)).map((row) => paymentOf(row))
}

/** The money is no longer asked for. What was paid already goes on the list of refunds. A second call changes nothing. */
export async function cancelPayment(ctx: Ctx, paymentId: string, reason: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    let owedBack = 0
    let payee: PaymentRow | null = null
    await bookToPayment(tx, paymentId, { reason }, (balances, payment) => {
      if (payment.cancelledAt !== null) return null
      payee = payment
      const booking = cancelled(balances)
      owedBack = -(booking.entries.find((entry) => entry.account === 'refund')?.cents ?? 0)
      return booking
    })
    if (payee === null) return
    await markCancelled(tx, paymentId, reason)
    if (owedBack > 0)
      await createRefund(tx, {
        key: `cancelled:${paymentId}`,
        payment: payee,
        bankEntry: null,
        cents: owedBack,
        reason,
      })
  })
}
