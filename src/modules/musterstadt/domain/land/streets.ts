import { random, type Random } from '../random.ts'
import type { DemoAddress, DemoStreet, ZoneLetter } from '../types.ts'
import { RIVER_LINE, type DistrictPlan } from './districts.ts'
import { between, centreOf, distance, distanceToLine, inside, toPoint, type Metres } from './geometry.ts'
import { StreetNames } from './street-names.ts'

const PLACE = 'Musterstadt'
/** Metres between two parallel streets, and between two crossings. */
const ROW_GAP = 88
const COLUMN_GAP = 265
/** Metres from the middle of the street to a house's point, and between two houses of one side. */
const SETBACK = 15
const HOUSE_GAP = 17
/** In districts with two zones, the line between them runs here in the district's grid: half a block from its centre. */
export const ZONE_LINE = ROW_GAP / 2
/** No house stands nearer to the middle of the river. */
const RIVER_DISTANCE = 95

/** A street before it has a name: a straight piece of the district's grid. */
interface Piece {
  readonly from: Metres
  readonly to: Metres
  readonly along: boolean
  readonly zone: ZoneLetter | null
  readonly middle: number
}

interface House {
  readonly at: Metres
  readonly odd: boolean
  /** Metres from the street's beginning. */
  readonly along: number
}

export interface StreetPlan {
  readonly street: DemoStreet
  readonly from: Metres
  readonly to: Metres
}

/** Streets and exactly `count` addresses, shared out among the districts by their weight. */
export function planStreets(districts: readonly DistrictPlan[], count: number) {
  const names = new StreetNames(random('street names'))
  const streets: StreetPlan[] = []
  const addresses: DemoAddress[] = []
  const quotas = shareOut(
    count,
    districts.map((district) => district.weight),
  )
  districts.forEach((district, i) => {
    const chance = random(`streets ${district.id}`)
    const name = names.forDistrict(district.themes, district.zones !== null)
    let left = quotas[i]!
    for (const piece of grid(district, chance)) {
      if (left === 0) break
      const room = housesAlong(piece, district)
      if (room.length < 4) continue
      const houses = room.slice(0, left)
      const { from, to } = span(piece, houses)
      const street: DemoStreet = {
        id: chance.uuid(),
        name: name.next().value,
        postcode: district.postcode,
        districtId: district.id,
        zone: piece.zone,
        line: [toPoint(from), toPoint(to)],
      }
      streets.push({ street, from, to })
      addresses.push(...number(houses, street, chance))
      left -= houses.length
    }
    if (left > 0) throw new Error(`${district.name} has no room for ${left} more addresses`)
  })
  return { streets, addresses }
}

/** Whole numbers that add up to `total`, in proportion to the weights (largest remainder). */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const shares = exact.map(Math.floor)
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
  const missing = total - shares.reduce((a, b) => a + b, 0)
  for (const { i } of order.slice(0, missing)) shares[i]! += 1
  return shares
}

/**
 * The district's streets, those near its centre first: rows and columns of a grid turned by the district's own angle.
 * In a district with two parking zones no street crosses the line between them, so that a zone holds whole streets.
 */
function grid(district: DistrictPlan, chance: Random): Piece[] {
  const { centre, angle } = frameOf(district)
  const turn = (u: number, v: number): Metres => [
    centre[0] + u * Math.cos(angle) - v * Math.sin(angle),
    centre[1] + u * Math.sin(angle) + v * Math.cos(angle),
  ]
  const zoneAt = (v: number) => district.zones?.[v < ZONE_LINE ? 0 : 1] ?? null
  const pieces: Piece[] = []
  const add = (u1: number, v1: number, u2: number, v2: number) => {
    const inner = district.zones !== null
    pieces.push({
      from: turn(u1, v1),
      to: turn(u2, v2),
      along: v1 === v2,
      zone: zoneAt((v1 + v2) / 2),
      middle: Math.hypot((u1 + u2) / 2, (v1 + v2) / 2) + (inner ? 0 : chance.next() * 150),
    })
  }
  for (let row = -16; row <= 16; row++) {
    for (let column = -7; column < 7;) {
      const blocks = chance.int(1, 2)
      add(column * COLUMN_GAP, row * ROW_GAP, (column + blocks) * COLUMN_GAP, row * ROW_GAP)
      column += blocks
    }
  }
  for (let column = -7; column <= 7; column++) {
    for (let row = -16; row < 16;) {
      const border = row < 0 && district.zones ? -row : 99
      const rows = Math.min(chance.int(3, 6), border)
      add(column * COLUMN_GAP, row * ROW_GAP, column * COLUMN_GAP, (row + rows) * ROW_GAP)
      row += rows
      // The gap between row 0 and row 1 holds the line between the zones: no column runs there.
      if (row === 0 && district.zones) row = 1
    }
  }
  return pieces.sort((a, b) => a.middle - b.middle)
}

/** The district's own grid: its origin, and how far it is turned against the clock (radians). */
export function frameOf(district: DistrictPlan): { centre: Metres; angle: number } {
  return { centre: centreOf(district.ring), angle: random(`angle ${district.id}`).next() * Math.PI }
}

/** The part of the street that its houses stand along. */
function span(piece: Piece, houses: readonly { along: number }[]): { from: Metres; to: Metres } {
  const length = distance(piece.from, piece.to)
  const reach = (along: number) => between(piece.from, piece.to, Math.max(0, Math.min(1, along / length)))
  return { from: reach(houses[0]!.along - 24), to: reach(houses.at(-1)!.along + 24) }
}

/** Where houses stand: both sides, odd numbers on one and even ones on the other, away from crossings, river and border. */
function housesAlong(piece: Piece, district: DistrictPlan): House[] {
  const length = distance(piece.from, piece.to)
  const [ux, uy] = [(piece.to[0] - piece.from[0]) / length, (piece.to[1] - piece.from[1]) / length]
  // Only streets by the river look at the river for each house
  const byRiver = distanceToLine(between(piece.from, piece.to, 0.5), RIVER_LINE) < length / 2 + RIVER_DISTANCE + SETBACK
  const houses: House[] = []
  for (let along = 24; along < length - 20; along += HOUSE_GAP) {
    if (!piece.along && nearRow(along)) continue
    for (const odd of [true, false]) {
      const side = odd ? SETBACK : -SETBACK
      const at: Metres = [piece.from[0] + ux * along - uy * side, piece.from[1] + uy * along + ux * side]
      const room = inside(district.ring, at) && (!byRiver || distanceToLine(at, RIVER_LINE) > RIVER_DISTANCE)
      if (room) houses.push({ at, odd, along })
    }
  }
  return houses
}

/** On a cross street, houses leave room for those of the rows that it meets. */
function nearRow(along: number): boolean {
  const rest = along % ROW_GAP
  return rest < 32 || rest > ROW_GAP - 32
}

/** Numbers with a gap here and there, and a `12a` where a plot was divided. */
function number(houses: readonly House[], street: DemoStreet, chance: Random): DemoAddress[] {
  const last = { odd: { number: -1, parts: 2 }, even: { number: 0, parts: 2 } }
  return houses.map(({ at, odd }) => {
    const plot = odd ? last.odd : last.even
    if (plot.parts < 2 && chance.chance(0.05)) {
      plot.parts += 1
    } else {
      plot.number += chance.chance(0.04) ? 4 : 2
      plot.parts = 0
    }
    const houseNumber = `${plot.number}${['', 'a', 'b'][plot.parts]!}`
    return {
      id: chance.uuid(),
      streetId: street.id,
      street: street.name,
      houseNumber,
      postcode: street.postcode,
      place: PLACE,
      districtId: street.districtId,
      zone: street.zone,
      point: toPoint(at),
    }
  })
}
