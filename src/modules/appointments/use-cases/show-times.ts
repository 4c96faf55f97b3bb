import type { Ctx } from '#platform/context.ts'
import { ok, type Result } from '#platform/problem.ts'
import { cityDate } from '#platform/time/clock.ts'
import type { Booking } from '../domain/booking.ts'
import { cityCalendar, type CityCalendar } from '../calendars.ts'
import { cellOf, instantOf } from '../domain/cells.ts'
import type { FreeDay, FreeTime } from '../domain/search.ts'
import { findTimes, isNeverWorked, isOfferedBefore, officesDoing, teamsOf, type Search } from './find.ts'

/** Free times as a page shows them: the first of all, on how many days there are others, and some to choose from. */
export interface ShownTimes {
  readonly minutes: number
  readonly first: FreeTime | null
  /** Whether one before it could come free. */
  readonly hasEarlier: boolean
  /** Whether nothing is free because nobody works on the weekdays in question. */
  readonly isShut: boolean
  readonly days: readonly FreeDay[]
  readonly times: readonly FreeTime[]
  /** Where the next page begins; null where this one holds the last. */
  readonly next: Temporal.Instant | null
  /** Offices that do all of it, wherever somebody looked. */
  readonly doneBy: readonly string[]
  /** The last day with times that can be booked so far, free or not; null: there is none. */
  readonly releasedUntil: Temporal.PlainDate | null
}

/** Whose seats are shown: those of all people where nothing is said. */
export type Seats = Pick<Search, 'audience' | 'also'>

/** The time that a booking has: another seat that is free then is no other time. */
export type OwnTime = Pick<Booking, 'office' | 'startsAt'>

/** Times of a page; so many are read quickly, also aloud. */
const SHOWN = 48
/** More than offices of a large city have free at one moment. */
const MOST_AT_ONCE = 500
/** Beginnings of one day in all offices of a large city. */
const MOST_A_DAY = 5_000

/**
 * @param after the page begins with that time; null: with the first one
 * @param own is left out, for it is moved; null: nothing is
 */
export async function timesToShow(
  ctx: Ctx,
  wish: Omit<Search, 'audience' | 'also' | 'to' | 'limit'> & Partial<Seats>,
  after: Temporal.Instant | null,
  own: OwnTime | null = null,
): Promise<Result<ShownTimes>> {
  const search: Search = { audience: 'public', ...wish, to: null, limit: MOST_AT_ONCE }
  const all = await findTimes(ctx, search)
  if (!all.ok) return all
  const { minutes } = all.value
  const isOther = (time: FreeTime) => !own || !isTimeOf(own, time)
  const first = all.value.times.find(isOther) ?? null
  const days = own ? await daysWithout(ctx, search, all.value.days, own) : all.value.days
  const begin = after === null ? 0 : cellOf(after)
  const found = await (first === null || begin <= first.from
    ? all
    : findTimes(ctx, { ...search, ...onward(search, after!) }))
  if (!found.ok) return found
  const onwards = found.value.times.filter((time) => time.from >= begin && isOther(time))
  const shown = wholeTimes(onwards)
  const next = onwards[shown.length]
  const city = await cityCalendar(ctx)
  return ok({
    minutes,
    first,
    hasEarlier: first !== null && isOfferedBefore(ctx, city, search, first.from),
    isShut: first === null && search.weekdays.length > 0 && isNeverWorked(ctx, city, search),
    days,
    times: shown,
    next: next ? instantOf(next.from) : null,
    ...offered(ctx, city, search),
  })
}

function offered(ctx: Ctx, city: CityCalendar, search: Search): Pick<ShownTimes, 'doneBy' | 'releasedUntil'> {
  const now = ctx.clock.now()
  const last = Math.max(
    0,
    ...teamsOf(city, search).map(({ calendar }) => {
      const to = calendar.releasedTo(now)
      return to > calendar.first ? to : 0
    }),
  )
  return {
    doneBy: officesDoing(city, search.services),
    releasedUntil: last === 0 ? null : cityDate(instantOf(last - 1)),
  }
}

export const isTimeOf = ({ office, startsAt }: OwnTime, time: FreeTime): boolean =>
  time.office === office && time.from === cellOf(startsAt)

/** The row of days counts what is shown below it. */
async function daysWithout(ctx: Ctx, search: Search, days: readonly FreeDay[], own: OwnTime): Promise<FreeDay[]> {
  const day = cityDate(own.startsAt).toString()
  if (!days.some((one) => one.day === day)) return [...days]
  const ofDay = await findTimes(ctx, { ...search, from: day, to: day, limit: MOST_A_DAY })
  const isOffered = ofDay.ok && ofDay.value.times.some((time) => isTimeOf(own, time))
  return days
    .map((one) => (isOffered && one.day === day ? { ...one, times: one.times - 1 } : one))
    .filter(({ times }) => times > 0)
}

function onward(search: Search, after: Temporal.Instant): Pick<Search, 'from' | 'limit'> {
  const day = cityDate(after).toString()
  return { from: search.from !== null && search.from > day ? search.from : day, limit: MOST_A_DAY }
}

/** Never half of the offices that are free at one time: the next page begins with a time. */
function wholeTimes(times: readonly FreeTime[]): readonly FreeTime[] {
  const over = times[SHOWN]
  if (!over) return times
  const end = times.findIndex(({ from }) => from === over.from)
  return times.slice(0, end > 0 ? end : times.findLastIndex(({ from }) => from === over.from) + 1)
}
