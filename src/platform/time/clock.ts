/** The time zone in which people of the city read times. */
export const CITY_TIME_ZONE = 'Europe/Berlin'

/** `2026-11-26T08:05:00Z`: whole seconds, the one format in which programs are told when. */
export const isoSeconds = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' })

/** null for what is no instant, also where a schema lets it through, such as one with ten digits behind the second. */
export function readInstant(text: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return null
  }
}

/** The only source of "now"; handed in through the context, so that tests can set it. */
export interface Clock {
  now(): Temporal.Instant
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** A clock that stands still until it is moved; for tests and for seeds. */
export function fixedClock(start: string): Clock & { set(at: string): void; advance(by: Temporal.DurationLike): void } {
  let at = Temporal.Instant.from(start)
  return {
    now: () => at,
    set: (next) => {
      at = Temporal.Instant.from(next)
    },
    advance: (by) => {
      at = at.toZonedDateTimeISO(CITY_TIME_ZONE).add(by).toInstant()
    },
  }
}

/** Today's date as people in the city see it (Europe/Berlin). */
export function today(clock: Clock): Temporal.PlainDate {
  return cityDate(clock.now())
}

/** The day on which it happened, as people in the city count it (Europe/Berlin). */
export function cityDate(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDate()
}
