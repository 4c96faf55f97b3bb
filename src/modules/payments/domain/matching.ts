import { isOutstanding, type PaymentState } from './payment.ts'
import { referencesIn } from './reference.ts'
import type { StatementEntry } from './statement.ts'

/** What is known of a payment whose reference stands in the purpose line. */
export interface Candidate {
  readonly id: string
  readonly reference: string
  readonly state: PaymentState
  /** What is still owed, in cents. */
  readonly outstandingCents: number
  /** Amounts of this payment that came over the bank and were not taken back. */
  readonly bankedCents: readonly number[]
}

/** A refund that was ordered and waits for its debit on the statement. */
export interface OrderedRefund {
  readonly id: string
  readonly cents: number
  /** Its end-to-end reference. */
  readonly endToEndId: string
}

export const FINDINGS = [
  'exact', 'under', 'over', 'already-paid', 'cancelled', 'unknown', 'several', 'foreign-currency', 'debit', 'collective',
  'refund-paid', 'reversal', 'reversal-unknown',
] as const // prettier-ignore
export type Finding = (typeof FINDINGS)[number]

/** What is done about a movement of the account. `payment`: book to it; null: it lies in suspense until a clerk decides. */
export interface Match {
  readonly finding: Finding
  readonly payment: string | null
  readonly refund: string | null
  /** Whether a clerk has to look at it. */
  readonly needsClerk: boolean
}

const unclear = (finding: Finding, payment: string | null = null): Match => ({
  finding,
  payment,
  refund: null,
  needsClerk: true,
})

/**
 * Decides about one movement. Only what leaves no doubt is booked by the machine: one reference of ours with right check
 * digits, for a payment that is still owed. Less than owed is booked and watched; more is booked, and the excess lies apart.
 */
export function match(
  entry: StatementEntry,
  candidates: readonly Candidate[],
  refunds: readonly OrderedRefund[],
): Match {
  if (entry.currency !== 'EUR') return unclear('foreign-currency')
  if (entry.reversal) return matchReversal(entry, candidates)
  if (entry.cents < 0) return matchDebit(entry, refunds)
  if (entry.collective) return unclear('collective')
  if (candidates.length === 0) return unclear('unknown')
  if (candidates.length > 1) return unclear('several')
  const payment = candidates[0]!
  if (payment.state === 'cancelled') return unclear('cancelled', payment.id)
  if (!isOutstanding(payment.state)) return unclear('already-paid', payment.id)
  const rest = payment.outstandingCents - entry.cents
  if (rest === 0) return { finding: 'exact', payment: payment.id, refund: null, needsClerk: false }
  return { finding: rest > 0 ? 'under' : 'over', payment: payment.id, refund: null, needsClerk: true }
}

/** Whether the movement is booked to the payment at once, and not held in suspense. */
export const isBookedAtOnce = (found: Match): boolean =>
  found.refund !== null || ['exact', 'under', 'over', 'reversal'].includes(found.finding)

function matchDebit(entry: StatementEntry, refunds: readonly OrderedRefund[]): Match {
  const wanted = refunds.filter((refund) => refund.cents === -entry.cents && holds(entry.remittance, refund.endToEndId))
  return wanted.length === 1
    ? { finding: 'refund-paid', payment: null, refund: wanted[0]!.id, needsClerk: false }
    : unclear('debit')
}

/** A returned credit is booked back where exactly that amount came over the bank; a clerk is told in any case. */
function matchReversal(entry: StatementEntry, candidates: readonly Candidate[]): Match {
  const payment = candidates.length === 1 ? candidates[0]! : null
  const wasPaid =
    payment !== null && entry.cents < 0 && payment.state !== 'cancelled' && payment.bankedCents.includes(-entry.cents)
  return wasPaid ? unclear('reversal', payment.id) : unclear('reversal-unknown', payment?.id ?? null)
}

const holds = (text: string, reference: string) => compact(text).includes(compact(reference))
const compact = (text: string) => text.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** Our references in everything that was written about the movement. */
export const referencesOf = (entry: Pick<StatementEntry, 'remittance'>): string[] => referencesIn(entry.remittance)
