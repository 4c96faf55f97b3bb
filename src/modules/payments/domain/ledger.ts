import type { PaymentState } from './payment.ts'

/**
 * Accounts of the ledger (double entry). Debit is positive, credit negative; each transaction adds up to 0.
 * - receivable: what payers still owe (Forderungen)
 * - revenue: fees that were charged (Erträge)
 * - bank: the city's account, as the statements tell it
 * - provider: what the online payment service owes the city until it settles
 * - overpayment: what came in above the fee (Verwahrgelder)
 * - suspense: what came in or went out and belongs to nothing yet (ungeklärt)
 * - refund: what the city owes payers and has not paid out (auszuzahlende Erstattungen)
 * - waived: small remainders that were let go (Niederschlagung)
 * - handed-over: entries of the statement that the city's main accounting books
 */
export const LEDGER_ACCOUNTS = [
  'receivable', 'revenue', 'bank', 'provider', 'overpayment', 'suspense', 'refund', 'waived', 'handed-over',
] as const // prettier-ignore
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number]

export const BOOKING_KINDS = [
  'requested', 'received', 'assigned', 'reversed', 'cancelled', 'waived', 'refund-decided', 'refund-paid', 'unclear', 'handed-over', 'settled',
] as const // prettier-ignore
export type BookingKind = (typeof BOOKING_KINDS)[number]

export interface LedgerEntry {
  readonly account: LedgerAccount
  /** Cents; debit positive. Never 0. */
  readonly cents: number
}

export interface Booking {
  readonly kind: BookingKind
  readonly entries: readonly LedgerEntry[]
}

/** What the ledger says about one payment: the sums of its entries by account, in cents. */
export type Balances = Readonly<Record<LedgerAccount, number>>

/** Where money comes from or goes to. */
export type MoneyAccount = 'bank' | 'provider' | 'suspense'

export const NO_BALANCES: Balances = Object.fromEntries(LEDGER_ACCOUNTS.map((account) => [account, 0])) as Balances

function booking(kind: BookingKind, entries: readonly LedgerEntry[]): Booking {
  const kept = entries.filter((entry) => entry.cents !== 0)
  const sum = kept.reduce((total, entry) => total + entry.cents, 0)
  if (sum !== 0) throw new Error(`a booking (${kind}) does not add up to 0 but to ${sum}`)
  if (!kept.every((entry) => Number.isSafeInteger(entry.cents)))
    throw new Error(`a booking (${kind}) is not in whole cents`)
  return { kind, entries: kept }
}

/** The fee is charged. */
export const requested = (cents: number): Booking =>
  booking('requested', [
    { account: 'receivable', cents },
    { account: 'revenue', cents: -cents },
  ])

/** Money came in for the payment: against what is owed, the rest is an overpayment. */
export function received(before: Balances, cents: number, from: MoneyAccount): Booking {
  const owed = Math.min(cents, Math.max(0, before.receivable))
  return booking(from === 'suspense' ? 'assigned' : 'received', [
    { account: from, cents },
    { account: 'receivable', cents: -owed },
    { account: 'overpayment', cents: owed - cents },
  ])
}

/** What came in for the payment and was neither refunded nor taken back, in cents. */
export const held = (before: Balances): number =>
  -before.revenue - before.waived - before.receivable - before.overpayment

/** The bank took money back that had come in: first what was paid too much, then the fee is owed again. Not more than is held. */
export function reversed(before: Balances, cents: number, from: MoneyAccount): Booking {
  if (cents > held(before)) throw new Error('more is taken back than came in')
  const fromOverpayment = Math.min(cents, -before.overpayment)
  return booking('reversed', [
    { account: from, cents: -cents },
    { account: 'overpayment', cents: fromOverpayment },
    { account: 'receivable', cents: cents - fromOverpayment },
  ])
}

/** The fee is no longer asked for; what was paid, less what was refunded already, is to be paid back. */
export function cancelled(before: Balances): Booking {
  return booking('cancelled', [
    { account: 'revenue', cents: -before.revenue },
    { account: 'waived', cents: -before.waived },
    { account: 'receivable', cents: -before.receivable },
    { account: 'overpayment', cents: -before.overpayment },
    { account: 'refund', cents: -held(before) },
  ])
}

/** The rest of the fee is let go. */
export const waived = (before: Balances): Booking =>
  booking('waived', [
    { account: 'waived', cents: before.receivable },
    { account: 'receivable', cents: -before.receivable },
  ])

/** Most that can be refunded: what was paid too much, and, once nothing is owed, what was paid of the fee. */
export const refundable = (before: Balances): number =>
  -before.overpayment + (before.receivable === 0 ? -before.revenue - before.waived : 0)

/** What was paid too much goes back, and of the fee what lies above it. */
export function refundDecided(before: Balances, cents: number): Booking {
  const fromOverpayment = Math.min(cents, -before.overpayment)
  return booking('refund-decided', [
    { account: 'overpayment', cents: fromOverpayment },
    { account: 'revenue', cents: cents - fromOverpayment },
    { account: 'refund', cents: -cents },
  ])
}

/** A share of the fee goes back, from the fee first: what was paid too much waits for a decision of its own. */
export function shareRefunded(before: Balances, cents: number): Booking {
  const fromFee = Math.min(cents, -before.revenue - before.waived)
  return booking('refund-decided', [
    { account: 'revenue', cents: fromFee },
    { account: 'overpayment', cents: cents - fromFee },
    { account: 'refund', cents: -cents },
  ])
}

/** Money that nobody asked for is sent back to where it came from. */
export const refundOfUnclear = (cents: number): Booking =>
  booking('refund-decided', [
    { account: 'suspense', cents },
    { account: 'refund', cents: -cents },
  ])

/** A refund left the account. */
export const refundPaid = (cents: number, from: MoneyAccount): Booking =>
  booking('refund-paid', [
    { account: 'refund', cents },
    { account: from, cents: -cents },
  ])

/** Something stands on the statement that belongs to nothing yet. Money out is negative. */
export const unclear = (cents: number): Booking =>
  booking('unclear', [
    { account: 'bank', cents },
    { account: 'suspense', cents: -cents },
  ])

/** What was unclear is none of ours: the main accounting books it. */
export const handedOver = (cents: number): Booking =>
  booking('handed-over', [
    { account: 'suspense', cents },
    { account: 'handed-over', cents: -cents },
  ])

/** What was unclear is the payment service's collective transfer of what people paid there. */
export const settled = (cents: number): Booking =>
  booking('settled', [
    { account: 'suspense', cents },
    { account: 'provider', cents: -cents },
  ])

export function after(before: Balances, ...bookings: readonly Booking[]): Balances {
  const sums: Record<LedgerAccount, number> = { ...before }
  for (const { entries } of bookings) for (const { account, cents } of entries) sums[account] += cents
  return sums
}

/** What the ledger and the calendar together say about a payment. `doctor` compares it with the row. */
export function stateOf(
  balances: Balances,
  facts: { readonly cents: number; readonly cancelled: boolean; readonly overdue: boolean },
): PaymentState {
  if (facts.cancelled) return 'cancelled'
  if (balances.receivable > 0) {
    if (facts.overdue) return 'overdue'
    return balances.receivable < facts.cents ? 'partly-paid' : 'open'
  }
  if (balances.overpayment < 0) return 'overpaid'
  return -balances.revenue - balances.waived <= 0 && balances.waived < facts.cents ? 'refunded' : 'paid'
}
