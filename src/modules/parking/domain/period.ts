/** From the first day of validity to the day after the last. */
export interface Period {
  readonly from: Temporal.PlainDate
  readonly until: Temporal.PlainDate
}

/** A permit's longest time in months; demo value. */
export const MOST_MONTHS = 24

/** `months` whole months from a day on. Where the last month has no such day, its last day counts whole (BGB § 188 (3)). */
export function periodOf(from: Temporal.PlainDate, months: number): Period {
  if (!Number.isInteger(months) || months < 1 || months > MOST_MONTHS)
    throw new RangeError(`${months} is no number of months`)
  const until = from.add({ months })
  return { from, until: until.day < from.day ? until.add({ days: 1 }) : until }
}

export const monthsOf = ({ from, until }: Period): number =>
  Math.max(0, from.until(until, { largestUnit: 'months' }).months)

/** Whole months that would be left from a day on; all of them where the permit has not begun. */
export function remainingMonths(period: Period, on: Temporal.PlainDate): number {
  const start = Temporal.PlainDate.compare(on, period.from) < 0 ? period.from : on
  return Temporal.PlainDate.compare(start, period.until) >= 0 ? 0 : monthsOf({ from: start, until: period.until })
}

/** What comes back of a fee when a permit is returned: its share for the whole months that are left, in cents, rounded down. */
export function refundCents(feeCents: number, period: Period, on: Temporal.PlainDate): number {
  const months = monthsOf(period)
  return months === 0 ? 0 : Math.floor((feeCents * remainingMonths(period, on)) / months)
}
