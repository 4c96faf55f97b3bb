import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { findAddress } from '#modules/addresses/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'
import { transaction } from '#platform/db/transaction.ts'
import { testCity } from '../../testing/city.ts'
import { importAreas } from './commands.ts'
import { listAreas } from './store/areas.ts'
import { allZones, zoneOfAddress } from './store/zones.ts'
import { check, kaseOf } from './testing/permits.ts'
import { townWithZones } from './testing/town.ts'
import { importParkingAreas, importZoneAddresses, importZones } from './use-cases/import.ts'

const city = await testCity()
const demo = musterstadt()
const CLERK = 'clerk@example.org'
let ctx: Ctx

beforeAll(async () => {
  ctx = await townWithZones(city)
  await transaction(ctx, (ctx) =>
    addStaff(ctx, { name: 'Clara Clerk', email: CLERK, unit: 'rathaus', roles: ['head'] }),
  )
}, 120_000)

const esslingen = join(import.meta.dirname, '../../../../shared/data/parking/esslingen_parking_areas.geojson')

describe('the parking areas of Esslingen', () => {
  test.skipIf(!existsSync(esslingen))(
    'are taken over with their letters and the words of their signs (shared data; skipped where it is absent)',
    async () => {
      const other = await city.addTenant('esslingen')
      const otherCtx = await other.ctx()
      const lines: string[] = []
      const importOf = (verb: string) =>
        city.app.modules.flatMap((module) => module.commands ?? []).find((command) => command.verb === verb)!
      const list = join(inject('testDir'), 'esslingen.csv')
      const houses = ['Rossmarkt;1;9.30615;48.74112', 'Doppelweg;1;9.30648;48.74278', 'Fernweg;1;9.2;48.7']
      await writeFile(list, `street;housenumber;lon;lat;postcode\n${houses.map((one) => `${one};73728\n`).join('')}`)
      await importOf('addresses').run(otherCtx, [list], () => undefined)
      await importAreas.run(otherCtx, [esslingen], (line) => lines.push(line))
      expect(lines.at(-1)).toBe('244 taken over, 6 left out')
      expect((await allZones(otherCtx)).map((zone) => zone.letter)).toEqual(['A', 'B', 'C', 'D', 'M', 'R'])
      expect((await allZones(otherCtx)).every((zone) => zone.area !== null && zone.capacity > 0)).toBe(true)

      const areas = await listAreas(otherCtx, { zone: null, kind: null })
      expect(areas).toHaveLength(244)
      expect(areas.filter((area) => area.zones.join() === 'M,D')).toHaveLength(7)
      expect(areas.filter((area) => area.permitTimes === 'Mo-Sa 19-8 Uhr und So')).toHaveLength(3)
      expect(areas.filter((area) => area.paidTimes === 'Mo-Sa 9-19 Uhr (für die Öffentlichkeit)')).toHaveLength(37)
      expect(areas.filter((area) => area.restriction?.includes('Marktende'))).toHaveLength(3)

      const page = await other.get('/parken/plaetze?zone=C')
      expect(page.body).toContain('Mit Ausweis frei: Mo-Fr 18-8 Uhr sowie Sa und So')
      const zone = await other.get('/parken/zonen/M')
      expect(zone.status).toBe(200)
      // Made from its bays, it has no name: it is not called after itself.
      expect(zone.body).toContain('<h1 class="kern-heading-large">Zone M</h1>')
      expect((await other.get('/parken')).body).not.toMatch(/Zone M[,:]/)
      expect((await city.get('/parken')).body).not.toContain('Zone R')

      // "Which zone is my address in?": where the areas around the bays of two zones overlap, only the city's list can say.
      const zoneOf = async (street: string) =>
        (await other.get(`/api/v1/parking/zone?street=${street}&houseNumber=1`)).json().zone
      expect(await Promise.all(['Rossmarkt', 'Doppelweg', 'Fernweg'].map(zoneOf))).toEqual(['R', undefined, undefined])
      await importZoneAddresses(otherCtx, 'Zone;Straße;Hausnummer\nM;Doppelweg;1\n')
      expect(await zoneOf('Doppelweg')).toBe('M')

      await importAreas.run(otherCtx, [esslingen], () => undefined)
      expect(await zoneOf('Doppelweg')).toBe('M')
      expect(await listAreas(otherCtx, { zone: null, kind: null })).toHaveLength(244)
      expect(await readFile(esslingen, 'utf8')).toContain('Frei für Parkausweis-Nr')
    },
  )
})

describe('zones from GeoJSON', () => {
  test('take the houses in their area, but the city’s own list comes first', async () => {
    const district = demo.districts.find((candidate) => candidate.id === 'nordstadt')!
    const elsewhere = demo.districts.find((candidate) => candidate.id !== 'nordstadt')!
    const features = [
      { type: 'Feature', properties: { letter: 'W', name: 'Zone W' }, geometry: elsewhere.area },
      { type: 'Feature', properties: { letter: 'n', name: 'Nordstadt' }, geometry: district.area },
      { type: 'Feature', properties: { letter: 'much too long' }, geometry: district.area },
      { type: 'Feature', properties: { letter: 'X' }, geometry: null },
    ]
    const imported = await importZones(ctx, JSON.stringify({ type: 'FeatureCollection', features }))
    expect(imported.taken).toBe(2)
    // A name that only says the letter again is none: the page would read "Zone W: Zone W".
    expect((await allZones(ctx)).find(({ letter }) => letter === 'W')!.name).toBe('')
    expect(imported.refused.map((entry) => entry.reason)).toEqual(['no-letter', 'no-area'])
    const house = demo.addresses.find((address) => address.districtId === 'nordstadt')!
    expect((await zoneOfAddress(ctx, house.id))!.letter).toBe('N')

    const listed = await importZoneAddresses(
      ctx,
      `Zone;Straße;Hausnummer\nA;${house.street};${house.houseNumber}\nQ;${house.street};\nA;Nirgendweg;1\n`,
    )
    expect(listed).toMatchObject({ taken: 1, refused: [{ at: 3 }, { at: 4 }] })
    expect((await zoneOfAddress(ctx, house.id))!.letter).toBe('A')
    await importZones(ctx, JSON.stringify({ type: 'FeatureCollection', features }))
    expect((await zoneOfAddress(ctx, house.id))!.letter).toBe('A')
  })

  test('come before an area that is only drawn around bays; where only bays say it, a clerk decides', async () => {
    // A zone of the city's own and one that has bays and no area lie over each other.
    const [north, alone] = ['nordstadt', 'weststadt'].map((id) => demo.districts.find((one) => one.id === id)!)
    const bays = [north!, alone!].map(({ area }, at) => ({
      type: 'Feature',
      properties: { fid: `bays-${at}`, 'Parkplatz-Typ': 'Bewohner-Parkplatz', 'Frei für Parkausweis-Nr': `Y${at}` },
      geometry: area,
    }))
    await exec(ctx.db, sql`delete from parking_zone_address`)
    await exec(ctx.db, sql`delete from parking_zone where letter <> 'N'`)
    expect(await importParkingAreas(ctx, JSON.stringify({ type: 'FeatureCollection', features: bays }))).toMatchObject({
      taken: 2,
    })
    const houseIn = (districtId: string) => demo.addresses.find((address) => address.districtId === districtId)!
    expect(await zoneOfAddress(ctx, houseIn(north!.id).id)).toMatchObject({ letter: 'N', isSure: true })
    const house = houseIn(alone!.id)
    expect(await zoneOfAddress(ctx, house.id)).toMatchObject({ letter: 'Y1', isGuessed: true, isSure: false })
    const { street, houseNumber } = house
    const finding = await check('parking.zone-of-address').run(ctx, kaseOf(), { address: { street, houseNumber } })
    expect(finding).toMatchObject({ outcome: 'unclear', data: { zone: 'Y1' } })
    expect((finding as { message: { de: string } }).message.de).toContain('Die Adresse liegt wohl in Zone Y1')
  })

  test('name a whole street in one line', async () => {
    await importZoneAddresses(ctx, 'zone,street,housenumber\nB,Gerberstr.,\n')
    for (const houseNumber of ['1', '12']) {
      const house = await findAddress(ctx, { street: 'Gerberstraße', houseNumber })
      expect((await zoneOfAddress(ctx, house!.id))!.letter).toBe('B')
    }
  })
})

describe('the page of imports', () => {
  const send = (content: string, kind: string, name = 'daten.geojson') =>
    city.upload('/workbench/parken/import', [{ field: 'file', name, content }], { kind }, { as: CLERK })

  test('takes a file and says what came of it', async () => {
    const feature = {
      type: 'Feature',
      properties: { fid: 'neu-1', 'Parkplatz-Typ': 'Bewohner-Parkplatz', 'Frei für Parkausweis-Nr': 'A' },
      geometry: demo.parkingAreas[0]!.area,
    }
    const answer = await send(JSON.stringify({ type: 'FeatureCollection', features: [feature, null] }), 'areas')
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('Eingelesen: 1. Ausgelassen: 1.')
    expect(answer.body).toContain('Eintrag 2: keine Fläche in Grad')
  })

  test.each([
    ['no JSON', 'hallo', 'areas', 'Die Datei ist kein GeoJSON'],
    ['another list', 'a;b\n1;2\n', 'addresses', 'fehlen die Spalten Zone und Straße'],
    ['a program', '#!/bin/sh\n', 'areas', 'Diese Datei können wir nicht lesen'],
    ['nothing said about it', '{}', 'x', 'Wählen Sie, was die Datei enthält.'],
    ['an empty file', '', 'areas', 'Wählen Sie eine Datei.'],
  ])('refuses %s', async (_, content, kind, words) => {
    const answer = await send(content, kind)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
  })

  test('is for those who manage parking', async () => {
    expect((await city.get('/workbench/parken/import')).status).not.toBe(200)
    expect((await city.get('/workbench/parken/import', { as: CLERK })).status).toBe(200)
  })
})
