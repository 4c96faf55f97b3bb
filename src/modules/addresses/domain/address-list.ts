import type { Feature, FeatureCollection } from 'geojson'
import { OperatorError } from '#platform/operator-error.ts'
import { parseCsv } from './csv.ts'
import { parseHouseNumber } from './house-number.ts'

/** A row of a list from outside, checked. */
export interface ListedAddress {
  readonly street: string
  readonly number: number
  readonly suffix: string
  readonly postcode: string
  readonly place: string
  readonly district: string | null
  readonly point: readonly [lon: number, lat: number] | null
}

export interface ReadList {
  readonly rows: readonly ListedAddress[]
  /** Rows left out: where they stand, and why. */
  readonly refused: readonly { readonly at: string; readonly reason: string }[]
}

/** Names under which cities publish a column. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  street: ['street', 'strasse', 'straße', 'str', 'strassenname', 'straßenname', 'addr:street'],
  houseNumber: ['housenumber', 'house_number', 'hausnummer', 'hausnr', 'hnr', 'hsnr', 'addr:housenumber'],
  suffix: ['suffix', 'zusatz', 'hausnummernzusatz', 'hnrzusatz', 'hausnrzus'],
  postcode: ['postcode', 'plz', 'postleitzahl', 'addr:postcode'],
  place: ['place', 'ort', 'gemeinde', 'stadt', 'city', 'addr:city'],
  district: ['district', 'stadtteil', 'ortsteil', 'bezirk'],
  lon: ['lon', 'lng', 'longitude', 'laenge', 'länge', 'x'],
  lat: ['lat', 'latitude', 'breite', 'y'],
}

/** Reads an address list from CSV or GeoJSON (points); `place` stands in where the list names none. */
export function readAddressList(text: string, kind: 'csv' | 'geojson', place: string): ReadList {
  const records = kind === 'csv' ? csvRecords(text) : geojsonRecords(text)
  const rows: ListedAddress[] = []
  const refused: { at: string; reason: string }[] = []
  for (const { at, record } of records) {
    const row = readRecord(record, place)
    if (typeof row === 'string') refused.push({ at, reason: row })
    else rows.push(row)
  }
  return { rows, refused }
}

type Named = Record<string, string>

function* csvRecords(text: string): Generator<{ at: string; record: Named }> {
  const lines = parseCsv(text)
  const first = lines.next()
  const head = first.done ? [] : first.value.cells.map((title) => title.trim().toLowerCase())
  const columns = Object.entries(COLUMNS).map(
    ([name, titles]) => [name, head.findIndex((title) => titles.includes(title))] as const,
  )
  if (!columns.some(([name, column]) => name === 'street' && column >= 0))
    throw new OperatorError(
      `the list has no column for the street; one of ${COLUMNS['street']!.join(', ')} is expected`,
    )
  for (const { line, cells } of lines)
    yield {
      at: `line ${line}`,
      record: Object.fromEntries(columns.map(([name, column]) => [name, (cells[column] ?? '').trim()])),
    }
}

function* geojsonRecords(text: string): Generator<{ at: string; record: Named }> {
  for (const [i, feature] of featuresOf(text).entries()) {
    const properties = Object.entries(feature?.properties ?? {}).map(
      ([key, value]) => [key.toLowerCase(), value] as const,
    )
    const record = Object.fromEntries(
      Object.entries(COLUMNS).map(([name, titles]) => [
        name,
        String(properties.find(([key]) => titles.includes(key))?.[1] ?? '').trim(),
      ]),
    )
    if (feature?.geometry?.type === 'Point') {
      record['lon'] = String(feature.geometry.coordinates[0])
      record['lat'] = String(feature.geometry.coordinates[1])
    }
    yield { at: `feature ${i + 1}`, record }
  }
}

/** @throws OperatorError for text that is no GeoJSON FeatureCollection */
export function featuresOf(text: string): readonly (Feature | null)[] {
  let list: Partial<FeatureCollection> | null = null
  try {
    list = JSON.parse(text) as Partial<FeatureCollection>
  } catch {
    // Told below.
  }
  if (list?.type !== 'FeatureCollection' || !Array.isArray(list.features))
    throw new OperatorError('the file is no GeoJSON FeatureCollection')
  return list.features
}

function readRecord(record: Named, place: string): ListedAddress | string {
  const street = record['street']!.replace(/str\.$/, 'straße').replace(/Str\.$/, 'Straße')
  if (street === '') return 'no street'
  if (street.length > 100) return 'the street is longer than 100 letters'
  const houseNumber = parseHouseNumber(`${record['houseNumber']}${record['suffix']}`)
  if (!houseNumber) return `"${record['houseNumber']}${record['suffix']}" is no house number`
  if (!/^\d{5}$/.test(record['postcode']!)) return `"${record['postcode']}" is no postcode of five digits`
  return {
    street,
    ...houseNumber,
    postcode: record['postcode']!,
    place: record['place'] || place,
    district: record['district'] || null,
    point: readPoint(record['lon']!, record['lat']!),
  }
}

/** Degrees; a list in another system of coordinates gives no point rather than a wrong one. */
function readPoint(lon: string, lat: string): readonly [number, number] | null {
  const [x, y] = [lon, lat].map((text) => (text === '' ? Number.NaN : Number(text.replace(',', '.')))) as [
    number,
    number,
  ]
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null
}
