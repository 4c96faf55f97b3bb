import * as turf from '@turf/turf'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildCity } from './domain/city.ts'
import { shareOut } from './domain/land/streets.ts'
import { musterstadt, random } from './public.ts'

const city = musterstadt()

describe('the land of Musterstadt', () => {
  test('has the size that the city promises', () => {
    expect(city.districts).toHaveLength(23)
    expect(city.addresses).toHaveLength(20_000)
    expect(city.parkingZones.map((zone) => zone.letter)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])
  })

  test('is filled by its districts without gap or overlap', () => {
    const sum = city.districts.reduce((area, district) => area + turf.area(district.area), 0)
    expect(sum / turf.area(city.boundary)).toBeCloseTo(1, 6)
    for (const district of city.districts) expect(turf.kinks(district.area).features).toHaveLength(0)
    for (const a of city.districts)
      for (const b of city.districts.filter((other) => other.number > a.number)) {
        const common = turf.intersect(turf.featureCollection([turf.feature(a.area), turf.feature(b.area)]))
        expect(common ? turf.area(common) : 0, `${a.name} and ${b.name}`).toBeLessThan(1)
      }
  })

  test('has every address in exactly one district, the one that it names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 19_999 }), (i) => {
        const address = city.addresses[i]!
        const around = city.districts.filter((district) =>
          turf.booleanPointInPolygon([...address.point], district.area),
        )
        expect(around.map((district) => district.id)).toEqual([address.districtId])
      }),
      { numRuns: 500 },
    )
  })

  test('has no house in the river and no two addresses of the same name or place', () => {
    for (let i = 0; i < 20_000; i += 40) {
      expect(turf.booleanPointInPolygon([...city.addresses[i]!.point], city.river)).toBe(false)
    }
    expect(new Set(city.addresses.map((address) => `${address.street} ${address.houseNumber}`)).size).toBe(20_000)
    expect(new Set(city.addresses.map((address) => address.point.join())).size).toBe(20_000)
    expect(new Set(city.streets.map((street) => street.name)).size).toBe(city.streets.length)
  })

  test('has parking zones of whole streets, and every house of theirs inside their area', () => {
    const zones = new Map(city.parkingZones.map((zone) => [zone.letter, zone]))
    const streets = new Map(city.streets.map((street) => [street.id, street]))
    const inZones = city.addresses.filter((address) => address.zone)
    expect(inZones.length).toBeGreaterThan(4_000)
    for (const address of inZones) {
      expect(streets.get(address.streetId)!.zone).toBe(address.zone)
      expect(turf.booleanPointInPolygon([...address.point], zones.get(address.zone!)!.area)).toBe(true)
    }
    for (const zone of city.parkingZones) expect(zone.capacity).toBeGreaterThan(50)
  })
})

describe('the people of Musterstadt', () => {
  const residents = [...city.residents()]

  test('are 100,000 with an id and a home each', () => {
    expect(residents).toHaveLength(100_000)
    expect(new Set(residents.map((resident) => resident.id)).size).toBe(100_000)
    const homes = new Set(city.addresses.map((address) => address.id))
    expect(residents.every((resident) => homes.has(resident.addressId))).toBe(true)
  })

  test('are of plausible age, and moved in after their birth', () => {
    const years = residents.map((resident) => 2026 - Number(resident.birthDate.slice(0, 4)))
    const minors = years.filter((age) => age < 18).length / years.length
    const old = years.filter((age) => age >= 65).length / years.length
    expect(minors).toBeGreaterThan(0.1)
    expect(minors).toBeLessThan(0.25)
    expect(old).toBeGreaterThan(0.12)
    expect(old).toBeLessThan(0.3)
    expect(residents.every((resident) => resident.movedInOn >= resident.birthDate)).toBe(true)
    expect(residents.every((resident) => resident.movedInOn <= '2026-11-01')).toBe(true)
  })

  test('have Anna Becker among them, with an account, a car and a home in a parking zone', () => {
    const anna = city.citizens[0]!
    expect(anna).toMatchObject({
      email: 'anna.becker@musterstadt.example',
      givenName: 'Anna',
      familyName: 'Becker',
      zone: 'A',
    })
    expect(anna.vehicles.length).toBeGreaterThan(0)
  })

  test('have accounts that agree with the register', () => {
    const register = new Map(residents.map((resident) => [resident.id, resident]))
    expect(city.citizens).toHaveLength(240)
    for (const citizen of city.citizens) {
      const { givenName, familyName, birthDate, street, houseNumber } = citizen
      expect(register.get(citizen.residentId)).toMatchObject({ givenName, familyName, birthDate, street, houseNumber })
    }
    const mails = [...city.citizens, ...city.staff].map((person) => person.email)
    expect(new Set(mails).size).toBe(mails.length)
    for (const mail of mails) expect(mail).toMatch(/^[a-z0-9.-]+@musterstadt\.example$/)
  })
})

describe('the city hall of Musterstadt', () => {
  test('has 12 units in a tree, 60 staff and 10 offices', () => {
    expect(city.units).toHaveLength(12)
    expect(city.units.filter((unit) => unit.parentId === null)).toHaveLength(1)
    for (const unit of city.units)
      expect(unit.parentId === null || city.units.some((other) => other.id === unit.parentId)).toBe(true)
    expect(city.staff).toHaveLength(60)
    for (const unit of city.units)
      expect(city.staff.filter((person) => person.unit === unit.id).length).toBeGreaterThanOrEqual(3)
    expect(city.offices).toHaveLength(10)
  })

  test('has the people whom the README names', () => {
    const roles = Object.fromEntries(city.staff.map((person) => [person.email, `${person.role} ${person.unit}`]))
    expect(roles['jonas.keller@musterstadt.example']).toBe('clerk strassenverkehr')
    expect(roles['petra.vogel@musterstadt.example']).toBe('officer ordnungsamt')
    expect(roles['admin@musterstadt.example']).toBe('administrator rathaus')
  })
})

describe('the generator', () => {
  test('makes the same city twice', () => {
    const again = buildCity()
    expect(again.districts).toEqual(city.districts)
    expect(again.addresses).toEqual(city.addresses)
    expect(again.citizens).toEqual(city.citizens)
    expect(again.staff).toEqual(city.staff)
    const [first, second] = [again.residents()[Symbol.iterator](), city.residents()[Symbol.iterator]()]
    for (let i = 0; i < 3_000; i++) expect(first.next().value).toEqual(second.next().value)
  })

  test('shares a total out without losing any', () => {
    fc.assert(
      fc.property(
        fc.nat(50_000),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 }),
        (total, weights) => {
          const shares = shareOut(total, weights)
          expect(shares.reduce((a, b) => a + b, 0)).toBe(total)
          expect(shares.every((share) => share >= 0)).toBe(true)
        },
      ),
    )
  })

  test('draws whole numbers within their bounds and valid UUIDs', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, min, width) => {
        const chance = random(seed)
        const value = chance.int(min, min + width)
        expect(value).toBeGreaterThanOrEqual(min)
        expect(value).toBeLessThanOrEqual(min + width)
        expect(chance.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        const at = Temporal.Instant.from('2026-11-26T22:00:00Z')
        expect(chance.uuid(at)).toMatch(/^01a219df-6300-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(chance.uuid(at.add({ milliseconds: 1 })) > chance.uuid(at)).toBe(true)
      }),
    )
  })
})
