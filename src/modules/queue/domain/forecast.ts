/**
 * How many will come, from those who came and what is booked. Without an appointment: for each hour the median of the same
 * weekday of the last eight weeks, with the range in which four of five of them lay. With one: as many as are booked, or as
 * came else, if those are more, since people book until the day before. Days on which an office is closed count on neither
 * side. It knows no trend and no season, which the errors of past weeks show.
 */
export const WEEKS = 8
/** Fewer tell nothing. */
export const FEWEST = 3
/** How much of an hour somebody at a counter is with people; the rest is preparation and breath. Demo value. */
export const UTILISATION = 0.85

/** One hour of one day in one office. */
export interface HourCount {
  readonly office: string
  readonly day: Temporal.PlainDate
  /** From 0. */
  readonly hour: number
  readonly walkInVisits: number
  readonly walkInPeople: number
  /** With an appointment. */
  readonly bookedVisits: number
  readonly bookedPeople: number
  /** At counters, all visits together. */
  readonly handledMinutes: number
}

/** Appointments of one hour; minutes are those that lie in it. */
export interface Booked {
  readonly day: Temporal.PlainDate
  readonly hour: number
  readonly visits: number
  readonly people: number
  readonly minutes: number
}

export interface Expected {
  readonly day: Temporal.PlainDate
  readonly hour: number
  /** People without an appointment, and their range. */
  readonly walkIns: number
  readonly low: number
  readonly high: number
  /** People whose appointment is booked already, and those who came with one in other weeks. */
  readonly booked: number
  readonly usuallyBooked: number
  /** All together. */
  readonly people: number
  readonly counters: number
}

/** Of one office. */
export interface OfficePast {
  readonly history: readonly HourCount[]
  readonly isShut: (day: Temporal.PlainDate) => boolean
}

/** For these days; an hour of which too little is known and in which nothing is booked is left out. */
export function forecast(
  { history, isShut }: OfficePast,
  days: readonly Temporal.PlainDate[],
  booked: readonly Booked[] = [],
): Expected[] {
  const byDay = Map.groupBy(history, ({ day }) => day.toString())
  const bookedByDay = Map.groupBy(booked, ({ day }) => day.toString())
  return days.flatMap((day) => {
    const own = bookedByDay.get(day.toString()) ?? []
    if (isShut(day)) return own.filter(({ people }) => people > 0).map((one) => inVain(day, one))
    const past = Array.from({ length: WEEKS }, (_, week) => day.subtract({ weeks: week + 1 }))
      .filter((one) => !isShut(one))
      .map((one) => byDay.get(one.toString()) ?? [])
      .filter((hours) => hours.length > 0)
    return forecastOf(day, past.length < FEWEST ? [] : past, own)
  })
}

/** Booked for a day on which the office is closed: whoever does it must move it, and nobody sits at a counter. */
const inVain = (day: Temporal.PlainDate, { hour, people }: Booked): Expected => ({
  ...NOBODY,
  day,
  hour,
  booked: people,
})

const NOBODY = { walkIns: 0, low: 0, high: 0, booked: 0, usuallyBooked: 0, people: 0, counters: 0 }

function forecastOf(
  day: Temporal.PlainDate,
  past: readonly (readonly HourCount[])[],
  booked: readonly Booked[],
): Expected[] {
  const hours = [...new Set([...past.flat(), ...booked].map(({ hour }) => hour))].toSorted((a, b) => a - b)
  return hours.flatMap((hour) => {
    // An hour without a visit on a day that was open is an hour with none.
    const counts = past.map((one) => one.find((count) => count.hour === hour))
    const each = (key: Exclude<keyof HourCount, 'office' | 'day' | 'hour'>) => counts.map((count) => count?.[key] ?? 0)
    const middle = (key: Parameters<typeof each>[0]) => quantile(each(key), 0.5)
    const now = booked.find((one) => one.hour === hour)
    const walkIns = each('walkInPeople')
    const [walkInVisits, usualVisits, usuallyBooked] = [
      middle('walkInVisits'),
      middle('bookedVisits'),
      middle('bookedPeople'),
    ]
    const came = sum(each('walkInVisits')) + sum(each('bookedVisits'))
    const minutes = came === 0 ? 0 : sum(each('handledMinutes')) / came
    const stillToBook = Math.max(0, usualVisits - (now?.visits ?? 0))
    const expected: Expected = {
      day,
      hour,
      walkIns: quantile(walkIns, 0.5),
      low: quantile(walkIns, 0.1),
      high: quantile(walkIns, 0.9),
      booked: now?.people ?? 0,
      usuallyBooked,
      people: quantile(walkIns, 0.5) + Math.max(now?.people ?? 0, usuallyBooked),
      counters: countersFor((walkInVisits + stillToBook) * minutes + (now?.minutes ?? 0)),
    }
    return expected.high === 0 && expected.people === 0 && expected.counters === 0 ? [] : [expected]
  })
}

/**
 * Several offices as one, hour by hour. Each has its own counters, so their needs add up; ranges do not, since it is seldom
 * full everywhere at once: they are put together as those of offices that know nothing of each other.
 */
export function together(offices: readonly (readonly Expected[])[]): Expected[] {
  const hours = Map.groupBy(offices.flat(), ({ day, hour }) => `${day.toString()} ${String(hour).padStart(2, '0')}`)
  return [...hours]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, all]) => {
      const total = (key: keyof typeof NOBODY) => sum(all.map((one) => one[key]))
      const apart = (key: 'low' | 'high') => Math.hypot(...all.map((one) => one[key] - one.walkIns))
      const walkIns = total('walkIns')
      return {
        day: all[0]!.day,
        hour: all[0]!.hour,
        walkIns,
        low: Math.max(0, walkIns - apart('low')),
        high: walkIns + apart('high'),
        booked: total('booked'),
        usuallyBooked: total('usuallyBooked'),
        people: total('people'),
        counters: total('counters'),
      }
    })
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** So many that each is busy for at most `UTILISATION` of the hour. @param minutes of all visits in it */
export const countersFor = (minutes: number): number => Math.max(0, Math.ceil(minutes / (60 * UTILISATION) - 1e-9))

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

/**
 * What the forecast would have said of past weeks, from what was known before them, against what came. What was booked at
 * that time is not known any more: appointments count as they came else.
 */
export function backtest(offices: readonly OfficePast[], weeks: readonly Temporal.PlainDate[]): Backtest[] {
  const at = (day: Temporal.PlainDate, hour: number) => `${day.toString()} ${hour}`
  const came = new Map<string, number>()
  for (const { history, isShut } of offices)
    for (const one of history.filter(({ day }) => !isShut(day)))
      came.set(at(one.day, one.hour), (came.get(at(one.day, one.hour)) ?? 0) + one.walkInPeople + one.bookedPeople)
  return weeks.flatMap((week) => {
    const days = Array.from({ length: 7 }, (_, i) => week.add({ days: i }))
    const before = offices.map((office) => ({
      ...office,
      history: office.history.filter(({ day }) => Temporal.PlainDate.compare(day, week) < 0),
    }))
    const expected = new Map(
      together(before.map((office) => forecast(office, days))).map((one) => [at(one.day, one.hour), one.people]),
    )
    const hours = days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => ({ day, hour })))
    const all = (of: (day: Temporal.PlainDate, hour: number) => number) =>
      sum(hours.map(({ day, hour }) => of(day, hour)))
    const real = (day: Temporal.PlainDate, hour: number) => came.get(at(day, hour)) ?? 0
    const said = (day: Temporal.PlainDate, hour: number) => expected.get(at(day, hour)) ?? 0
    const total = all(real)
    if (total === 0 || expected.size === 0) return []
    const errorOf = (guess: (day: Temporal.PlainDate, hour: number) => number) =>
      (100 * all((day, hour) => Math.abs(guess(day, hour) - real(day, hour)))) / total
    return [
      {
        week,
        came: total,
        expected: all(said),
        error: errorOf(said),
        naiveError: errorOf((day, hour) => real(day.subtract({ weeks: 1 }), hour)),
      },
    ]
  })
}

/** The Monday after that day. */
export const nextMonday = (day: Temporal.PlainDate): Temporal.PlainDate => day.add({ days: 8 - day.dayOfWeek })
