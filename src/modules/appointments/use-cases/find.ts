import { LRUCache } from 'lru-cache'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { cityCalendar, type CityCalendar } from '../calendars.ts'
import { LEAD_MINUTES } from '../domain/booking.ts'
import { CELL_MINUTES, cellOf } from '../domain/cells.ts'
import type { Audience } from '../domain/rule.ts'
import { freeTimes, type FreeTimes } from '../domain/search.ts'
import { cellsOfWish, teamsFor, type Wish } from '../domain/work.ts'
import { texts } from '../texts/index.ts'

export interface Search extends Wish {
  /** None: anywhere. */
  readonly offices: readonly string[]
  readonly audience: Audience
  /** Whose seats will do as well. */
  readonly also?: Audience
  /** ISO dates, both included; null: from today, as far as times are released. */
  readonly from: string | null
  readonly to: string | null
  /** ISO weekdays; none: any. */
  readonly weekdays: readonly number[]
  readonly limit: number
}

export interface Found extends FreeTimes {
  readonly minutes: number
}

/** Free times for a wish, in all offices at once. */
export async function findTimes(ctx: Ctx, search: Search): Promise<Result<Found>> {
  const city = await cityCalendar(ctx)
  const length = cellsOfWish(search, city.services)
  if ('problem' in length) return wishRefused(ctx, length.problem)
  const now = ctx.clock.now()
  const teams = teamsOf(city, search)
  const question = {
    now,
    cells: length.cells,
    audiences: [search.audience, ...(search.also ? [search.also] : [])],
    days: daysOf(city, search),
    notBefore: soonest(now),
    limit: search.limit,
  }
  const free = sameAnswer(city, search, stampOf(teams, question), () => freeTimes(teams, question))
  return ok({ ...free, minutes: length.cells * CELL_MINUTES })
}

/** Many people ask the same at the same time, and little changes in between. */
const answers = new WeakMap<CityCalendar['teams'], LRUCache<string, { stamp: string; free: FreeTimes }>>()
const ANSWERS = 500

function sameAnswer(city: CityCalendar, search: Search, stamp: string, find: () => FreeTimes): FreeTimes {
  let known = answers.get(city.teams)
  if (!known) answers.set(city.teams, (known = new LRUCache({ max: ANSWERS })))
  const key = JSON.stringify(search)
  const last = known.get(key)
  if (last?.stamp === stamp) return last.free
  const free = find()
  known.set(key, { stamp, free })
  return free
}

/** The same as long as nothing changes for these teams: versions only grow, so that their sum does. */
const stampOf = (teams: CityCalendar['teams'], { now, notBefore }: { now: Temporal.Instant; notBefore: number }) =>
  `${notBefore} ${teams.reduce((sum, { calendar }) => sum + calendar.version(now), 0)}`

export function wishRefused(ctx: Ctx, problem: keyof ReturnType<typeof texts>['wish']): Result<never> {
  return fail('invalid-input', { detail: texts(ctx).wish[problem] })
}

/** The first cell that can still be booked. */
export const soonest = (now: Temporal.Instant): number => cellOf(now.add({ minutes: LEAD_MINUTES })) + 1

/** Teams that can do the work, where it is wanted. */
export function teamsOf(city: CityCalendar, { services, offices }: Pick<Search, 'services' | 'offices'>) {
  return city.teams.filter(
    ({ team }) => (offices.length === 0 || offices.includes(team.office)) && teamsFor([team], { services }).length > 0,
  )
}

const weekdays = new WeakMap<object, number>()

function daysOf(city: CityCalendar, { from, to, weekdays: wanted }: Pick<Search, 'from' | 'to' | 'weekdays'>) {
  if (from === null && to === null && wanted.length === 0) return city.days
  return city.days.filter(
    (one) =>
      (from === null || one.day >= from) &&
      (to === null || one.day <= to) &&
      (wanted.length === 0 || wanted.includes(weekdayOf(one))),
  )
}

function weekdayOf(one: CityCalendar['days'][number]): number {
  let weekday = weekdays.get(one)
  if (weekday === undefined) weekdays.set(one, (weekday = Temporal.PlainDate.from(one.day).dayOfWeek))
  return weekday
}
