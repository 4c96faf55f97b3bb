import type { Answers, JsonValue } from '#modules/services/public.ts'
import type { LocalizedText, Locale } from '#platform/i18n/locale.ts'

/** What a check (a register, a search for duplicates) found. */
export interface Finding {
  /** `unavailable`: the other system did not answer; asked again, and after that a person decides. */
  readonly outcome: 'ok' | 'no' | 'unclear' | 'unavailable'
  /** For the clerk, in plain words. */
  readonly message: LocalizedText
  /** Reachable in FEEL as `findings.<name>.data`. */
  readonly data?: JsonValue
}

/** As kept with the case. */
export interface StoredFinding extends Finding {
  /** ISO instant. */
  readonly at: string
  /** How often it was asked while the other system did not answer. */
  readonly tries: number
}

export type Findings = Readonly<Record<string, StoredFinding>>

export interface Applicant {
  /** null: without an account. */
  readonly accountId: string | null
  readonly name: string
  readonly email: string
  /** E.164 */
  readonly telephone?: string | null
  /** Language of messages and letters. */
  readonly locale: Locale
}

export type Channel = 'web' | 'api'

/** A case as rules, actions and checks see it. */
export interface CaseForAction {
  readonly id: string
  readonly number: string
  /** Slug of the service. */
  readonly service: string
  readonly version: number
  readonly state: string
  readonly unit: string
  readonly answers: Answers
  readonly findings: Findings
  readonly applicant: Applicant
  readonly channel: Channel
  readonly openedAt: Temporal.Instant
  /** Day of opening in the city's time. */
  readonly openedOn: Temporal.PlainDate
}

/** Where the applicant sees how things stand: in the account, or by number and code. */
export const statusPath = ({ number, applicant }: Pick<CaseForAction, 'number' | 'applicant'>): string =>
  applicant.accountId ? `/meine-antraege/${number}` : `/stand?nummer=${encodeURIComponent(number)}`

/** What `/stand` asks for, for a button by which who has just got number and code need not type them. */
export const statusFields = ({ number }: Pick<CaseForAction, 'number'>, code: string): Record<string, string> => ({
  nummer: number,
  code,
})
