import { random, type Random } from '../random.ts'
import type { DemoParkingArea, DemoParkingZone, ZoneLetter } from '../types.ts'
import type { DistrictPlan } from './districts.ts'
import { between, centreOf, clip, distance, toPolygon, type Metres, type Ring } from './geometry.ts'
import { frameOf, ZONE_LINE, type StreetPlan } from './streets.ts'

/** Metres that a car takes along the kerb and across. */
const BAY = { längs: [5.5, 2.2], quer: [2.5, 5], schräg: [3, 4.8] } as const

const KINDS = [
  {
    kind: 'Bewohner-Parkplatz',
    paidTimes: null,
    discTimes: null,
    permit: (letter: string) => letter,
  },
  {
    kind: 'Bewohner-Parkplatz sowie mit Parkschein auch für die Öffentlichkeit',
    paidTimes: 'Mo-Sa 9-19 Uhr (für die Öffentlichkeit)',
    discTimes: null,
    permit: (letter: string) => letter,
  },
  {
    kind: 'Bewohner-Parkplatz mit Beschränkungen',
    paidTimes: null,
    discTimes: 'werktags 8-18 Uhr 2 Std',
    permit: (letter: string) => `${letter} werktags 18-8 Uhr und So`,
  },
  {
    kind: 'Parkplatz für die Öffentlichkeit mit Parkschein',
    paidTimes: 'Mo-Sa 8-19 Uhr',
    discTimes: null,
    permit: () => null,
  },
] as const

/** Two zones in each inner district, on either side of a line that no street crosses. */
export function planZones(districts: readonly DistrictPlan[], areas: readonly DemoParkingArea[]): DemoParkingZone[] {
  return districts.flatMap((district) => {
    if (!district.zones) return []
    const { centre, angle } = frameOf(district)
    const across: Metres = [-Math.sin(angle), Math.cos(angle)]
    const at: Metres = [centre[0] + across[0] * ZONE_LINE, centre[1] + across[1] * ZONE_LINE]
    const halves: readonly Ring[] = [clip(district.ring, at, [-across[0], -across[1]]), clip(district.ring, at, across)]
    return district.zones.map((letter, i) => ({
      letter,
      name: `${district.name} ${side(centreOf(halves[i]!), centre)}`,
      area: toPolygon(halves[i]!),
      capacity: areas.reduce((sum, area) => sum + (area.zone === letter && area.permitTimes ? area.bays : 0), 0),
    }))
  })
}

function side(part: Metres, whole: Metres): string {
  const [dx, dy] = [part[0] - whole[0], part[1] - whole[1]]
  if (Math.abs(dx) > Math.abs(dy)) return dx > 0 ? 'Ost' : 'West'
  return dy > 0 ? 'Nord' : 'Süd'
}

/** Strips of bays along the streets of the zones. */
export function planParkingAreas(streets: readonly StreetPlan[]): DemoParkingArea[] {
  const chance = random('parking areas')
  const areas: DemoParkingArea[] = []
  for (const plan of streets) {
    if (!plan.street.zone) continue
    const length = distance(plan.from, plan.to)
    for (let along = 30; along < length - 60; along += chance.int(50, 110)) {
      areas.push(strip(areas.length + 1, plan, plan.street.zone, along, chance))
    }
  }
  return areas
}

function strip(number: number, plan: StreetPlan, zone: ZoneLetter, along: number, chance: Random): DemoParkingArea {
  const alignment = chance.pick(['längs', 'längs', 'längs', 'quer', 'schräg'] as const)
  const bays = chance.int(2, 9)
  const rule = chance.pick([KINDS[0], KINDS[0], KINDS[1], KINDS[1], KINDS[1], KINDS[2], KINDS[3]])
  const length = distance(plan.from, plan.to)
  const side = chance.chance(0.5) ? 1 : -1
  const [width, depth] = BAY[alignment]
  const [from, to] = [
    between(plan.from, plan.to, along / length),
    between(plan.from, plan.to, (along + bays * width) / length),
  ]
  const nx = (-(plan.to[1] - plan.from[1]) / length) * side
  const ny = ((plan.to[0] - plan.from[0]) / length) * side
  const aside = ([x, y]: Metres, metres: number): Metres => [x + nx * metres, y + ny * metres]
  return {
    number,
    zone,
    street: plan.street.name,
    kind: rule.kind,
    bays,
    alignment,
    paidTimes: rule.paidTimes,
    discTimes: rule.discTimes,
    permitTimes: rule.permit(zone),
    area: toPolygon([aside(from, 3), aside(to, 3), aside(to, 3 + depth), aside(from, 3 + depth)]),
  }
}
