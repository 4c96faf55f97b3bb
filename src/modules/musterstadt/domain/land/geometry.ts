import type { Polygon } from 'geojson'
import type { Point } from '../types.ts'

/** Metres east and north of the city's centre: the plane in which the city is drawn. */
export type Metres = readonly [x: number, y: number]
/** A closed line without its first point repeated. */
export type Ring = readonly Metres[]

/** A place on the Neckar that no town has. */
export const CENTRE: Point = [9.25, 48.8]

const METRES_PER_DEGREE = 111_320
const SHRINK = Math.cos((CENTRE[1] * Math.PI) / 180)
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** The plane's metres as degrees, to the millionth (a tenth of a metre). */
export function toPoint([x, y]: Metres): Point {
  return [round(CENTRE[0] + x / (METRES_PER_DEGREE * SHRINK)), round(CENTRE[1] + y / METRES_PER_DEGREE)]
}

export function toPolygon(ring: Ring): Polygon {
  const points = ring.map((corner) => [...toPoint(corner)])
  if (signedArea(ring) < 0) points.reverse() // RFC 7946, 3.1.6: outer rings run against the clock
  return { type: 'Polygon', coordinates: [[...points, points[0]!]] }
}

export function signedArea(ring: Ring): number {
  let sum = 0
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    sum += x * nextY - nextX * y
  })
  return sum / 2
}

export const distance = (a: Metres, b: Metres): number => Math.hypot(a[0] - b[0], a[1] - b[1])

export const between = (a: Metres, b: Metres, share: number): Metres => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
]

export function centreOf(ring: Ring): Metres {
  const area = signedArea(ring)
  let cx = 0
  let cy = 0
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    const cross = x * nextY - nextX * y
    cx += (x + nextX) * cross
    cy += (y + nextY) * cross
  })
  return [cx / (6 * area), cy / (6 * area)]
}

/** Even-odd rule. */
export function inside(ring: Ring, [x, y]: Metres): boolean {
  let within = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[j]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within
  }
  return within
}

/** What of the ring lies on the side of the line through `at` that `towards` points to (Sutherland and Hodgman). */
export function clip(ring: Ring, at: Metres, towards: Metres): Metres[] {
  const side = ([x, y]: Metres) => (x - at[0]) * towards[0] + (y - at[1]) * towards[1]
  const kept: Metres[] = []
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    const [sideA, sideB] = [side(a), side(b)]
    if (sideA >= 0) kept.push(a)
    if (sideA >= 0 !== sideB >= 0) kept.push(between(a, b, sideA / (sideA - sideB)))
  })
  return kept
}

export function distanceToLine(point: Metres, line: readonly Metres[]): number {
  let nearest = Infinity
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const share = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)
    nearest = Math.min(nearest, distance(point, between(a, b, Math.max(0, Math.min(1, share)))))
  }
  return nearest
}

/** A line through the points with rounded corners (Chaikin's cutting of corners). */
export function smooth(line: readonly Metres[], times: number): Metres[] {
  let points = [...line]
  for (let round = 0; round < times; round++) {
    const next: Metres[] = [points[0]!]
    for (let i = 1; i < points.length; i++) {
      next.push(between(points[i - 1]!, points[i]!, 0.25), between(points[i - 1]!, points[i]!, 0.75))
    }
    points = [...next, points.at(-1)!]
  }
  return points
}

/** The line as an area `width` metres wide. */
export function widen(line: readonly Metres[], width: number): Metres[] {
  const left: Metres[] = []
  const right: Metres[] = []
  line.forEach(([x, y], i) => {
    const before = line[Math.max(0, i - 1)]!
    const after = line[Math.min(line.length - 1, i + 1)]!
    const length = distance(before, after)
    const nx = -(after[1] - before[1]) / length
    const ny = (after[0] - before[0]) / length
    left.push([x + (nx * width) / 2, y + (ny * width) / 2])
    right.unshift([x - (nx * width) / 2, y - (ny * width) / 2])
  })
  return [...left, ...right]
}
