import { holidayOn } from '#platform/time/holidays.ts'

/** Whether a day is a public holiday of the place; Baden-Württemberg where none is named (Feiertagsgesetz BW § 1). */
export type IsHoliday = (day: Temporal.PlainDate) => boolean

const inBadenWuerttemberg: IsHoliday = (day) => holidayOn(day) !== null

/** A period as a workflow names it; exactly one of them. */
export interface Period {
  readonly days?: number
  readonly workingDays?: number
  readonly weeks?: number
  readonly months?: number
}

/** A working day is Monday to Friday and no public holiday (BGB § 193: Saturday counts as a day of rest). */
export function isWorkingDay(day: Temporal.PlainDate, isHoliday: IsHoliday = inBadenWuerttemberg): boolean {
  return day.dayOfWeek <= 5 && !isHoliday(day)
}

/** The day itself if it is a working day, otherwise the next one (BGB § 193). */
export function nextWorkingDay(
  day: Temporal.PlainDate,
  isHoliday: IsHoliday = inBadenWuerttemberg,
): Temporal.PlainDate {
  let next = day
  while (!isWorkingDay(next, isHoliday)) next = next.add({ days: 1 })
  return next
}

/**
 * Last day of a period that an event on `event` sets going, through whose end it runs.
 * - The day of the event does not count (BGB § 187 (1)).
 * - Weeks and months end on the day that has the same name or number as the day of the event; where the month has no
 *   such day, on its last (BGB § 188 (2) and (3)).
 * - If the last day is a Saturday, a Sunday or a public holiday, the next working day takes its place (BGB § 193).
 * - Working days count only working days.
 */
export function lastDayOf(
  period: Period,
  event: Temporal.PlainDate,
  isHoliday: IsHoliday = inBadenWuerttemberg,
): Temporal.PlainDate {
  if (period.workingDays !== undefined) {
    let day = event
    for (let left = period.workingDays; left > 0; left--) day = nextWorkingDay(day.add({ days: 1 }), isHoliday)
    return period.workingDays === 0 ? nextWorkingDay(event, isHoliday) : day
  }
  const { days = 0, weeks = 0, months = 0 } = period
  return nextWorkingDay(event.add({ days, weeks, months }, { overflow: 'constrain' }), isHoliday)
}

/**
 * The instant at which a day is over in the city (BGB § 188 (1): a period ends when its last day has expired).
 * A day of the clock change has 23 or 25 hours.
 */
export function endOfDay(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
}

/** Working days from today until the last day, today not counted; negative where it has passed. */
export function workingDaysLeft(
  today: Temporal.PlainDate,
  lastDay: Temporal.PlainDate,
  isHoliday: IsHoliday = inBadenWuerttemberg,
): number {
  const sign = Temporal.PlainDate.compare(lastDay, today)
  let [day, end] = sign < 0 ? [lastDay, today] : [today, lastDay]
  // Beyond three years the figure means nothing to anybody; calendar days spare the walk.
  if (day.until(end).days > 1100) return sign * day.until(end).days
  let count = 0
  while (Temporal.PlainDate.compare(day, end) < 0) {
    day = day.add({ days: 1 })
    if (isWorkingDay(day, isHoliday)) count += 1
  }
  return sign * count
}
