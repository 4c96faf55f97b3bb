import { mkdtemp, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { testCity } from '../../testing/city.ts'
import { importAddresses, importDistricts } from './import.ts'
import {
  addressById,
  addressesWithin,
  complete,
  districts,
  findAddress,
  housesOfStreet,
  pointOfText,
  sameHouse,
} from './public.ts'
import { seed } from './seed.ts'
import { countAddresses } from './store.ts'

const city = await testCity()
const demo = musterstadt()
let ctx: Ctx

beforeAll(async () => {
  ctx = await city.ctx()
  await transaction(ctx, (ctx) => seed.run(ctx, () => undefined))
})

describe('the address list of Musterstadt', () => {
  test('holds 20,000 houses in 23 districts', async () => {
    expect((await countAddresses(ctx)).addresses).toBe(20_000)
    expect(await districts(ctx)).toHaveLength(23)
  })

  test.each(['Gerberstraße', 'gerberstr.', 'GERBER STRASSE', 'Gerber-Str'])('finds a house in "%s"', async (street) => {
    const house = await findAddress(ctx, { street, houseNumber: ' 12 ' })
    expect(house).toMatchObject({
      street: 'Gerberstraße',
      houseNumber: '12',
      postcode: '73801',
      districtId: 'altstadt',
    })
    expect(await addressById(ctx, house!.id)).toEqual(house)
  })

  test('finds no house that is not there', async () => {
    expect(await findAddress(ctx, { street: 'Gerberstraße', houseNumber: '999' })).toBeNull()
    expect(await findAddress(ctx, { street: 'Gerberstraße', houseNumber: 'zwölf' })).toBeNull()
    expect(await findAddress(ctx, { street: 'Gerberstraße', houseNumber: '12', postcode: '10115' })).toBeNull()
    expect(await findAddress(ctx, { street: "'; drop table x; --", houseNumber: '1' })).toBeNull()
    expect(await addressById(ctx, 'no id')).toBeNull()
  })

  test('finds every house of the demo city under its own name', async () => {
    for (let i = 0; i < demo.addresses.length; i += 499) {
      const { id, street, houseNumber, postcode } = demo.addresses[i]!
      expect((await findAddress(ctx, { street, houseNumber, postcode }))?.id).toBe(id)
    }
  })

  test('knows which houses lie in an area', async () => {
    const zone = demo.parkingZones[0]!
    const inside = await addressesWithin(ctx, zone.area)
    const expected = demo.addresses.filter((address) => address.zone === zone.letter)
    expect(new Set(inside.map((address) => address.id))).toEqual(new Set(expected.map((address) => address.id)))
  })
})

describe('while somebody types', () => {
  test('streets complete, the exact beginning first', async () => {
    const found = await complete(ctx, 'gerb')
    expect(found[0]!.label).toMatch(/^Gerber/)
    expect(found[0]!.houseNumber).toBeNull()
  })

  test('a slip of the finger still finds the street', async () => {
    expect((await complete(ctx, 'Gebrerstrasse')).map((entry) => entry.street)).toContain('Gerberstraße')
  })

  test('houses complete once a number is typed', async () => {
    const labels = (await complete(ctx, 'Gerberstr 1')).map((entry) => entry.label)
    expect(labels[0]).toBe('Gerberstraße 1')
    expect(labels).toContain('Gerberstraße 10')
  })

  test('too little or nonsense gives an empty list and no error', async () => {
    for (const text of ['', 'g', '%%%', '12', '\'"\\', '💥💥💥', 'x'.repeat(5000)])
      expect(Array.isArray(await complete(ctx, text))).toBe(true)
    expect(await complete(ctx, 'g')).toEqual([])
  })

  test('a line is a place: of the house, however the street is spelt, or of the middle of the street', async () => {
    const house = await pointOfText(ctx, 'gerberstr. 12, 73801 Musterstadt')
    expect(house).toEqual((await findAddress(ctx, { street: 'Gerberstraße', houseNumber: '12' }))!.point)
    const street = await pointOfText(ctx, 'Gerberstraße')
    expect(await pointOfText(ctx, 'Gerberstrasse')).toEqual(street)
    expect((await housesOfStreet(ctx, 'Gerberstraße')).map(({ point }) => point)).toContainEqual(street)
    for (const nowhere of ['Mondgasse', 'Mondgasse 7', 'Gerberstraße 999', '', '7'])
      expect(await pointOfText(ctx, nowhere)).toBeNull()
  })

  test('machines get the same by JSON', async () => {
    const answer = await city.get('/api/v1/addresses?q=gerberstr%2012&limit=3')
    expect(answer.status).toBe(200)
    expect(answer.json()[0]).toMatchObject({ label: 'Gerberstraße 12', street: 'Gerberstraße', houseNumber: '12' })
    expect((await city.get('/api/v1/addresses?q=ger&limit=500')).status).toBe(400)
    expect((await city.get('/api/v1/districts')).json().features).toHaveLength(23)
  })
})

describe('two ways to write one house', () => {
  test.each([
    ['Gerberstraße', '12a', 'Gerberstr.', '12 A', true],
    ['Gerberstraße', '12a', 'Gerberstraße', '12', false],
    ['Gerberstraße', '12', 'Gerbergasse', '12', false],
  ])('%s %s and %s %s', (street, houseNumber, otherStreet, otherNumber, same) => {
    expect(sameHouse({ street, houseNumber }, { street: otherStreet, houseNumber: otherNumber })).toBe(same)
  })
})

describe('an import', () => {
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  const file = async (name: string, text: string) => {
    const path = join(await mkdtemp(join(inject('testDir'), 'import ')), name)
    await writeFile(path, text)
    return path
  }

  test('of addresses from CSV adds, updates and names what it left out; twice changes nothing', async () => {
    const before = await countAddresses(ctx)
    const path = await file(
      'liste.csv',
      'Strasse;Hnr;PLZ;lon;lat\nNeue Musterstr.;1;73801;9.25;48.8\nGerberstraße;12;73801;;\nx;y;z;;\n',
    )
    await importAddresses.run(ctx, [path], print)
    expect(lines.at(-1)).toBe('2 addresses taken over, 1 left out')
    expect(await findAddress(ctx, { street: 'Neue Musterstraße', houseNumber: '1' })).toMatchObject({
      point: [9.25, 48.8],
    })
    const after = await countAddresses(ctx)
    expect(after.addresses).toBe(before.addresses + 1)
    await importAddresses.run(ctx, [path], print)
    expect(await countAddresses(ctx)).toEqual(after)
  })

  test('finds the district of a house by its place on the map', async () => {
    const house = demo.addresses.find((address) => address.districtId === 'rosental')!
    const path = await file(
      'liste.geojson',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { street: 'Ganz Neuer Weg', housenumber: 2, postcode: '73802' },
            geometry: { type: 'Point', coordinates: house.point },
          },
        ],
      }),
    )
    await importAddresses.run(ctx, [path], print)
    expect(await findAddress(ctx, { street: 'Ganz neuer Weg', houseNumber: '2' })).toMatchObject({
      districtId: 'rosental',
    })
  })

  const karlsruhe = join(import.meta.dirname, '../../../../shared/data/boundaries/karlsruhe_stadtteile.geojson')
  test.skipIf(!existsSync(karlsruhe))(
    'of the districts of Karlsruhe (shared data; skipped where it is absent)',
    async () => {
      const other = await city.addTenant('karlsruhe')
      const otherCtx = await other.ctx()
      await importDistricts.run(otherCtx, [karlsruhe], print)
      expect(await districts(otherCtx)).toHaveLength(27)
      expect(await districts(ctx)).toHaveLength(23)
    },
  )
})
