import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { cellOf } from './cells.ts'

/** For whom seats are kept: people who book, the service centre (115) on the telephone, people who just come. */
export const AUDIENCES = ['public', 'centre', 'walk-in'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Local times, the second not after the first means: on the next day. */
export interface Span {
  readonly from: Temporal.PlainTime
  readonly to: Temporal.PlainTime
}

export type Days =
  /** ISO weekdays (1 Monday); every n weeks, counted from the week of the rule's first day. */
  | { readonly kind: 'weekly'; readonly weekdays: readonly number[]; readonly everyWeeks: number }
  /** The nth of that weekday in a month; -1 is the last. */
  | { readonly kind: 'monthly'; readonly weekday: number; readonly nth: number }

/** Opening hours of one team as a rule, in the words in which an office plans them. */
export interface OpeningRule {
  readonly id: string
  readonly team: string
  readonly firstDay: Temporal.PlainDate
  /** With that day; null: until further notice. */
  readonly lastDay: Temporal.PlainDate | null
  readonly days: Days
  readonly hours: readonly Span[]
  readonly breaks: readonly Span[]
  readonly seats: Readonly<Record<Audience, number>>
  /** Appointments begin every so many minutes after the beginning of the hours. */
  readonly stepMinutes: number
  readonly onHolidays: boolean
  /** A day can be booked from so many weeks before, from that time of the day on. */
  readonly release: { readonly weeksAhead: number; readonly at: Temporal.PlainTime }
  /** Where the rule has several versions, each for days of its own: those of this one. */
  readonly inForce?: InForce
}

/** With both days; null: without end on that side. */
export interface InForce {
  readonly from: Temporal.PlainDate | null
  readonly until: Temporal.PlainDate | null
}

/** Days on which an office is shut, or every one of them (`office` null). */
export interface Closure {
  readonly office: string | null
  readonly firstDay: Temporal.PlainDate
  readonly lastDay: Temporal.PlainDate
}

/** One span of time in which a team works without a break, as cells. */
export interface Opening {
  readonly rule: OpeningRule
  readonly from: number
  readonly to: number
  /** Beginning of the hours, from which steps are counted. */
  readonly anchor: number
  readonly releasedAt: Temporal.Instant
}

export interface Surroundings {
  readonly isHoliday: (day: Temporal.PlainDate) => boolean
  readonly isClosed: (day: Temporal.PlainDate) => boolean
}

/** The first day on which this version of the rule holds; weeks are counted from that of the rule. */
export const firstDayOf = ({ firstDay, inForce }: OpeningRule): Temporal.PlainDate =>
  inForce?.from && Temporal.PlainDate.compare(inForce.from, firstDay) > 0 ? inForce.from : firstDay

/** And the last one; null: until further notice. */
export function lastDayOf({ lastDay, inForce }: OpeningRule): Temporal.PlainDate | null {
  const until = inForce?.until ?? null
  if (lastDay === null || until === null) return lastDay ?? until
  return Temporal.PlainDate.compare(until, lastDay) < 0 ? until : lastDay
}

/** Whether the rule holds on that day, closures and holidays aside. */
export function holdsOn(rule: OpeningRule, day: Temporal.PlainDate): boolean {
  const [first, last] = [firstDayOf(rule), lastDayOf(rule)]
  if (Temporal.PlainDate.compare(day, first) < 0) return false
  if (last && Temporal.PlainDate.compare(day, last) > 0) return false
  const { days } = rule
  if (days.kind === 'weekly') {
    if (!days.weekdays.includes(day.dayOfWeek)) return false
    const weeks = mondayOf(rule.firstDay).until(mondayOf(day), { largestUnit: 'weeks' }).weeks
    return weeks % days.everyWeeks === 0
  }
  if (day.dayOfWeek !== days.weekday) return false
  if (days.nth === -1) return day.day + 7 > day.daysInMonth
  return Math.ceil(day.day / 7) === days.nth
}

export const mondayOf = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 })

/** What the rule opens on that day; hours of an evening may reach into the next. */
export function openingsOn(rule: OpeningRule, day: Temporal.PlainDate, around: Surroundings): Opening[] {
  if (!holdsOn(rule, day) || around.isClosed(day)) return []
  if (!rule.onHolidays && around.isHoliday(day)) return []
  const releasedAt = at(day.subtract({ weeks: rule.release.weeksAhead }), rule.release.at)
  // Those of the next day are for hours that reach into it, those of the day before may reach into this one.
  const breaks = [-1, 0, 1].flatMap((days) => rule.breaks.map((span) => cellsOf(day.add({ days }), span)))
  return rule.hours.flatMap((span) => {
    const [anchor, end] = cellsOf(day, span)
    return without([anchor, end], breaks).map(([from, to]) => ({ rule, from, to, anchor, releasedAt }))
  })
}

/** A time of the hour that does not exist is the moment at which the clock is put on; of one that comes twice the first counts. */
function at(day: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.Instant {
  const local = day.toPlainDateTime(time).toZonedDateTime(CITY_TIME_ZONE, { disambiguation: 'earlier' })
  const exists = local.toPlainTime().equals(time)
  // `earlier` is before the change, even if the time is that at which the hour begins that does not exist.
  return (exists ? local : local.getTimeZoneTransition('next')!).toInstant()
}

type CellSpan = readonly [from: number, to: number]

function cellsOf(day: Temporal.PlainDate, { from, to }: Span): CellSpan {
  const overMidnight = Temporal.PlainTime.compare(to, from) <= 0
  return [cellOf(at(day, from)), cellOf(at(overMidnight ? day.add({ days: 1 }) : day, to))]
}

function without(span: CellSpan, breaks: readonly CellSpan[]): CellSpan[] {
  let left: CellSpan[] = [span]
  for (const [from, to] of breaks)
    left = left.flatMap(([start, end]): CellSpan[] => [
      [start, Math.min(end, from)],
      [Math.max(start, to), end],
    ])
  return left.filter(([start, end]) => start < end)
}
