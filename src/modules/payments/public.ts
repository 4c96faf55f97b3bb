/**
 * The door of payments: ask for money, see what became of it, give it back. Amounts in cents, always.
 */
import type { Counterpart, CounterpartOptions } from './testing/counterpart.ts'

export { isSettled, isOutstanding, paymentStateText } from './domain/payment.ts'
export type { PastPayment, Payment, PaymentRequest, PaymentState } from './domain/payment.ts'
export { creditorReference, isCreditorReference, spacedReference } from './domain/reference.ts'
export { paymentOverdue, paymentReceived, paymentRefunded, paymentReversed } from './events.ts'
export { cancelPayment, payLink, paymentById, paymentsFor, requestPayment } from './use-cases/request.ts'
export { bankAccountOf } from './bank-account.ts'
export { camtFile } from './testing/camt-file.ts'
export { refund } from './use-cases/refunds.ts'
export { recordPastPayments } from './store/past.ts'

/**
 * Starts the demo payment service on a port of its own, for a demo city without a real one. Point the setting XBEZAHL_URL
 * and the secrets XBEZAHL_KEY and PAYMENT_NOTIFICATION_KEY at it. It is loaded only when it is called.
 */
export async function startPaymentCounterpart(options: CounterpartOptions): Promise<Counterpart> {
  const { startPaymentCounterpart: start } = await import('./testing/counterpart.ts')
  return start(options)
}
