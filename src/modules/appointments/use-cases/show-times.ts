import type { Ctx } from '#platform/context.ts'
import { ok, type Result } from '#platform/problem.ts'
import { cityDate } from '#platform/time/clock.ts'
import { cellOf, instantOf } from '../domain/cells.ts'
import type { FreeDay, FreeTime } from '../domain/search.ts'
import { findTimes, type Search } from './find.ts'

/** Free times as a page shows them: the first of all, on how many days there are others, and some to choose from. */
export interface ShownTimes {
  readonly minutes: number
  readonly first: FreeTime | null
  readonly days: readonly FreeDay[]
  readonly times: readonly FreeTime[]
  /** Where the next page begins; null where this one holds the last. */
  readonly next: Temporal.Instant | null
}

/** Whose seats are shown: those of all people where nothing is said. */
export type Seats = Pick<Search, 'audience' | 'also'>

/** Times of a page; so many are read quickly, also aloud. */
const SHOWN = 48
/** More than offices of a large city have free at one moment. */
const MOST_AT_ONCE = 500
/** Beginnings of one day in all offices of a large city. */
const MOST_A_DAY = 5_000

/** @param after the page begins with that time; null: with the first one */
export async function timesToShow(
  ctx: Ctx,
  wish: Omit<Search, 'audience' | 'also' | 'to' | 'limit'> & Partial<Seats>,
  after: Temporal.Instant | null,
): Promise<Result<ShownTimes>> {
  const search: Search = { audience: 'public', ...wish, to: null, limit: MOST_AT_ONCE }
  const all = await findTimes(ctx, search)
  if (!all.ok) return all
  const { minutes, days, times } = all.value
  const first = times[0] ?? null
  const begin = after === null ? 0 : cellOf(after)
  const found = await (first === null || begin <= first.from
    ? all
    : findTimes(ctx, { ...search, ...onward(search, after!) }))
  if (!found.ok) return found
  const onwards = found.value.times.filter(({ from }) => from >= begin)
  const shown = wholeTimes(onwards)
  const next = onwards[shown.length]
  return ok({ minutes, first, days, times: shown, next: next ? instantOf(next.from) : null })
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
