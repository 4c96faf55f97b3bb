import type { LocalizedText } from '#platform/i18n/locale.ts'

/** Name of the fee in `texts.fees.<name>`. */
export interface FeeTable {
  readonly name: string
  readonly periods: readonly FeePeriod[]
}

/** Applies to applications received from `from` to `until`, both included. Periods do not overlap. */
export interface FeePeriod {
  readonly from: string
  readonly until?: string
  /** Ordinance and section, or that it is a demo value. */
  readonly source: LocalizedText
  /** The first whose `when` (FEEL over `answers`) holds; the last has none or 'true'. */
  readonly rates: readonly FeeRate[]
}

export interface FeeRate {
  readonly when?: string
  /** Whole cents, or FEEL that gives cents (rounded half up). */
  readonly cents: number | string
}
