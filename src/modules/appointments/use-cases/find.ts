import { LRUCache } from 'lru-cache'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { cityCalendar, type CityCalendar } from '../calendars.ts'
import { LEAD_MINUTES } from '../domain/booking.ts'
import { CELL_MINUTES, CELL_MS, count } from '../domain/cells.ts'
import type { Audience } from '../domain/rule.ts'
import { freeTimes, type FreeTimes } from '../domain/search.ts'
import { apart, cellsOfWish, teamsFor, type Wish, type WishProblem } from '../domain/work.ts'
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

/** Free times for a wish, in all offices at once: the same object as long as the answer stays the same. */
export async function findTimes(ctx: Ctx, search: Search): Promise<Result<Found>> {
  const city = await cityCalendar(ctx)
  const asked = askedOf(city, search)
  if ('problem' in asked) return wishRefused(ctx, asked.problem)
  const now = ctx.clock.now()
  const notBefore = soonest(now)
  const stamp = stampOf(asked.teams, now, notBefore)
  if (asked.last?.stamp !== stamp) {
    const { cells, teams, days } = asked
    const { services, limit } = search
    const free = freeTimes(teams, { now, cells, services, audiences: audiencesOf(search), days, notBefore, limit })
    asked.last = { stamp, found: { ...free, minutes: cells * CELL_MINUTES } }
  }
  return ok(asked.last.found)
}

/** What a search comes to in a city, and its last answer: many people ask the same, and little changes in between. */
interface Asked {
  readonly cells: number
  readonly teams: CityCalendar['teams']
  readonly days: CityCalendar['days']
  last?: { readonly stamp: string; readonly found: Found }
}

const searches = new WeakMap<CityCalendar, LRUCache<string, Asked>>()
const SEARCHES = 500

function askedOf(city: CityCalendar, search: Search): Asked | { readonly problem: WishProblem } {
  let known = searches.get(city)
  if (!known) searches.set(city, (known = new LRUCache({ max: SEARCHES })))
  const key = JSON.stringify(search)
  const asked = known.get(key)
  if (asked) return asked
  const length = cellsOfWish(search, city.services)
  if ('problem' in length) return length
  if (partsOf(city, search.services)) return { problem: 'not-together' }
  const fresh: Asked = { cells: length.cells, teams: teamsOf(city, search), days: daysOf(city, search) }
  known.set(key, fresh)
  return fresh
}

/** What no team of the city does in one appointment, as appointments that some team does; null: it goes together. */
export const partsOf = (city: CityCalendar, services: readonly string[]): string[][] | null =>
  apart(
    city.teams.map(({ team }) => team),
    services,
  )

/** The same as long as nothing changes for these teams: versions only grow, so that their sum does. */
const stampOf = (teams: CityCalendar['teams'], now: Temporal.Instant, notBefore: number) =>
  `${notBefore} ${teams.reduce((sum, { calendar }) => sum + calendar.version(now), 0)}`

const FIELD_OF: Partial<Record<WishProblem, string>> = { 'too-many-people': 'people', 'no-such-variant': 'variant' }

export function wishRefused(ctx: Ctx, problem: WishProblem): Result<never> {
  const detail = texts(ctx).wish[problem]
  return fail('invalid-input', { detail, fields: { [FIELD_OF[problem] ?? 'service']: detail } })
}

/** The first cell that can still be booked. */
export const soonest = (now: Temporal.Instant): number =>
  Math.floor((now.epochMilliseconds + LEAD_MINUTES * 60_000) / CELL_MS) + 1

/** Teams that can do the work, where it is wanted. */
export function teamsOf(city: CityCalendar, { services, offices }: Pick<Search, 'services' | 'offices'>) {
  return city.teams.filter(
    ({ team }) => (offices.length === 0 || offices.includes(team.office)) && teamsFor([team], { services }).length > 0,
  )
}

/** Offices with a team that does all of it. */
export const officesDoing = (city: CityCalendar, services: readonly string[]): string[] => [
  ...new Set(teamsOf(city, { services, offices: [] }).map(({ team }) => team.office)),
]

/** Whether an appointment could begin before that cell, were it not taken: the offices work then, and it is released. */
export function isOfferedBefore(ctx: Pick<Ctx, 'clock'>, city: CityCalendar, search: Search, before: number): boolean {
  const length = cellsOfWish(search, city.services)
  if ('problem' in length) return false
  const now = ctx.clock.now()
  const notBefore = soonest(now)
  const { audience, services } = search
  const teams = teamsOf(city, search)
  for (const { from, to } of daysOf(city, search))
    for (let cell = Math.max(from, notBefore); cell < Math.min(to, before); cell += 1)
      if (teams.some(({ calendar }) => calendar.offers(now, { from: cell, cells: length.cells, audience, services })))
        return true
  return false
}

/** Whether nobody works on any of the days in question, where they are looked for: nothing will ever be free on them. */
export function isNeverWorked(ctx: Pick<Ctx, 'clock'>, city: CityCalendar, search: Search): boolean {
  const length = cellsOfWish(search, city.services)
  if ('problem' in length) return false
  const notBefore = soonest(ctx.clock.now())
  const days = daysOf(city, search)
  return !teamsOf(city, search).some(({ calendar }) =>
    audiencesOf(search).some((audience) => {
      const words = calendar.works(length.cells, audience)
      return days.some(
        ({ from, to }) => count(words, Math.max(from, notBefore) - calendar.first, to - calendar.first) > 0,
      )
    }),
  )
}

const audiencesOf = ({ audience, also }: Search): Audience[] => [audience, ...(also ? [also] : [])]

function daysOf(city: CityCalendar, { from, to, weekdays: wanted }: Pick<Search, 'from' | 'to' | 'weekdays'>) {
  if (from === null && to === null && wanted.length === 0) return city.days
  return city.days.filter(
    (one) =>
      (from === null || one.day >= from) &&
      (to === null || one.day <= to) &&
      (wanted.length === 0 || wanted.includes(Temporal.PlainDate.from(one.day).dayOfWeek)),
  )
}
