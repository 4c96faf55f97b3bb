/** Weeks back in which appointments are counted. */
export const COUNTED_WEEKS = 8
/** Fewer appointments say nothing. */
export const LEAST_BOOKED = 30

/** "Where ten of a hundred do not come, two seats more." */
export interface Widening {
  readonly team: string
  readonly fromPercent: number
  readonly seats: number
  readonly missedPercent: number | null
  readonly isOpen: boolean
}

export interface Attendance {
  readonly booked: number
  readonly missed: number
}

/** Of a hundred who booked, how many did not come, rounded; null where there are too few to say. */
export const missedPercent = ({ booked, missed }: Attendance): number | null =>
  booked < LEAST_BOOKED ? null : Math.round((100 * missed) / booked)

/** Whether the rule opens its seats now. */
export const isWidened = ({ fromPercent }: Pick<Widening, 'fromPercent'>, percent: number | null): boolean =>
  percent !== null && percent >= fromPercent
