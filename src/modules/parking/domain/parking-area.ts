import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { OperatorError } from '#platform/operator-error.ts'
import { readPermitText } from './zones-of-text.ts'

/** A strip of bays at the kerb or a car park, with its rules in the words of the sign. */
export interface ParkingArea {
  readonly number: string
  readonly zones: readonly string[]
  readonly kind: string
  readonly bays: number | null
  readonly alignment: string | null
  readonly permitTimes: string | null
  readonly paidTimes: string | null
  readonly discTimes: string | null
  readonly allowedTimes: string | null
  readonly restriction: string | null
  readonly remark: string | null
  readonly checkedOn: string | null
  readonly area: Polygon | MultiPolygon
}

/** Why a part of a file is left out; `value` is what it says instead. */
export interface Refusal {
  /** Number of the feature or line, from 1. */
  readonly at: number
  readonly reason: 'no-area' | 'no-kind' | 'twice' | 'no-letter' | 'no-zone' | 'no-address'
  readonly value: string
}

export interface ReadAreas {
  readonly areas: readonly ParkingArea[]
  readonly refused: readonly Refusal[]
}

/** Names of properties: those of the city of Esslingen, which published such a file, and ours. */
const PROPERTIES = {
  number: ['fid', 'number', 'id', 'nummer'],
  kind: ['parkplatz-typ', 'kind', 'typ', 'art'],
  bays: ['anzahl der stellplätze', 'bays', 'stellplaetze', 'stellplätze', 'anzahl'],
  alignment: ['ausrichtung', 'alignment'],
  permit: ['frei für parkausweis-nr', 'zone', 'zones', 'parkausweis'],
  paidTimes: ['parkschein erforderlich', 'paidtimes', 'paid_times'],
  discTimes: ['parkscheibe erforderlich', 'disctimes', 'disc_times'],
  allowedTimes: ['parkerlaubnis zeitlich', 'allowedtimes', 'allowed_times'],
  restriction: ['beschränkung sonstig', 'restriction'],
  remark: ['bemerkungen', 'remark'],
  checkedOn: ['überprüfungsdatum', 'checkedon', 'checked_on'],
} as const

const LONGEST = 500

/** Reads parking areas from GeoJSON. @throws Error for a file that is no FeatureCollection */
export function readParkingAreas(text: string): ReadAreas {
  const list = parseCollection(text)
  const areas: ParkingArea[] = []
  const refused: Refusal[] = []
  const numbers = new Set<string>()
  for (const [i, feature] of list.entries()) {
    const read = readFeature(feature, i)
    if (typeof read === 'string') refused.push({ at: i + 1, reason: read, value: '' })
    else if (numbers.has(read.number)) refused.push({ at: i + 1, reason: 'twice', value: read.number })
    else {
      numbers.add(read.number)
      areas.push(read)
    }
  }
  return { areas, refused }
}

/** @throws Error for text that is no GeoJSON FeatureCollection */
export function parseCollection(text: string): (Feature | null)[] {
  let list: Partial<FeatureCollection>
  try {
    list = JSON.parse(text.replace(/^\uFEFF/, '')) as Partial<FeatureCollection>
  } catch {
    throw new WrongFile('no-json')
  }
  if (list?.type !== 'FeatureCollection' || !Array.isArray(list.features)) throw new WrongFile('no-collection')
  return list.features
}

const WRONG_FILE = {
  'no-json': 'the file is no JSON',
  'no-collection': 'the file is no GeoJSON FeatureCollection',
  'no-columns': 'the list has no columns for zone and street',
} as const

/** The whole file is not what it should be. */
export class WrongFile extends OperatorError {
  override readonly name = 'WrongFile'
  readonly reason: keyof typeof WRONG_FILE

  constructor(reason: WrongFile['reason']) {
    super(WRONG_FILE[reason])
    this.reason = reason
  }
}

function readFeature(feature: Feature | null, index: number): ParkingArea | 'no-area' | 'no-kind' {
  const area = areaOf(feature?.geometry)
  if (!area) return 'no-area'
  const properties = new Map(
    Object.entries(feature?.properties ?? {}).map(([key, value]) => [key.toLowerCase(), value as unknown]),
  )
  const text = (name: keyof typeof PROPERTIES): string | null => {
    const value = PROPERTIES[name]
      .map((key) => properties.get(key))
      .find((found) => typeof found === 'string' || typeof found === 'number')
    return (
      String(value ?? '')
        .trim()
        .slice(0, LONGEST) || null
    )
  }
  const kind = text('kind')
  if (!kind) return 'no-kind'
  const bays = Number(text('bays'))
  const permit = readPermitText(text('permit') ?? '')
  const checkedOn = text('checkedOn')
  return {
    number: text('number') ?? String(index + 1),
    zones: permit.zones,
    kind,
    bays: Number.isInteger(bays) && bays > 0 && bays < 100_000 ? bays : null,
    alignment: text('alignment'),
    permitTimes: permit.times,
    paidTimes: text('paidTimes'),
    discTimes: text('discTimes'),
    allowedTimes: text('allowedTimes'),
    restriction: text('restriction'),
    remark: text('remark'),
    checkedOn: checkedOn && isDay(checkedOn) ? checkedOn : null,
    area,
  }
}

const MOST_CORNERS = 10_000

/** A polygon in degrees, checked: imported shapes are drawn and measured later. */
export function areaOf(geometry: unknown): Polygon | MultiPolygon | null {
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: unknown }
  if (type === 'Polygon' && isPolygon(coordinates)) return { type, coordinates: coordinates as Polygon['coordinates'] }
  if (type === 'MultiPolygon' && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isPolygon))
    return { type, coordinates: coordinates as MultiPolygon['coordinates'] }
  return null
}

function isPolygon(rings: unknown): boolean {
  return Array.isArray(rings) && rings.length > 0 && rings.every(isRing)
}

function isRing(ring: unknown): boolean {
  return Array.isArray(ring) && ring.length >= 4 && ring.length <= MOST_CORNERS && ring.every(isPosition)
}

function isPosition(position: unknown): boolean {
  if (!Array.isArray(position)) return false
  const [lon, lat] = position as unknown[]
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}
