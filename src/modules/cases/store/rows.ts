import type { Answers } from '#modules/services/public.ts'
import { sql } from '#platform/db/db.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { cityDate } from '#platform/time/clock.ts'
import type { CaseForAction, Channel, Findings } from '../domain/case.ts'

/** A case with everything that the modules' own pages and use cases need. */
export interface Case extends CaseForAction {
  readonly assignee: string | null
  /** Name of the transition whose reason the clerk reads. */
  readonly reason: string | null
  readonly missing: string | null
  readonly enteredAt: Temporal.Instant
  readonly changedAt: Temporal.Instant
  readonly newsAt: Temporal.Instant | null
  readonly closedAt: Temporal.Instant | null
  readonly outcome: string | null
  readonly dueOn: Temporal.PlainDate | null
  readonly followUpOn: Temporal.PlainDate | null
  /** Counts changes, for optimistic locking; not to be confused with `version`, the service's. */
  readonly revision: number
  readonly accessCodeHash: string
  readonly erasedAt: Temporal.Instant | null
}

export interface CaseRow {
  id: string
  number: string
  service: string
  version: number
  state: string
  unit: string
  assignee: string | null
  accountId: string | null
  name: string
  email: string
  telephone: string | null
  locale: Locale
  channel: Channel
  answers: Answers
  findings: Findings
  reason: string | null
  missing: string | null
  openedAt: Temporal.Instant
  enteredAt: Temporal.Instant
  changedAt: Temporal.Instant
  newsAt: Temporal.Instant | null
  closedAt: Temporal.Instant | null
  outcome: string | null
  dueOn: Temporal.PlainDate | null
  followUpOn: Temporal.PlainDate | null
  revision: number
  accessCodeHash: string
  erasedAt: Temporal.Instant | null
}

export const caseColumns = sql`id, number, service, service_version as "version", state, unit, assignee,
  account_id as "accountId", applicant_name as name, applicant_email as email, applicant_telephone as telephone,
  locale, channel, answers, findings, reason, missing, opened_at as "openedAt", entered_at as "enteredAt",
  changed_at as "changedAt", news_at as "newsAt", closed_at as "closedAt", outcome, due_on as "dueOn",
  follow_up_on as "followUpOn", cases_case.version as revision, access_code_hash as "accessCodeHash", erased_at as "erasedAt"`

export function caseFrom(row: CaseRow): Case {
  const { accountId, name, email, telephone, locale, ...rest } = row
  return {
    ...rest,
    applicant: { accountId, name, email, telephone, locale },
    openedOn: cityDate(row.openedAt),
  }
}
