/** The day before, at the same time of the day: in daylight, as the appointment is. */
export const REMINDED_AHEAD = { hours: 24 } as const
/** Whoever books or moves an appointment nearer than that has just read when it is, and is not reminded. */
export const REMINDED_FROM = { hours: 30 } as const

/** Whether somebody who books or moves now is reminded of an appointment that begins then. */
export const isReminded = (startsAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now.add(REMINDED_FROM), startsAt) < 0
