import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { publish } from '#platform/events/publish.ts'
import { after, stateOf, type Balances, type Booking } from '../domain/ledger.ts'
import { isSettled } from '../domain/payment.ts'
import { paymentReceived, paymentReversed } from '../events.ts'
import { balancesOf, book, type BookingContext } from '../store/ledger.ts'
import { lockPayment, updatePayment, type PaymentRow } from '../store/payments.ts'

/** How a booking changes what the payer has paid in all, and what goes back to them; in cents. */
const PAID_BY = new Set(['received', 'assigned', 'reversed'])
const REFUNDED_BY = new Set(['refund-decided', 'cancelled'])

const movedTo = (booking: Booking, ...accounts: readonly string[]) =>
  -booking.entries.filter((entry) => accounts.includes(entry.account)).reduce((sum, entry) => sum + entry.cents, 0)

/**
 * The one way in which a payment changes: locks it, writes the booking that `decide` makes from the ledger's sums, brings
 * the row in line, tells whom it concerns, and writes the audit entry. Inside the caller's transaction.
 * @param decide null where there is nothing to book (any more)
 * @returns the payment afterwards, or null where there is none
 */
export async function bookToPayment(
  tx: Ctx,
  paymentId: string,
  about: Omit<BookingContext, 'payment'>,
  decide: (balances: Balances, payment: PaymentRow) => Booking | null,
): Promise<PaymentRow | null> {
  const payment = await lockPayment(tx, paymentId)
  if (!payment) return null
  const before = await balancesOf(tx, paymentId)
  const booking = decide(before, payment)
  if (!booking || booking.entries.length === 0) return payment
  await book(tx, booking, { ...about, payment: paymentId })

  const cancelled = payment.cancelledAt !== null || booking.kind === 'cancelled'
  const state = stateOf(after(before, booking), {
    cents: payment.cents,
    cancelled,
    overdue: payment.overdueAt !== null,
  })
  const becamePaid = isSettled(state) && !isSettled(payment.state)
  const changed = {
    state,
    paidCents: payment.paidCents + (PAID_BY.has(booking.kind) ? movedTo(booking, 'receivable', 'overpayment') : 0),
    refundedCents: payment.refundedCents + (REFUNDED_BY.has(booking.kind) ? movedTo(booking, 'refund') : 0),
    paidAt: becamePaid
      ? tx.clock.now()
      : isSettled(state) || state === 'refunded' || state === 'cancelled'
        ? payment.paidAt
        : null,
  }
  await updatePayment(tx, paymentId, changed)

  const { subject } = payment
  if (becamePaid && payment.state !== 'refunded')
    await publish(tx, paymentReceived, { paymentId, subject, cents: payment.cents })
  if (booking.kind === 'reversed')
    await publish(tx, paymentReversed, { paymentId, subject, cents: payment.paidCents - changed.paidCents })
  await audit(tx, {
    subject: `payment:${paymentId}`,
    action: `payments.${booking.kind}`,
    data: { entries: booking.entries, state, ...(about.reason ? { reason: about.reason } : {}) },
  })
  return { ...payment, ...changed }
}
