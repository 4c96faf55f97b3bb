import { eventType } from '#platform/events/events.ts'

/** The fee is paid in full. Told once; again only where the bank took the money back and it was paid anew. */
export const paymentReceived = eventType<{
  readonly paymentId: string
  readonly subject: string
  readonly cents: number
}>('payments.received')

/** It was decided to give money back; it leaves the city's account later. */
export const paymentRefunded = eventType<{
  readonly paymentId: string
  readonly subject: string
  readonly cents: number
  readonly refundId: string
}>('payments.refunded')

/** The bank took back what had come in: the fee is owed again. */
export const paymentReversed = eventType<{
  readonly paymentId: string
  readonly subject: string
  readonly cents: number
}>('payments.reversed')

/** The day by which it should have been paid has passed. */
export const paymentOverdue = eventType<{ readonly paymentId: string; readonly subject: string }>('payments.overdue')
