import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { Hours } from './hours.ts'

/** A place where the city sees people. */
export interface Office {
  readonly slug: string
  /** Units that see people here, the one that keeps the house first. */
  readonly units: readonly string[]
  readonly name: LocalizedText
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
  /** Longitude and latitude, WGS84; null where nobody measured it. */
  readonly point: readonly [number, number] | null
  readonly telephone: string
  readonly email: string
  readonly hours: readonly Hours[]
  /** How to get there and in, without steps where possible. */
  readonly access: LocalizedText
}

export const officePath = (slug: string): string => `/dienststellen/${slug}`

/** Offices where a unit sees people. */
export const officesOf = (offices: readonly Office[], unit: string): Office[] =>
  offices.filter((office) => office.units.includes(unit))
