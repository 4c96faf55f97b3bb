import type { MultiPolygon, Polygon } from 'geojson'

/** A resident parking zone (Bewohnerparkzone). */
export interface Zone {
  readonly letter: string
  readonly name: string
  readonly area: Polygon | MultiPolygon | null
  /** Bays that residents may use; 0 where nobody has counted. */
  readonly capacity: number
}
