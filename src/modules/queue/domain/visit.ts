import type { Locale } from '#platform/i18n/locale.ts'

/**
 * called: on the screen, not yet at the counter; parked: comes back later; absent: did not come when called, or gave up;
 * forwarded: goes on in another office, as another visit.
 */
export const VISIT_STATES = ['waiting', 'called', 'serving', 'parked', 'done', 'absent', 'forwarded'] as const
export type VisitState = (typeof VISIT_STATES)[number]

export const PRIORITIES = ['normal', 'priority', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

/** Somebody who came to an office today. */
export interface Visit {
  readonly id: string
  readonly office: string
  readonly team: string
  /** "A 014" */
  readonly ticket: string
  readonly services: readonly string[]
  readonly people: number
  /** null for who just came. */
  readonly booking: string | null
  readonly state: VisitState
  readonly priority: Priority
  readonly priorityReason: string | null
  /** When the appointment is; null for who just came. */
  readonly bookedAt: Temporal.Instant | null
  readonly arrivedAt: Temporal.Instant
  /** What the order counts from: the booked time, the arrival of who has none or comes too late, or when they are called again. */
  readonly dueAt: Temporal.Instant
  /** The first call. */
  readonly calledAt: Temporal.Instant | null
  /** The last call. */
  readonly announcedAt: Temporal.Instant | null
  readonly calls: number
  /** They gave their number back: absent, without having been missed. */
  readonly gaveUp: boolean
  readonly servingAt: Temporal.Instant | null
  readonly handledSeconds: number
  readonly finishedAt: Temporal.Instant | null
  /** Where they are, or were called last. */
  readonly counter: string | null
  readonly clerk: string | null
  readonly wantedCounter: string | null
  /** The visit in the office to which they were sent. */
  readonly forwardedTo: string | null
  /** The office that sent them here. */
  readonly forwardedFrom: string | null
  /** From whoever sent them, for whoever sees them. */
  readonly note: string | null
  readonly locale: Locale
  /** Whether they want to know when it is soon their turn, and were told. */
  readonly telling: 'no' | 'wanted' | 'told'
  /** Whether a browser hears of it, too; also when they are called. */
  readonly push: boolean
}

/** Still in the house. */
export const isHere = ({ state }: Pick<Visit, 'state'>): boolean =>
  state !== 'done' && state !== 'absent' && state !== 'forwarded'

/** Whether somebody with an appointment can still be noted as not here: before anybody has called them. */
export const mayBeUnnoted = ({ booking, state, calledAt }: Visit): boolean =>
  booking !== null && state === 'waiting' && calledAt === null

/** How long "done" can be taken back, in minutes; demo value. */
export const RESUME_MINUTES = 10

/** Whether "done" may still be taken back, by whoever said it; also where nobody knows yet since when that is. */
export const isJustDone = ({ finishedAt }: Pick<Visit, 'finishedAt'>, now: Temporal.Instant): boolean =>
  finishedAt === null || finishedAt.until(now).total('minutes') < RESUME_MINUTES

/** Whether that clerk has just said "done" of them at that counter, and may take it back. */
export const mayResume = (
  visit: Visit,
  desk: { readonly counter: string; readonly clerk: string; readonly now: Temporal.Instant },
): boolean =>
  visit.state === 'done' &&
  visit.counter === desk.counter &&
  visit.clerk === desk.clerk &&
  visit.servingAt !== null &&
  visit.finishedAt !== null &&
  isJustDone(visit, desk.now)

/** What browsers subscribe to that want to hear of it. */
export const topicOf = ({ id }: Pick<Visit, 'id'>): string => `queue:${id}`
