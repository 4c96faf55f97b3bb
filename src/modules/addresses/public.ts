import { bbox } from '@turf/bbox'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { MultiPolygon, Polygon } from 'geojson'
import type { Ctx } from '#platform/context.ts'
import type { Address, Completion, District, NamedAddress } from './domain/address.ts'
import { formatHouseNumber, parseHouseNumber } from './domain/house-number.ts'
import { streetKey } from './domain/street-key.ts'
import { readTypedAddress } from './domain/typed-address.ts'
import * as store from './store.ts'

export type { Address, Completion, District, NamedAddress } from './domain/address.ts'
export { formatHouseNumber, parseHouseNumber, type HouseNumber } from './domain/house-number.ts'
export { parseCsv } from './domain/csv.ts'
export { streetKey } from './domain/street-key.ts'

/** Most letters of an address that are looked at; nobody types more. */
const LONGEST = 120
/** Most entries that a completion gives. */
const MOST = 20

/** Streets, and houses once a number is typed, that complete the text; empty for fewer than two letters. */
export async function complete(ctx: Ctx, text: string, limit = 8): Promise<Completion[]> {
  const typed = readTypedAddress(text.slice(0, LONGEST))
  if (streetKey(typed.street).length < 2) return []
  const most = Math.min(Math.max(limit, 1), MOST)
  const streets = (await store.findStreets(ctx, typed.street, most)).map((street) => street.id)
  const houseNumber = typed.houseNumber.toLowerCase().replaceAll(/\s/g, '')
  const houses = houseNumber ? await store.houseCompletions(ctx, streets, houseNumber, typed.postcode, most) : []
  return houses.length > 0 ? houses : store.streetCompletions(ctx, streets, most)
}

/** The house of that name in the address list, however the street is spelt; null where there is none. */
export async function findAddress(ctx: Ctx, named: NamedAddress): Promise<Address | null> {
  const houseNumber = parseHouseNumber(named.houseNumber.slice(0, LONGEST))
  if (!houseNumber) return null
  return store.findHouse(ctx, {
    street: named.street.slice(0, LONGEST).trim(),
    ...houseNumber,
    postcode: named.postcode?.trim() || null,
  })
}

/**
 * Where somebody is who typed in one line "Lindenstr. 12 a, 73801 Musterstadt": at the house, or in the middle of the street where no number is typed.
 * Null where there is no such house or street, or the list does not know its place.
 */
export async function pointOfText(ctx: Ctx, text: string): Promise<Address['point']> {
  const { street, houseNumber, postcode } = readTypedAddress(text.slice(0, LONGEST))
  if (houseNumber !== '') return (await findAddress(ctx, { street, houseNumber, postcode }))?.point ?? null
  const placed = (await housesOfStreet(ctx, street)).filter(({ point }) => point !== null)
  return placed[Math.floor(placed.length / 2)]?.point ?? null
}

export const addressById = (ctx: Ctx, id: string): Promise<Address | null> => store.addressRow(ctx, id)

export const addressesByIds = (ctx: Ctx, ids: readonly string[]): Promise<Address[]> => store.addressRows(ctx, ids)

/** Every house of a street, however its name is spelt; empty for an unknown one. */
export const housesOfStreet = (ctx: Ctx, street: string): Promise<Address[]> => store.housesOfStreet(ctx, street)

export const districts = (ctx: Ctx): Promise<District[]> => store.allDistricts(ctx)

/** Houses whose point lies in the area. */
export async function addressesWithin(ctx: Ctx, area: Polygon | MultiPolygon): Promise<Address[]> {
  const near = await store.addressesInBox(ctx, bbox(area))
  return near.filter((address) => address.point && booleanPointInPolygon([...address.point], area))
}

/** Whether two people mean the same house: compared as the address list would find it. */
export function sameHouse(a: NamedAddress, b: NamedAddress): boolean {
  const [numberA, numberB] = [parseHouseNumber(a.houseNumber), parseHouseNumber(b.houseNumber)]
  if (!numberA || !numberB || formatHouseNumber(numberA) !== formatHouseNumber(numberB)) return false
  return (
    streetKey(a.street) === streetKey(b.street) &&
    (!a.postcode || !b.postcode || a.postcode.trim() === b.postcode.trim())
  )
}
