import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'

/** A resident parking zone (Bewohnerparkzone). */
export interface Zone {
  readonly letter: string
  readonly name: string
  readonly area: Polygon | MultiPolygon | null
  /** The area was drawn around its bays, because nobody has delivered one. */
  readonly isGuessed: boolean
  /** Bays that residents may use; 0 where nobody has counted. */
  readonly capacity: number
}

/** As the interface gives them, and as `import parking-zones` reads them. */
export const zonesAsGeoJson = (zones: readonly Zone[]): FeatureCollection<Polygon | MultiPolygon | null> => ({
  type: 'FeatureCollection',
  features: zones.map(({ letter, name, capacity, area }) => ({
    type: 'Feature',
    id: letter,
    properties: { letter, name, capacity },
    geometry: area,
  })),
})

/** The name of a zone; none where it only says the letter again ("Zone M", "Bewohnerparkzone M"), as some lists do. */
export function zoneName(letter: string, name: string | null): string | null {
  const repeats = name?.toUpperCase().replace(/^\w*ZONE\s*/, '') === letter
  return repeats ? null : name
}

/** "A, Altstadt Ost"; the letter alone where a zone has no name, as one made from its bays. */
export const zoneWords = (letter: string, name: string): string => (name === '' ? letter : `${letter}, ${name}`)
