/** Weeks back in which appointments are counted. */
export const COUNTED_WEEKS = 8
/** Fewer appointments say nothing. */
export const LEAST_BOOKED = 30

/** "Where ten of a hundred do not come, two seats more." */
export interface Widening {
  readonly team: string
  readonly fromPercent: number
  readonly seats: number
  readonly isOpen: boolean
}

export interface Attendance {
  readonly booked: number
  readonly missed: number
}

/**
 * Of a hundred who booked, how many did not come, with one decimal; null where there are too few to say. Rounded down: what
 * reaches the whole number of a rule in figures reaches it in truth.
 */
export const missedPercent = ({ booked, missed }: Attendance): number | null =>
  booked < LEAST_BOOKED ? null : Math.floor((1000 * missed) / booked) / 10

/** Whether the rule opens its seats now. */
export const isWidened = ({ fromPercent }: Pick<Widening, 'fromPercent'>, { booked, missed }: Attendance): boolean =>
  booked >= LEAST_BOOKED && 100 * missed >= fromPercent * booked
