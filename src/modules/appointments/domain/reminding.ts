import { CITY_TIME_ZONE } from '#platform/time/clock.ts'

/** Appointments until then are reminded of now. The day before, at the same time of the day: in daylight, as the appointment is. */
export const remindedUntil = (now: Temporal.Instant): Temporal.Instant =>
  now.toZonedDateTimeISO(CITY_TIME_ZONE).add({ days: 1 }).toInstant()

/** Whoever books or moves an appointment nearer than that has just read when it is, and is not reminded. */
export const REMINDED_FROM = { hours: 30 } as const

/** Whether somebody who books or moves now is reminded of an appointment that begins then. */
export const isReminded = (startsAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now.add(REMINDED_FROM), startsAt) < 0
