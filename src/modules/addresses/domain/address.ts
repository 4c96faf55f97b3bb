/** A house of the city's address list. */
export interface Address {
  readonly id: string
  readonly street: string
  /** `12`, `12a`, `12/1`. */
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
  readonly districtId: string | null
  /** Longitude and latitude, WGS84; null where the list has none. */
  readonly point: readonly [lon: number, lat: number] | null
}

/** An address as somebody names it. */
export interface NamedAddress {
  readonly street: string
  readonly houseNumber: string
  readonly postcode?: string | null
}

/** What completes the text that somebody types. */
export interface Completion {
  /** "Lindenstraße" or "Lindenstraße 12a". */
  readonly label: string
  readonly street: string
  readonly houseNumber: string | null
  readonly postcode: string
  readonly place: string
}

export interface District {
  readonly id: string
  readonly number: number | null
  readonly name: string
  readonly area: import('geojson').Polygon | import('geojson').MultiPolygon
}
