import { convex } from '@turf/convex'
import { feature, featureCollection } from '@turf/helpers'
import { addressesWithin, findAddress, housesOfStreet, parseCsv } from '#modules/addresses/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import {
  areaOf,
  parseCollection,
  readParkingAreas,
  WrongFile,
  type ParkingArea,
  type Refusal,
} from '../domain/parking-area.ts'
import { zoneName, type Zone } from '../domain/zone.ts'
import { isZoneLetter } from '../domain/zones-of-text.ts'
import { baysByZone, listAreas, saveAreas } from '../store/areas.ts'
import { allZones, assignAddresses, clearAreaAssignments, saveZone } from '../store/zones.ts'

/** What came of an import: how many entries were taken over, and which were left out and why. */
export interface Imported {
  readonly taken: number
  readonly refused: readonly Refusal[]
}

const CHUNK = 2_000

/**
 * Parking areas from GeoJSON. A letter that is no zone yet makes one, around its bays: some cities publish their zones in no other way.
 * @throws WrongFile
 */
export async function importParkingAreas(ctx: Ctx, text: string): Promise<Imported> {
  const { areas, refused } = readParkingAreas(text)
  return transaction(ctx, async (ctx) => {
    for (let from = 0; from < areas.length; from += CHUNK) await saveAreas(ctx, areas.slice(from, from + CHUNK))
    await makeMissingZones(ctx, areas)
    for (const { zone, bays } of await baysByZone(ctx))
      await saveZone(ctx, { letter: zone, name: null, area: null, capacity: bays })
    await assignByArea(ctx)
    await noteImport(ctx, 'parking-areas', areas.length)
    return { taken: areas.length, refused }
  })
}

async function makeMissingZones(ctx: Ctx, areas: readonly ParkingArea[]): Promise<void> {
  const known = new Set((await allZones(ctx)).map((zone) => zone.letter))
  for (const letter of new Set(areas.flatMap((area) => area.zones))) {
    if (known.has(letter)) continue
    const bays = await listAreas(ctx, { zone: letter, kind: null })
    const around = convex(featureCollection(bays.map((area) => feature(area.area))))
    await saveZone(ctx, { letter, name: null, area: around?.geometry ?? null, isGuessed: true })
  }
}

/**
 * Zones from GeoJSON: areas with `letter` (or `zone`, `buchstabe`) and `name`.
 * @throws WrongFile
 */
export async function importZones(ctx: Ctx, text: string): Promise<Imported> {
  const features = parseCollection(text)
  const refused: Refusal[] = []
  return transaction(ctx, async (ctx) => {
    let taken = 0
    for (const [i, entry] of features.entries()) {
      const at = i + 1
      const area = areaOf(entry?.geometry)
      const letter = property(entry?.properties, ['letter', 'zone', 'buchstabe'])?.toUpperCase() ?? ''
      if (!area) refused.push({ at, reason: 'no-area', value: '' })
      else if (!isZoneLetter(letter)) refused.push({ at, reason: 'no-letter', value: letter.slice(0, 20) })
      else {
        const name = zoneName(letter, property(entry?.properties, ['name', 'bezeichnung']))
        await saveZone(ctx, { letter, name, area })
        taken += 1
      }
    }
    await assignByArea(ctx)
    await noteImport(ctx, 'parking-zones', taken)
    return { taken, refused }
  })
}

/**
 * The houses in the area of a zone come to it, unless the city's own list says otherwise. An area that the city delivered
 * counts before one that was drawn around bays. Where areas of the same kind overlap, nobody but the list can say.
 */
async function assignByArea(ctx: Ctx): Promise<void> {
  const zones = await allZones(ctx)
  const delivered = await housesIn(
    ctx,
    zones.filter((zone) => !zone.isGuessed),
  )
  const guessed = await housesIn(
    ctx,
    zones.filter((zone) => zone.isGuessed),
  )
  await clearAreaAssignments(ctx)
  await assignAddresses(ctx, known(delivered), 'area')
  await assignAddresses(
    ctx,
    known(guessed).filter(({ addressId }) => !delivered.has(addressId)),
    'bays',
  )
}

/** House → zone; null where it lies in several. */
async function housesIn(ctx: Ctx, zones: readonly Zone[]): Promise<ReadonlyMap<string, string | null>> {
  const zoneOf = new Map<string, string | null>()
  for (const { letter, area } of zones)
    for (const { id } of area ? await addressesWithin(ctx, area) : []) zoneOf.set(id, zoneOf.has(id) ? null : letter)
  return zoneOf
}

const known = (houses: ReadonlyMap<string, string | null>) =>
  [...houses].flatMap(([addressId, zone]) => (zone === null ? [] : [{ addressId, zone }]))

const LONGEST = 100

function property(properties: Record<string, unknown> | null | undefined, names: readonly string[]): string | null {
  const found = Object.entries(properties ?? {}).find(([key]) => names.includes(key.toLowerCase()))
  return (typeof found?.[1] === 'string' && found[1].trim().slice(0, LONGEST)) || null
}

const COLUMNS = {
  zone: ['zone', 'letter', 'buchstabe'],
  street: ['street', 'straße', 'strasse', 'str'],
  houseNumber: ['housenumber', 'hausnummer', 'hnr'],
} as const

/**
 * The city's own list of which house belongs to which zone, as CSV: zone, street, house number; without a number the whole street. It comes
 * before what the areas say. @throws WrongFile for a file without these columns
 */
export async function importZoneAddresses(ctx: Ctx, text: string): Promise<Imported> {
  const [head, ...rows] = parseCsv(text)
  const titles = head?.cells.map((title) => title.trim().toLowerCase()) ?? []
  const column = (name: keyof typeof COLUMNS) =>
    titles.findIndex((title) => (COLUMNS[name] as readonly string[]).includes(title))
  const [zoneAt, streetAt, numberAt] = [column('zone'), column('street'), column('houseNumber')]
  if (zoneAt < 0 || streetAt < 0) throw new WrongFile('no-columns')
  return transaction(ctx, async (ctx) => {
    const zones = new Set((await allZones(ctx)).map((zone) => zone.letter))
    const refused: Refusal[] = []
    const assignments: { addressId: string; zone: string }[] = []
    for (const { line, cells } of rows) {
      const [zone, street, houseNumber] = [zoneAt, streetAt, numberAt].map((at) => (cells[at] ?? '').trim()) as [
        string,
        string,
        string,
      ]
      const houses = houseNumber
        ? [await findAddress(ctx, { street, houseNumber })].filter((house) => house !== null)
        : await housesOfStreet(ctx, street)
      if (!zones.has(zone)) refused.push({ at: line, reason: 'no-zone', value: zone.slice(0, 20) })
      else if (houses.length === 0)
        refused.push({ at: line, reason: 'no-address', value: `${street} ${houseNumber}`.trim().slice(0, LONGEST) })
      else assignments.push(...houses.map((house) => ({ addressId: house.id, zone })))
    }
    await assignAddresses(ctx, lastOfEach(assignments), 'list')
    await noteImport(ctx, 'parking-zone-addresses', assignments.length)
    return { taken: assignments.length, refused }
  })
}

/** Where a list names a house twice, its later line counts. */
function lastOfEach(
  assignments: readonly { addressId: string; zone: string }[],
): { addressId: string; zone: string }[] {
  return [...new Map(assignments.map((entry) => [entry.addressId, entry])).values()]
}

async function noteImport(ctx: Ctx, what: string, taken: number): Promise<void> {
  await audit(ctx, { subject: 'parking:data', action: 'parking.imported', data: { what, taken } })
}
