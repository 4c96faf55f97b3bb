import type { Locale } from '#platform/i18n/locale.ts'

/** As the database keeps it; whether a `valid` one has begun or ended is a question of the day. */
export type PermitState = 'reserved' | 'valid' | 'returned' | 'replaced' | 'lost'

/** How a permit stands on a day, for people. */
export type Standing = 'reserved' | 'upcoming' | 'valid' | 'expired' | 'returned' | 'replaced' | 'lost'

export interface Holder {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: Temporal.PlainDate | null
}

export interface HolderAddress {
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
}

/** A resident parking permit (StVO section 45(1b) no. 2a): one car, one zone, a time. */
export interface Permit extends Holder, HolderAddress {
  readonly id: string
  readonly line: string
  readonly replaces: string | null
  /** null while it is reserved. */
  readonly number: string | null
  readonly unit: string
  readonly zone: string
  readonly zoneName: string
  readonly plate: string
  /** First day of validity. */
  readonly from: Temporal.PlainDate
  /** Day after the last day of validity. */
  readonly until: Temporal.PlainDate
  readonly state: PermitState
  readonly accountId: string | null
  readonly email: string | null
  readonly locale: Locale
  readonly caseId: string | null
  readonly issuedAt: Temporal.Instant | null
  readonly endedOn: Temporal.PlainDate | null
  readonly fileId: string | null
}

type Timed = Pick<Permit, 'state' | 'from' | 'until'>

/** How the permit stands on that day of the city; `until` is the first day on which it is no longer valid. */
export function standingOf(permit: Timed, today: Temporal.PlainDate): Standing {
  if (permit.state !== 'valid') return permit.state
  if (Temporal.PlainDate.compare(today, permit.from) < 0) return 'upcoming'
  return Temporal.PlainDate.compare(today, permit.until) < 0 ? 'valid' : 'expired'
}

/** Whether a person can still change, return or report it lost. */
export function canChange(permit: Timed, today: Temporal.PlainDate): boolean {
  return ['valid', 'upcoming'].includes(standingOf(permit, today))
}

/** Months ahead for which a permit can be applied for: the form of services/resident-parking asks for no later start. */
const RENEWED_MONTHS_AHEAD = 3

/** Whether the next permit can be applied for: not while this one still has long to go, nor after one that was given back. */
export function canRenew(permit: Timed, today: Temporal.PlainDate): boolean {
  const ends = Temporal.PlainDate.compare(permit.until, today.add({ months: RENEWED_MONTHS_AHEAD })) <= 0
  return ends && ['valid', 'upcoming', 'expired'].includes(standingOf(permit, today))
}

/** The last day on which it is valid: what people read as "gültig bis". */
export const lastDay = (permit: Pick<Permit, 'until'>): Temporal.PlainDate => permit.until.subtract({ days: 1 })
