/**
 * The door of payments: ask for money, see what became of it, give it back. Amounts in cents, always.
 */
export { isSettled, isOutstanding, paymentStateText } from './domain/payment.ts'
export type { PastPayment, Payment, PaymentRequest, PaymentState } from './domain/payment.ts'
export { creditorReference, isCreditorReference, spacedReference } from './domain/reference.ts'
export { paymentOverdue, paymentReceived, paymentRefunded, paymentReversed } from './events.ts'
export { cancelPayment, payLink, paymentById, paymentsFor, requestPayment } from './use-cases/request.ts'
export { refund } from './use-cases/refunds.ts'
