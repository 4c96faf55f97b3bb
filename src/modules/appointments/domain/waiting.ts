import { CITY_TIME_ZONE, cityDate } from '#platform/time/clock.ts'
import type { Wish } from './work.ts'

export const WAITING_STATES = ['unconfirmed', 'waiting', 'told'] as const
export type WaitingState = (typeof WAITING_STATES)[number]

/** Somebody who wants to be told when something frees up. */
export interface Waiting extends Wish {
  readonly id: string
  readonly state: WaitingState
  /** None: anywhere. */
  readonly offices: readonly string[]
  /** ISO date; null: from now on. */
  readonly fromDay: string | null
  /** ISO date, the last one that is of use; null: none is named. */
  readonly lastDay: string | null
  /** ISO weekdays; none: any. */
  readonly weekdays: readonly number[]
  /** Only an earlier time is news; null: any. */
  readonly before: Temporal.Instant | null
  readonly madeAt: Temporal.Instant
  readonly toldAt: Temporal.Instant | null
}

/** Nobody waits longer than that without saying so again. */
const LONGEST: Temporal.DurationLike = { hours: 8 * 7 * 24 }

/** When a wish ends by itself: after its last day, with the time that they could have had, at the latest after eight weeks. */
export function endOfWaiting(
  now: Temporal.Instant,
  { lastDay, before }: Pick<Waiting, 'lastDay' | 'before'>,
): Temporal.Instant {
  const ends = [now.add(LONGEST), ...(before ? [before] : []), ...(lastDay ? [endOfDay(lastDay)] : [])]
  return ends.toSorted((a, b) => Temporal.Instant.compare(a, b))[0]!
}

const endOfDay = (day: string): Temporal.Instant =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone: CITY_TIME_ZONE }).toInstant()

/** The last day on which a wish that ends then is one. */
export const lastDayBefore = (end: Temporal.Instant): Temporal.PlainDate => cityDate(end.subtract({ milliseconds: 1 }))

/** How long who was told has the first look, before the next one is told of the same time. */
export const FIRST_LOOK: Temporal.DurationLike = { minutes: 15 }

/** Those who wait for the same. */
export const sameWish = ({ services, people, variant, offices, fromDay, lastDay, weekdays }: Waiting): string =>
  JSON.stringify([services.toSorted(), people, variant, offices.toSorted(), fromDay, lastDay, weekdays])

/**
 * Who is told now: those who have waited longest, each time for one person at most, so that nobody races for what is gone.
 * A time counts as taken for as long as somebody who was told has the first look.
 * @param all who wait for the same or were told of it, in any order
 * @param free beginnings of the free times
 */
export function whoToTell(
  all: readonly Waiting[],
  free: readonly Temporal.Instant[],
  now: Temporal.Instant,
): Waiting[] {
  const isNews = ({ before }: Waiting, time: Temporal.Instant) =>
    before === null || Temporal.Instant.compare(time, before) < 0
  const since = now.subtract(FIRST_LOOK)
  const looking = all.filter(
    ({ state, toldAt }) => state === 'told' && toldAt !== null && Temporal.Instant.compare(toldAt, since) > 0,
  )
  const left = free.toSorted((a, b) => Temporal.Instant.compare(a, b))
  const take = (one: Waiting): boolean => {
    const i = left.findIndex((time) => isNews(one, time))
    if (i >= 0) left.splice(i, 1)
    return i >= 0
  }
  looking.forEach(take)
  return all
    .filter(({ state }) => state === 'waiting')
    .toSorted((a, b) => Temporal.Instant.compare(a.madeAt, b.madeAt))
    .filter(take)
}
