import { random, type Random } from '../random.ts'
import type { DemoAddress, DemoResident } from '../types.ts'
import { NAME_POOLS, type NamePool } from './names.ts'

/** The demo city's register is of this day; ages refer to it. */
export const REGISTER_YEAR = 2026

/** Households by size per thousand; shape of the census of large German cities, demo value. */
const SIZES = [430, 310, 125, 95, 30, 10]

/** A household that a story needs, in place of a random one. */
export interface KnownHousehold {
  readonly address: DemoAddress
  readonly people: readonly {
    readonly givenName: string
    readonly familyName: string
    readonly birthDate: string
    readonly gender: 'f' | 'm'
    readonly movedInOn: string
  }[]
}

/** Exactly `count` residents in households; those known come first. Each call makes the same people. */
export function* residentsOf(
  addresses: readonly DemoAddress[],
  known: readonly KnownHousehold[],
  count: number,
): Generator<DemoResident> {
  const chance = random('residents')
  let made = 0
  for (const household of known) {
    for (const resident of settle(household, chance)) {
      yield resident
      made += 1
    }
  }
  while (made < count) {
    for (const resident of household(chance, addresses)) {
      if (made === count) return
      yield resident
      made += 1
    }
  }
}

function settle({ address, people }: KnownHousehold, chance: Random): DemoResident[] {
  const householdId = chance.uuid()
  return people.map((person) => ({
    id: chance.uuid(),
    householdId,
    ...person,
    ...at(address),
    residence: 'main' as const,
  }))
}

function household(chance: Random, addresses: readonly DemoAddress[]): DemoResident[] {
  const address = chance.pick(addresses)
  const size = weighted(chance, SIZES) + 1
  const pool = NAME_POOLS[weighted(chance, POOL_SHARES)]!
  const householdId = chance.uuid()
  const family = chance.int(0, pool.family.length - 1)
  const eldest = size === 1 ? age(chance, 19, 96) : size === 2 ? age(chance, 22, 92) : age(chance, 26, 58)
  const residence = chance.chance(0.035) ? ('secondary' as const) : ('main' as const)
  const movedInOn = date(chance, REGISTER_YEAR - Math.min(eldest, chance.int(1, 30)))
  const together = size > 1 && chance.chance(size > 2 ? 0.85 : 0.9)
  const sameName = chance.chance(0.72)
  const firstGender = gender(chance)

  const people: DemoResident[] = []
  const add = (years: number, who: 'f' | 'm', familyIndex: number) => {
    const born = date(chance, REGISTER_YEAR - 1 - years)
    people.push({
      id: chance.uuid(),
      householdId,
      givenName: givenName(pool, born, who, chance),
      familyName: (who === 'f' ? (pool.familyFemale ?? pool.family) : pool.family)[familyIndex]!,
      birthDate: born,
      gender: who,
      ...at(address),
      residence,
      movedInOn: born > movedInOn ? born : movedInOn,
    })
  }
  add(eldest, firstGender, family)
  let left = size - 1
  if (together) {
    const partner = chance.chance(0.05) ? firstGender : firstGender === 'f' ? 'm' : 'f'
    add(Math.max(19, eldest + chance.int(-6, 4)), partner, sameName ? family : chance.int(0, pool.family.length - 1))
    left -= 1
  }
  for (; left > 0; left--) add(Math.max(0, Math.min(eldest - chance.int(20, 38), 24)), gender(chance), family)
  return people
}

const POOL_SHARES = NAME_POOLS.map((pool) => pool.share)
const gender = (chance: Random): 'f' | 'm' => (chance.chance(0.505) ? 'f' : 'm')

/** Ages with fewer very old people: the mean of two draws pulls towards the middle. */
const age = (chance: Random, min: number, max: number): number =>
  Math.round((chance.int(min, max) + chance.int(min, max)) / 2)

function at(address: DemoAddress) {
  const { id, street, houseNumber, postcode, place } = address
  return { addressId: id, street, houseNumber, postcode, place }
}

function givenName(pool: NamePool, born: string, who: 'f' | 'm', chance: Random): string {
  const year = Number(born.slice(0, 4))
  return chance.pick(pool.given.findLast((era) => era.bornFrom <= year)![who])
}

/** Any day of that year; 29 February is nobody's birthday. */
function date(chance: Random, year: number): string {
  const month = chance.int(1, 12)
  const day = chance.int(1, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function weighted(chance: Random, shares: readonly number[]): number {
  let at = chance.next() * shares.reduce((a, b) => a + b, 0)
  return shares.findIndex((share) => (at -= share) < 0)
}
