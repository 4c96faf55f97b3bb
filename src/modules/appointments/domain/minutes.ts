import type { Span } from './rule.ts'

/** A span of a day, in minutes since its beginning; of an evening it goes on past the last one. */
export interface Minutes {
  readonly from: number
  readonly to: number
}

export const MINUTES_A_DAY = 24 * 60
export const minuteOf = ({ hour, minute }: Temporal.PlainTime): number => hour * 60 + minute

export function minutesOf({ from, to }: Span): Minutes {
  const [start, end] = [minuteOf(from), minuteOf(to)]
  return { from: start, to: end <= start ? end + MINUTES_A_DAY : end }
}
