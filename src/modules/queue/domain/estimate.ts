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

/**
 * Minutes until somebody is called when those before them go, one after the other, to the counter that is free first.
 * Never less for more people before them; never negative.
 * @param before minutes of each of those who are called first
 * @param counters minutes until each open counter is free
 * @returns null where no counter is open
 */
export function minutesToWait(before: readonly number[], counters: readonly number[]): number | null {
  if (counters.length === 0) return null
  const freeIn = counters.map((minutes) => Math.max(0, minutes))
  for (const minutes of before) {
    const first = freeIn.indexOf(Math.min(...freeIn))
    freeIn[first]! += Math.max(0, minutes)
  }
  return Math.min(...freeIn)
}

/** As people are told: whole minutes, from ten on in steps of five. */
export const roughly = (minutes: number): number => (minutes < 10 ? Math.ceil(minutes) : Math.ceil(minutes / 5) * 5)
