/**
 * How many will come, from those who came: for each hour the median of the same weekday of the last eight weeks, with the
 * range in which four of five of them lay. Days on which nobody could come (holidays, closed) are left out on both sides.
 * It knows no trend and no season, which the errors of past weeks show.
 */
export const WEEKS = 8
/** Fewer tell nothing. */
export const FEWEST = 3
/** How much of an hour somebody at a counter is with people; the rest is preparation and breath. Demo value. */
export const UTILISATION = 0.85

/** One hour of one day in one office or several. */
export interface HourCount {
  readonly day: Temporal.PlainDate
  /** From 0. */
  readonly hour: number
  readonly visits: number
  readonly people: number
  /** At counters, all visits together. */
  readonly handledMinutes: number
}

export interface Expected {
  readonly day: Temporal.PlainDate
  readonly hour: number
  readonly people: number
  readonly low: number
  readonly high: number
  readonly visits: number
  readonly counters: number
}

/** For these days; an hour of which too little is known is left out. `isShut`: nobody can come then. */
export function forecast(
  history: readonly HourCount[],
  days: readonly Temporal.PlainDate[],
  isShut: (day: Temporal.PlainDate) => boolean,
): Expected[] {
  const byDay = Map.groupBy(history, ({ day }) => day.toString())
  return days.filter((day) => !isShut(day)).flatMap((day) => forecastOf(byDay, day, isShut))
}

function forecastOf(
  byDay: ReadonlyMap<string, readonly HourCount[]>,
  day: Temporal.PlainDate,
  isShut: (day: Temporal.PlainDate) => boolean,
): Expected[] {
  const past = Array.from({ length: WEEKS }, (_, week) => day.subtract({ weeks: week + 1 }))
    .filter((one) => !isShut(one))
    .map((one) => byDay.get(one.toString()) ?? [])
    .filter((hours) => hours.length > 0)
  if (past.length < FEWEST) return []
  const hours = [...new Set(past.flat().map(({ hour }) => hour))].toSorted((a, b) => a - b)
  return hours.flatMap((hour) => {
    // An hour without a visit on a day that was open is an hour with none.
    const counts = past.map((one) => one.find((count) => count.hour === hour))
    const people = counts.map((count) => count?.people ?? 0)
    const visits = counts.map((count) => count?.visits ?? 0)
    const handled = counts.reduce((sum, count) => sum + (count?.handledMinutes ?? 0), 0)
    const came = visits.reduce((sum, count) => sum + count, 0)
    const expected = { people: quantile(people, 0.5), visits: quantile(visits, 0.5) }
    if (quantile(people, 0.9) === 0) return []
    return [
      {
        day,
        hour,
        ...expected,
        low: quantile(people, 0.1),
        high: quantile(people, 0.9),
        counters: countersFor(expected.visits, came === 0 ? 0 : handled / came),
      },
    ]
  })
}

/** So many that each is busy for at most `UTILISATION` of the hour. @param minutes of one visit */
export const countersFor = (visits: number, minutes: number): number =>
  Math.max(0, Math.ceil((visits * minutes) / (60 * UTILISATION) - 1e-9))

/** Between the two nearest values, as `percentile_cont` of SQL does. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const low = sorted[Math.floor(at)] ?? 0
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at))
}

export interface Backtest {
  /** Monday. */
  readonly week: Temporal.PlainDate
  readonly came: number
  readonly expected: number
  /** Sum of the differences of each hour, in per cent of those who came. */
  readonly error: number
  /** The same for "as in the week before". */
  readonly naiveError: number
}

/** What the forecast would have said of past weeks, from what was known before them, against what came. */
export function backtest(
  history: readonly HourCount[],
  weeks: readonly Temporal.PlainDate[],
  isShut: (day: Temporal.PlainDate) => boolean,
): Backtest[] {
  const at = (day: Temporal.PlainDate, hour: number) => `${day.toString()} ${hour}`
  const came = new Map(history.map((count) => [at(count.day, count.hour), count.people]))
  return weeks.flatMap((week) => {
    const days = Array.from({ length: 7 }, (_, i) => week.add({ days: i })).filter((day) => !isShut(day))
    const before = history.filter(({ day }) => Temporal.PlainDate.compare(day, week) < 0)
    const expected = new Map(forecast(before, days, isShut).map((one) => [at(one.day, one.hour), one.people]))
    const hours = days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => ({ day, hour })))
    const sum = (of: (day: Temporal.PlainDate, hour: number) => number) =>
      hours.reduce((total, { day, hour }) => total + of(day, hour), 0)
    const real = (day: Temporal.PlainDate, hour: number) => came.get(at(day, hour)) ?? 0
    const total = sum(real)
    if (total === 0 || expected.size === 0) return []
    const said = (day: Temporal.PlainDate, hour: number) => expected.get(at(day, hour)) ?? 0
    const errorOf = (guess: (day: Temporal.PlainDate, hour: number) => number) =>
      (100 * sum((day, hour) => Math.abs(guess(day, hour) - real(day, hour)))) / total
    return [
      {
        week,
        came: total,
        expected: sum(said),
        error: errorOf(said),
        naiveError: errorOf((day, hour) => real(day.subtract({ weeks: 1 }), hour)),
      },
    ]
  })
}

/** The Monday after that day. */
export const nextMonday = (day: Temporal.PlainDate): Temporal.PlainDate => day.add({ days: 8 - day.dayOfWeek })
