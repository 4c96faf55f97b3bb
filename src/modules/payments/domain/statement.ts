/** Largest statement in bytes. A month of a city with 100,000 people has about 8 MB. */
export const MOST_STATEMENT_BYTES = 20_000_000
/** One account statement of a bank, as CAMT.053 tells it. Amounts in cents where the currency is EUR. */
export interface Statement {
  /** The bank's own name of the statement (`Stmt/Id`). */
  readonly id: string
  readonly iban: string
  readonly currency: string
  readonly from: Temporal.PlainDate | null
  readonly until: Temporal.PlainDate | null
  /** Booked balances in cents; null where the file tells none. */
  readonly openingCents: number | null
  readonly closingCents: number | null
  readonly entries: readonly StatementEntry[]
}

/** One movement: an entry of the statement, or one of the transactions that a collective entry consists of. */
export interface StatementEntry {
  /** Tells this movement from all others of the account, in every file that holds it. */
  readonly key: string
  readonly bookedOn: Temporal.PlainDate
  readonly valueOn: Temporal.PlainDate | null
  /** Signed: money out is negative. */
  readonly cents: number
  readonly currency: string
  /** Takes back an earlier movement (`RvslInd`). */
  readonly reversal: boolean
  /** Who paid, or who got the money. */
  readonly party: string
  readonly partyIban: string | null
  /** Everything that the payer or the city wrote: unstructured, structured and end-to-end reference. */
  readonly remittance: string
  readonly endToEndId: string | null
  readonly bankReference: string | null
  /** A collective entry whose parts the file does not tell, or tells with other sums. */
  readonly collective: boolean
}

export type StatementProblem =
  | 'not-xml'
  | 'not-camt'
  | 'other-camt'
  | 'too-large'
  | 'too-deep'
  | 'has-doctype'
  | 'encoding'
  | 'incomplete'
  | 'sums-differ'
