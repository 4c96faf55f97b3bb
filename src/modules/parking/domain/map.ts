import type { MultiPolygon, Polygon, Position } from 'geojson'

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number]

/** Turns degrees into the units of a drawing: a plane map for an area as small as a city. */
export interface Projection {
  readonly width: number
  readonly height: number
  path(area: Polygon | MultiPolygon): string
  point(position: readonly number[]): readonly [x: number, y: number]
}

/** Fits the box into a drawing `width` units wide, a degree of longitude being shorter than one of latitude. */
export function project([west, south, east, north]: Box, width: number): Projection {
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = width / ((east - west) * shrink)
  const point = ([lon = 0, lat = 0]: readonly number[]) =>
    [round((lon - west) * shrink * scale), round((north - lat) * scale)] as const
  const ring = (positions: readonly Position[]) =>
    `M${positions
      .slice(0, -1)
      .map((position) => point(position).join(' '))
      .join('L')}Z`
  const polygons = (area: Polygon | MultiPolygon) => (area.type === 'Polygon' ? [area.coordinates] : area.coordinates)
  return {
    width,
    height: Math.round((north - south) * scale),
    path: (area) => polygons(area).flat().map(ring).join(''),
    point,
  }
}

/** The box around areas, with a margin as a share of its size; null where there are none. */
export function boxAround(areas: readonly (Polygon | MultiPolygon)[], margin = 0.04): Box | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const area of areas) {
    const rings = area.type === 'Polygon' ? area.coordinates : area.coordinates.flat()
    for (const [lon = 0, lat = 0] of rings.flat()) {
      west = Math.min(west, lon)
      east = Math.max(east, lon)
      south = Math.min(south, lat)
      north = Math.max(north, lat)
    }
  }
  if (west === Infinity) return null
  const [x, y] = [Math.max(east - west, 0.001) * margin, Math.max(north - south, 0.001) * margin]
  return [west - x, south - y, east + x, north + y]
}

const round = (value: number) => Math.round(value * 10) / 10
