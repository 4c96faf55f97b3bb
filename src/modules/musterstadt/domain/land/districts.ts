import { random } from '../random.ts'
import type { ZoneLetter } from '../types.ts'
import { between, clip, distance, smooth, type Metres, type Ring } from './geometry.ts'

/** A district in the drawing plane, before it becomes GeoJSON. */
export interface DistrictPlan {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly postcode: string
  readonly ring: Ring
  /** Addresses relative to other districts. */
  readonly weight: number
  /** Its two parking zones, in inner districts. */
  readonly zones: readonly [ZoneLetter, ZoneLetter] | null
  readonly themes: readonly string[]
}

interface Site {
  readonly name: string
  readonly at: Metres
  readonly postcode: string
  readonly weight: number
  readonly zones?: readonly [ZoneLetter, ZoneLetter]
  readonly themes: readonly string[]
}

const SITES: readonly Site[] = [
  { name: 'Altstadt', at: [-100, -150], postcode: '73801', weight: 12, zones: ['A', 'B'], themes: ['crafts', 'town'] },
  {
    name: 'Bahnhofsviertel',
    at: [1050, 150],
    postcode: '73801',
    weight: 12,
    zones: ['C', 'D'],
    themes: ['places', 'poets'],
  },
  {
    name: 'Weststadt',
    at: [-1300, 350],
    postcode: '73801',
    weight: 12,
    zones: ['E', 'F'],
    themes: ['poets', 'composers'],
  },
  {
    name: 'Neckarvorstadt',
    at: [300, -1500],
    postcode: '73802',
    weight: 12,
    zones: ['G', 'H'],
    themes: ['water', 'places'],
  },
  { name: 'Nordstadt', at: [0, 1150], postcode: '73803', weight: 11, themes: ['composers', 'science'] },
  { name: 'Südstadt', at: [-1050, -1500], postcode: '73802', weight: 11, themes: ['places', 'trees'] },
  { name: 'Oststadt', at: [2250, -250], postcode: '73804', weight: 10, themes: ['poets', 'places'] },
  { name: 'Gartenstadt', at: [-1250, 1600], postcode: '73803', weight: 9, themes: ['flowers', 'fruit'] },
  { name: 'Hochschulviertel', at: [1300, 1350], postcode: '73803', weight: 9, themes: ['science', 'poets'] },
  { name: 'Neckarhafen', at: [1650, -1550], postcode: '73804', weight: 7, themes: ['water', 'crafts'] },
  { name: 'Lindenhof', at: [2650, 950], postcode: '73804', weight: 9, themes: ['trees', 'birds'] },
  { name: 'Mühlhalde', at: [-2450, -350], postcode: '73805', weight: 8, themes: ['water', 'land'] },
  { name: 'Weinberg', at: [-2650, 1150], postcode: '73805', weight: 8, themes: ['wine', 'land'] },
  { name: 'Rosental', at: [-400, -2600], postcode: '73802', weight: 9, themes: ['flowers', 'trees'] },
  { name: 'Sonnenhalde', at: [-1900, -2500], postcode: '73805', weight: 8, themes: ['sky', 'birds'] },
  { name: 'Ahornhausen', at: [1000, -2900], postcode: '73806', weight: 7, themes: ['trees', 'land'] },
  { name: 'Eichelberg', at: [2500, -2600], postcode: '73806', weight: 6, themes: ['animals', 'trees'] },
  { name: 'Mühlingen', at: [3700, -950], postcode: '73804', weight: 7, themes: ['water', 'land'] },
  { name: 'Birkenstetten', at: [3900, 500], postcode: '73804', weight: 6, themes: ['birds', 'land'] },
  { name: 'Wiesenstetten', at: [1500, 2700], postcode: '73803', weight: 7, themes: ['land', 'flowers'] },
  { name: 'Haldenstetten', at: [-600, 2750], postcode: '73803', weight: 7, themes: ['fruit', 'sky'] },
  { name: 'Rebstetten', at: [-2500, 2500], postcode: '73805', weight: 6, themes: ['wine', 'animals'] },
  { name: 'Erlenbach', at: [-3900, 250], postcode: '73805', weight: 6, themes: ['water', 'animals'] },
]

/** The Neckar's middle line, from west to east. */
export const RIVER_LINE: readonly Metres[] = smooth(
  [
    [-6000, 900],
    [-4600, 1350],
    [-3200, 400],
    [-2000, -450],
    [-700, -950],
    [700, -800],
    [1700, -950],
    [2700, -1500],
    [4100, -1600],
    [6000, -2600],
  ],
  3,
)

/** The city's area: rounded, 10.6 km from west to east, 8 km from south to north. */
const OUTLINE: Ring = Array.from({ length: 28 }, (_, i) => {
  const angle = (i / 28) * 2 * Math.PI
  return [5300 * Math.cos(angle), 4000 * Math.sin(angle)] as const
})

/**
 * 23 districts that fill the city without gap or overlap: each is the part of the city that is nearer to its site than
 * to any other (a Voronoi diagram), and each border is then bent in the same way for both neighbours.
 */
export function planDistricts(): { districts: DistrictPlan[]; boundary: Ring } {
  const corners = new Corners()
  const cells = SITES.map((site) => {
    let cell: Metres[] = [...OUTLINE]
    for (const other of SITES) {
      if (other === site) continue
      cell = clip(cell, between(site.at, other.at, 0.5), [site.at[0] - other.at[0], site.at[1] - other.at[1]])
    }
    return dedupe(cell.map((corner) => corners.shared(corner)))
  })
  const districts = SITES.map((site, i) => ({
    id: slug(site.name),
    number: i + 1,
    name: site.name,
    postcode: site.postcode,
    weight: site.weight,
    zones: site.zones ?? null,
    themes: site.themes,
    ring: bend(cells[i]!),
  }))
  return { districts, boundary: outline(districts.map((district) => district.ring)) }
}

/** Corners that two cells compute with a rounding error become one and the same. */
class Corners {
  readonly #known: Metres[] = []

  shared(corner: Metres): Metres {
    const found = this.#known.find((known) => distance(known, corner) < 0.5)
    if (!found) this.#known.push(corner)
    return found ?? corner
  }
}

const dedupe = (ring: readonly Metres[]): Metres[] => ring.filter((corner, i) => corner !== ring[(i + 1) % ring.length])

function bend(ring: Ring): Metres[] {
  return ring.flatMap((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    const forward = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
    const line = forward ? wiggle(a, b) : wiggle(b, a).reverse()
    return line.slice(0, -1)
  })
}

/** Midpoints moved aside again and again, by a random number that depends on the two ends alone. */
function wiggle(a: Metres, b: Metres): Metres[] {
  const length = distance(a, b)
  if (length < 120) return [a, b]
  const aside = (random(`border ${a.join()} ${b.join()}`).next() - 0.5) * 0.14
  const middle: Metres = [(a[0] + b[0]) / 2 - (b[1] - a[1]) * aside, (a[1] + b[1]) / 2 + (b[0] - a[0]) * aside]
  return [...wiggle(a, middle).slice(0, -1), ...wiggle(middle, b)]
}

/** The city's border: the edges that belong to one district only, put end to end. */
function outline(rings: readonly Ring[]): Metres[] {
  const edges = new Map<string, readonly [Metres, Metres]>()
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length]!
      const back = `${b.join()} ${a.join()}`
      if (!edges.delete(back)) edges.set(`${a.join()} ${b.join()}`, [a, b])
    })
  }
  const next = new Map([...edges.values()].map(([a, b]) => [a.join(), b]))
  const first = edges.values().next().value![0]
  const border: Metres[] = [first]
  for (let at = next.get(first.join())!; at.join() !== first.join(); at = next.get(at.join())!) border.push(at)
  return border
}

export function slug(name: string): string {
  return name.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
}
