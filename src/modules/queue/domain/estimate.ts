/** How long the matters of an office take at a counter, in minutes. */
export interface Handling {
  /** Measured in past weeks, by slug of the service. */
  readonly measured: ReadonlyMap<string, number>
  /** As planned, of a service for so many people. */
  readonly planned: (service: string, people: number) => number
}

/** Where nobody knows anything about a matter; demo value. */
export const UNKNOWN_MINUTES = 15

export const minutesOf = (
  { services, people }: { readonly services: readonly string[]; readonly people: number },
  { measured, planned }: Handling,
): number =>
  Math.max(
    1,
    services.reduce((sum, service) => sum + (measured.get(service) ?? planned(service, people)), 0) || UNKNOWN_MINUTES,
  )

/** Somebody who has been at a counter for so many times the usual is stuck there: about three times what 9 of 10 need. */
const STUCK_TIMES = 6

/**
 * Minutes that somebody is still at a counter. Who has been there for long is likely to stay for long: the times of a counter
 * are spread about as a log-normal distribution is (sigma 0.6), of which what is left, given what has passed, never comes
 * near 0 and grows in the end.
 * @param usual minutes that it usually takes
 * @param elapsed minutes that it has taken so far
 */
export const minutesLeft = (usual: number, elapsed: number): number => {
  const passed = Math.max(0, elapsed)
  return Math.max(0, usual - passed, passed / 2)
}

/** A counter that is open. */
export interface Serving {
  /** Minutes that it usually takes with who is there; null: nobody is. */
  readonly usual: number | null
  /** Minutes that they have been there, or that nobody was called although the counter is free and somebody waits. */
  readonly elapsed: number
}

/**
 * Minutes until each counter is free. One that is stuck serves nobody; where all are, that one counts which is likely to be
 * free first.
 */
export function minutesUntilFree(counters: readonly Serving[]): number[] {
  const left = ({ usual, elapsed }: Serving) => minutesLeft(usual ?? 0, elapsed)
  const serving = counters.filter(({ usual, elapsed }) => usual === null || elapsed < STUCK_TIMES * usual)
  if (serving.length > 0) return serving.map(left)
  return counters.length === 0 ? [] : [Math.min(...counters.map(left))]
}

/** What was seen of late, while somebody waited all the time. */
export interface Pace {
  readonly minutes: number
  /** How many were called meanwhile. */
  readonly calls: number
}

/**
 * Minutes until somebody is called when those before them go, one after the other, to the counter that is free first; no
 * faster than people were called of late. Never less for more people before them, never negative, and never nothing while
 * anybody is before them.
 * @param before minutes of each of those who are called first
 * @param counters minutes until each open counter is free
 * @returns null where no counter is open
 */
export function minutesToWait(
  before: readonly number[],
  counters: readonly number[],
  pace: Pace = { minutes: 0, calls: 0 },
): number | null {
  if (counters.length === 0) return null
  const freeIn = counters.map((minutes) => Math.max(0, minutes))
  for (const minutes of before) {
    const first = freeIn.indexOf(Math.min(...freeIn))
    freeIn[first]! += Math.max(0, minutes)
  }
  // Each counter is about to call somebody whom the pace does not have yet.
  const asSeen = (before.length * pace.minutes) / (pace.calls + counters.length)
  return Math.max(Math.min(...freeIn), asSeen, before.length === 0 ? 0 : 1)
}

/** Then it is time to come back from the café: the next two, and who is called within minutes; demo values. */
const SOON = { position: 2, positionMinutes: 20, minutes: 10 }

/** Whether it is soon somebody's turn. Not while nobody knows when; the next one may be called at any moment. */
export const isSoon = ({
  position,
  minutes,
}: {
  readonly position: number
  readonly minutes: number | null
}): boolean =>
  minutes !== null &&
  (position === 1 || minutes <= SOON.minutes || (position <= SOON.position && minutes <= SOON.positionMinutes))

/** As people are told: whole minutes, from ten on in steps of five. */
export const roughly = (minutes: number): number => (minutes < 10 ? Math.ceil(minutes) : Math.ceil(minutes / 5) * 5)
