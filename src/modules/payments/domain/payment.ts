import type { Locale, LocalizedText } from '#platform/i18n/locale.ts'

export const PAYMENT_STATES = ['open', 'partly-paid', 'paid', 'overpaid', 'cancelled', 'refunded', 'overdue'] as const
export type PaymentState = (typeof PAYMENT_STATES)[number]

/** What another module asks the payer for. */
export interface PaymentRequest {
  /** Unique in the city: the same key is asked for once. */
  readonly key: string
  /** What it is for, in the payer's language: "Bewohnerparkausweis S-AB 1234". */
  readonly purpose: string
  /** More than 0. */
  readonly cents: number
  readonly dueOn: Temporal.PlainDate
  readonly payer: { readonly accountId?: string | null; readonly name: string; readonly email: string | null }
  readonly locale: Locale
  /** Whose payment it is: `case:<id>`. */
  readonly subject: string
  /** Path of the city to which the payer goes back. */
  readonly returnPath: string
  /** Unit whose staff may see it; the treasury where none is named. */
  readonly unit?: string
}

/** The unit that keeps the city's money (Stadtkasse). */
export const TREASURY = 'stadtkasse'

/** A payment as other modules see it. Amounts in cents. */
export interface Payment {
  readonly id: string
  /** Creditor reference (ISO 11649) for the purpose line of a transfer. */
  readonly reference: string
  readonly purpose: string
  readonly subject: string
  readonly cents: number
  readonly paidCents: number
  readonly refundedCents: number
  readonly state: PaymentState
  readonly dueOn: Temporal.PlainDate
  readonly createdAt: Temporal.Instant
  readonly paidAt: Temporal.Instant | null
  /** With a secret code right after `requestPayment`; without one, for the signed-in payer, where it was looked up. */
  readonly payPath: string
}

/** A payment that was asked for (and perhaps paid) long ago, for demo data. */
export interface PastPayment extends PaymentRequest {
  readonly id?: string
  readonly at: Temporal.Instant
  readonly paidAt?: Temporal.Instant | null
  readonly method?: 'transfer' | 'online'
  readonly cancelledAt?: Temporal.Instant | null
}

/** Whether the payer has done what was asked. */
export const isSettled = (state: PaymentState): boolean => state === 'paid' || state === 'overpaid'

/** Whether money is still expected. */
export const isOutstanding = (state: PaymentState): boolean =>
  state === 'open' || state === 'partly-paid' || state === 'overdue'

const WORDS: Readonly<Record<PaymentState, LocalizedText>> = {
  open: { de: 'Offen', en: 'Open' },
  'partly-paid': { de: 'Teilweise bezahlt', en: 'Partly paid' },
  paid: { de: 'Bezahlt', en: 'Paid' },
  overpaid: { de: 'Bezahlt, es kam zu viel an', en: 'Paid, more than was asked for' },
  cancelled: { de: 'Aufgehoben', en: 'Cancelled' },
  refunded: { de: 'Erstattet', en: 'Refunded' },
  overdue: { de: 'Überfällig', en: 'Overdue' },
}

/** The state in plain words. */
export const paymentStateText = (state: PaymentState): LocalizedText => WORDS[state]
