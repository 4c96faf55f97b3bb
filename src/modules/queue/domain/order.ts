import type { Priority } from './visit.ts'

/** What decides whose turn it is. */
export interface Turn {
  readonly priority: Priority
  readonly booking: string | null
  readonly dueAt: Temporal.Instant
  readonly calls: number
  /** The office that sent them here; null for all others. */
  readonly forwardedFrom: string | null
}

/**
 * People with an appointment go before those without, but nobody waits for ever while others come at their time: who has
 * waited that long goes before those whose time came later. Demo value.
 */
export const PATIENCE_MINUTES = 30
/** Whoever comes later than that counts from then on like somebody who just came; demo value. */
export const GRACE_MINUTES = 15

const RANK: Readonly<Record<Priority, number>> = { urgent: 0, priority: 1, normal: 2 }
/** After everybody else who waits. */
const JUST_MISSED = 3

/**
 * In the order in which they are called: urgent ones, then those with priority, then all others by the moment that was
 * promised to them. That is the booked time; for those whom another office has sent, who have waited once already, when they
 * can be here; for those who just came half an hour after they did. Whose time has not come yet waits for it while anybody else is there; so does, with any priority, who was just called and did not come.
 */
export function inOrder<T extends Turn>(visits: readonly T[], now: Temporal.Instant): T[] {
  return visits
    .map((visit) => ({ visit, key: keyOf(visit, now) }))
    .toSorted((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || a.key[2] - b.key[2])
    .map(({ visit }) => visit)
}

function keyOf(visit: Turn, now: Temporal.Instant): readonly [rank: number, isEarly: number, promisedAt: number] {
  const due = visit.dueAt.epochMilliseconds
  // Whoever was called and did not come is called again at a moment of their own.
  const isPromised = visit.booking !== null || visit.forwardedFrom !== null || visit.calls > 0
  const isEarly = isPromised && due > now.epochMilliseconds
  // Before that moment they are hardly back, however urgent it is.
  const rank = visit.calls > 0 && isEarly ? JUST_MISSED : RANK[visit.priority]
  return [rank, isEarly ? 1 : 0, isPromised ? due : due + PATIENCE_MINUTES * 60_000]
}

/** What the order counts from for somebody who arrives: the booked time, unless they come too late for it. */
export function dueOf(arrivedAt: Temporal.Instant, bookedAt: Temporal.Instant | null): Temporal.Instant {
  if (bookedAt === null) return arrivedAt
  return isTooLate(arrivedAt, bookedAt) ? arrivedAt : bookedAt
}

export const isTooLate = (arrivedAt: Temporal.Instant, bookedAt: Temporal.Instant): boolean =>
  bookedAt.until(arrivedAt).total('minutes') > GRACE_MINUTES
