import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen, addStaff, addUnit } from '#modules/accounts/public.ts'
import { openCase } from '#modules/cases/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '../../testing/city.ts'
import type { Permit } from './domain/permit.ts'
import { permitById } from './store/permits.ts'
import { townWithZones } from './testing/town.ts'
import { issuePermit } from './use-cases/issue.ts'

const city = await testCity()
const demo = musterstadt()
const HOLDER = 'holder@example.org'
const OTHER = 'other@example.org'
const CLERK = 'clerk@example.org'
const FOREIGN_CLERK = 'foreign@example.org'
const OFFICER = 'officer@example.org'
let ctx: Ctx
let holderId: string

beforeAll(async () => {
  ctx = await townWithZones(city)
  await transaction(ctx, async (ctx) => {
    for (const id of ['strassenverkehr', 'kulturamt'])
      await addUnit(ctx, { id, parentId: 'rathaus', name: { de: id, en: id } })
    holderId = (await addCitizen(ctx, { name: 'Hanna Halter', email: HOLDER })).id
    await addCitizen(ctx, { name: 'Otto Andermann', email: OTHER })
    await addStaff(ctx, { name: 'Clara Clerk', email: CLERK, unit: 'strassenverkehr', roles: ['head'] })
    await addStaff(ctx, { name: 'Karl Kultur', email: FOREIGN_CLERK, unit: 'kulturamt', roles: ['head'] })
    await addStaff(ctx, { name: 'Olga Officer', email: OFFICER, unit: 'strassenverkehr', roles: ['officer'] })
  })
}, 120_000)

let plates = 100
async function permit(zone = 'A', months = 12, from = today(ctx.clock)): Promise<Permit> {
  const house = demo.addresses.find((address) => address.zone === zone)!
  const { street, houseNumber, postcode, place } = house
  const applicant = { accountId: holderId, name: 'Hanna Halter', email: HOLDER, locale: 'de' } as const
  const { caseId } = await openCase(ctx, {
    service: 'resident-parking',
    version: 1,
    answers: {},
    files: [],
    applicant,
    idempotencyKey: newId(),
    channel: 'web',
  })
  const issued = await issuePermit(
    ctx,
    { id: caseId, unit: 'strassenverkehr', applicant },
    {
      plate: `MU-HA ${plates++}`,
      zone,
      from,
      until: from.add({ months }),
      holder: { givenName: 'Hanna', familyName: 'Halter', birthDate: Temporal.PlainDate.from('1990-02-03') },
      address: { street, houseNumber, postcode, place },
    },
  )
  return issued.permit
}

describe('the map page', () => {
  test('shows every zone on the map and in the list, without scripts', async () => {
    const page = await city.get('/parken')
    for (const zone of demo.parkingZones) {
      expect(page.body).toContain(`aria-label="Zone ${zone.letter}, ${zone.name}"`)
      expect(page.body.split(`/parken/zonen/${zone.letter}"`).length).toBe(3)
    }
    expect(page.body).toContain('<svg')
  })

  test('says so where a city has no zones', async () => {
    const other = await city.addTenant('leerstadt')
    expect((await other.get('/parken')).body).toContain('Es gibt noch keine Bewohnerparkzonen')
  })

  test.each([
    ['/parken/zonen/A', 200, 'Gerberstraße'],
    ['/en/parken/zonen/A', 200, 'Streets in the zone'],
    ['/parken/zonen/Z', 404, ''],
    ['/parken/plaetze?zone=A', 200, 'Parkschein: Mo-Sa 9-19 Uhr (für die Öffentlichkeit)'],
    ['/parken/plaetze?page=-1&kind=💥', 200, 'Keine Stellplätze gefunden'],
    ['/parken/plaetze?page=99999', 200, ''],
  ])('%s answers %i', async (path, status, words) => {
    const page = await city.get(path)
    expect(page.status).toBe(status)
    expect(page.body).toContain(words)
  })
})

describe('"Welche Zone hat meine Adresse?"', () => {
  test.each([
    ['street=Gerberstr.&houseNumber=12', 'Ihre Adresse liegt in Zone A, Altstadt Ost'],
    ['street=Asternweg&houseNumber=1', 'in keiner Bewohnerparkzone'],
    ['street=Gebrerstrase&houseNumber=12', 'Gerberstraße'],
    ['street=&houseNumber=', 'Geben Sie Ihre Straße ein.'],
    ['street=Gerberstraße', 'Geben Sie Ihre Hausnummer ein.'],
  ])('%s: %s', async (query, words) => expect((await city.get(`/parken/zone?${query}`)).body).toContain(words))

  test('is answered by JSON, too', async () => {
    expect((await city.get('/api/v1/parking/zone?street=gerberstr&houseNumber=12')).json()).toEqual({
      zone: 'A',
      name: 'Altstadt Ost',
    })
    expect((await city.get('/api/v1/parking/zone?street=Asternweg&houseNumber=1')).status).toBe(404)
    expect((await city.get('/api/v1/parking/zone?street=x')).status).toBe(400)
    const zones = (await city.get('/api/v1/parking/zones')).json()
    expect(zones.features).toHaveLength(8)
    expect((await city.get('/api/v1/parking/areas?zone=A')).json().features.length).toBeGreaterThan(20)
  })
})

const certificate = (content = '%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') => [
  { field: 'certificate', name: 'Fahrzeugschein.pdf', content },
]

describe("a person's permits", () => {
  test('are shown to that person alone', async () => {
    const mine = await permit()
    expect((await city.get('/konto/parkausweise', { as: HOLDER })).body).toContain(mine.plate)
    expect((await city.get(`/konto/parkausweise/${mine.id}`, { as: HOLDER })).body).toContain(mine.number)
    expect((await city.get(`/konto/parkausweise/${mine.id}`, { as: OTHER })).status).toBe(404)
    for (const path of ['kennzeichen', 'umzug', 'verlust', 'rueckgabe']) {
      expect(
        (await city.post(`/konto/parkausweise/${mine.id}/${path}`, { plate: 'MU-X 1' }, { as: OTHER })).status,
      ).toBe(404)
      expect((await city.get(`/konto/parkausweise/${mine.id}/${path}`, { as: HOLDER })).status).toBe(200)
    }
    expect((await city.get(`/konto/parkausweise/${mine.id}/ausweis.pdf`, { as: OTHER })).status).toBe(404)
    expect((await city.get('/konto/parkausweise')).status).not.toBe(200)
    expect((await city.get('/konto/parkausweise', { as: OTHER })).body).toContain('Sie haben noch keinen Parkausweis')
  })

  test('come as PDF', async () => {
    const answer = await city.get(`/konto/parkausweise/${(await permit()).id}/ausweis.pdf`, { as: HOLDER })
    expect(answer.headers['content-type']).toBe('application/pdf')
    expect(answer.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('that were never printed are printed when they are asked for', async () => {
    const mine = await permit()
    await exec(ctx.db, sql`update parking_permit set file_id = null where id = ${mine.id}::uuid`)
    expect((await city.get(`/konto/parkausweise/${mine.id}/ausweis.pdf`, { as: HOLDER })).status).toBe(200)
    expect((await permitById(ctx, mine.id))!.fileId).not.toBeNull()
  })

  test('change their plate; what was typed stays where it is wrong', async () => {
    const mine = await permit()
    const wrong = await city.post(
      `/konto/parkausweise/${mine.id}/kennzeichen`,
      { plate: 'ganz falsch' },
      { as: HOLDER },
    )
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('Geben Sie das Kennzeichen so ein: S-AB 1234.')
    expect(wrong.body).toContain('value="ganz falsch"')
    expect(wrong.body).toContain('Laden Sie den Fahrzeugschein des neuen Autos hoch.')
    const change = `/konto/parkausweise/${mine.id}/kennzeichen`
    const program = await city.upload(change, certificate('MZ program'), { plate: 'mu-zz 99' }, { as: HOLDER })
    expect(program.body).toContain('Wählen Sie ein PDF oder ein Foto.')
    // The certificate stays where the plate is wrong.
    const half = await city.upload(change, certificate(), { plate: 'falsch' }, { as: HOLDER })
    expect(half.body).toContain('Fahrzeugschein.pdf')
    const uploaded = /name="uploaded" value="([^"]+)"/.exec(half.body)![1]!
    const right = await city.post(change, { plate: 'mu-zz 99', uploaded }, { as: HOLDER })
    expect(right.status).toBe(303)
    expect((await city.get(right.location, { as: HOLDER })).body).toContain('Das Kennzeichen ist geändert.')
    const again = await city.get(`/konto/parkausweise/${mine.id}/kennzeichen`, { as: HOLDER })
    expect(again.status).toBe(303)
  })

  test('are given back', async () => {
    const mine = await permit()
    expect((await city.get(`/konto/parkausweise/${mine.id}/rueckgabe`, { as: HOLDER })).body).toContain(
      'keine Zahlung vermerkt',
    )
    const done = await city.post(`/konto/parkausweise/${mine.id}/rueckgabe`, {}, { as: HOLDER })
    const page = await city.get(done.location, { as: HOLDER })
    expect(page.body).toContain('Zurückgegeben')
    expect(page.body).toContain('Diesen Ausweis können Sie nicht mehr ändern.')
  })

  test('do all that by JSON', async () => {
    const mine = await permit()
    const list = await city.json('GET', '/api/v1/parking/permits', undefined, { as: HOLDER })
    expect(list.json().map((entry: { id: string }) => entry.id)).toContain(mine.id)
    const url = `/api/v1/parking/permits/${mine.id}`
    const file = (
      await city.upload('/api/v1/services/resident-parking/files', certificate(), {}, { as: HOLDER })
    ).json()
    const change = (plate: string, as: string, ids = [file.id]) =>
      city.json('POST', `${url}/plate-change`, { plate, certificate: ids }, { as })
    expect((await change('x', HOLDER)).status).toBe(422)
    expect((await change('MU-JS 1', HOLDER, [mine.id])).status).toBe(422)
    expect((await change('MU-JS 1', HOLDER, [])).status).toBe(400)
    expect((await change('MU-JS 1', OTHER)).status).toBe(404)
    const changed = await change('MU-JS 1', HOLDER)
    expect(changed.status).toBe(201)
    expect((await city.json('POST', `${url}/loss`, {}, { as: HOLDER })).status).toBe(409)
    const lost = await city.json('POST', `/api/v1/parking/permits/${changed.json().id}/loss`, {}, { as: HOLDER })
    expect(lost.json()).toMatchObject({ plate: 'MU-JS 1', standing: 'valid' })
    const returned = await city.json('POST', `/api/v1/parking/permits/${lost.json().id}/return`, {}, { as: HOLDER })
    expect(returned.json()).toEqual({ refundCents: 0 })
  })
})

describe('the workbench', () => {
  test('lists permits of the own unit alone', async () => {
    const mine = await permit()
    expect((await city.get('/workbench/parken', { as: CLERK })).body).toContain(mine.number)
    expect((await city.get('/workbench/parken', { as: FOREIGN_CLERK })).body).not.toContain(mine.number)
    expect((await city.get(`/workbench/parken/ausweise/${mine.id}`, { as: FOREIGN_CLERK })).status).toBe(404)
    expect((await city.get(`/workbench/parken/ausweise/${mine.id}`, { as: CLERK })).status).toBe(200)
    expect((await city.get('/workbench/parken', { as: OFFICER })).status).toBe(403)
    expect((await city.get('/workbench/parken', { as: HOLDER })).status).toBe(403)
  })

  test('finds by plate, number, name and street, and filters by zone and state', async () => {
    const mine = await permit('B')
    const shows = async (query: string) =>
      (await city.get(`/workbench/parken?${query}`, { as: CLERK })).body.includes(mine.number!)
    expect(await shows(`q=${mine.plate.replace('-', '').toLowerCase()}`)).toBe(true)
    expect(await shows(`q=${mine.number}`)).toBe(true)
    expect(await shows(`q=hanna+halter&zone=B&standing=valid&sort=name&direction=asc`)).toBe(true)
    expect(await shows(`q=${encodeURIComponent(mine.street)}`)).toBe(true)
    expect(await shows('zone=C')).toBe(false)
    expect(await shows('standing=expired')).toBe(false)
    expect(await shows('q=%25%25_%5C')).toBe(false)
  })

  test('gives the list as CSV', async () => {
    const mine = await permit()
    const answer = await city.get('/workbench/parken/ausweise.csv', { as: CLERK })
    expect(answer.headers['content-type']).toContain('text/csv')
    expect(answer.body).toContain(`${mine.number};${mine.plate};A;`)
    expect((await city.get('/workbench/parken/zonen.csv', { as: CLERK })).body).toContain('A;Altstadt Ost;')
  })

  test('acts for a holder, and is not spoken to as if it were the holder', async () => {
    const before = await permit()
    // The certificate lies on the clerk's desk; the holder has to send it.
    const plate = { plate: `MU-CL ${plates++}` }
    const changed = await city.post(`/workbench/parken/ausweise/${before.id}/kennzeichen`, plate, { as: CLERK })
    expect(changed.status).toBe(303)
    const mine = await permit()
    for (const change of ['kennzeichen', 'umzug', 'verlust', 'rueckgabe']) {
      const page = await city.get(`/workbench/parken/ausweise/${mine.id}/${change}`, { as: CLERK })
      expect(page.status).toBe(200)
      expect(page.body).not.toMatch(
        /\b(Ihr|Ihre|Ihrem|Ihren) (alter |neue )?(Ausweis|Adresse|Umzug)|bekommen Sie|Sie bekommen/,
      )
    }
    const done = await city.post(`/workbench/parken/ausweise/${mine.id}/verlust`, {}, { as: CLERK })
    expect((await city.get(done.location, { as: CLERK })).body).toContain('Der Verlust ist vermerkt.')
    const rows = await many(
      ctx.db,
      sql<{
        action: string
      }>`select action from audit_entry where subject = ${`permit:${mine.line}`} order by position`,
    )
    expect(rows.map((row) => row.action)).toEqual(['parking.permit-issued', 'parking.lost'])
  })
})

describe('the check in the street', () => {
  const check = async (fields: Record<string, string>) => {
    const answer = await city.post('/workbench/parken/kontrolle', fields, { as: OFFICER })
    return answer.status === 303 ? city.get(answer.location, { as: OFFICER }) : answer
  }

  test('tells valid, other zone, expired and none, however the plate is typed', async () => {
    const mine = await permit('A')
    const old = await permit('A', 6, today(ctx.clock).subtract({ months: 7 }))
    expect((await check({ plate: mine.plate.toLowerCase().replace('-', ''), zone: 'A' })).body).toContain(
      'data-result="valid"',
    )
    expect((await check({ plate: mine.plate, zone: '' })).body).toContain('data-result="valid"')
    expect((await check({ plate: mine.plate, zone: 'B' })).body).toContain('data-result="other-zone"')
    expect((await check({ plate: old.plate, zone: 'A' })).body).toContain('data-result="expired"')
    expect((await check({ plate: 'MU-QQ 1', zone: 'A' })).body).toContain('data-result="none"')
    expect((await check({ plate: mine.number!, zone: 'A' })).body).toContain('data-result="valid"')
  })

  test('keeps the zone for the next car, shows no holder and no plate in an address', async () => {
    const mine = await permit('C')
    const answer = await city.post('/workbench/parken/kontrolle', { plate: mine.plate, zone: 'C' }, { as: OFFICER })
    expect(answer.location).not.toMatch(/MU/)
    const page = await city.get(answer.location, { as: OFFICER })
    expect(page.body).not.toContain('Halter')
    expect(page.body).toMatch(/value="C" checked/)
    expect(page.body).toContain('Meine Prüfungen dieser Schicht')
    expect((await city.get(answer.location, { as: CLERK })).status).toBe(403)
  })

  test.each(['', '???', 'x'.repeat(200), '<script>'])('refuses "%s" and keeps it in the field', async (plate) => {
    const answer = await check({ plate })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Geben Sie ein Kennzeichen ein')
    expect(answer.body).not.toContain('<script>')
  })

  test('forgets the plate after the shift', async () => {
    await check({ plate: 'MU-QQ 7' })
    await city.runJob('parking.forget-plates')
    const plates = () => many(ctx.db, sql<{ plate: string | null }>`select plate from parking_lookup`)
    expect((await plates()).some((row) => row.plate === 'MU-QQ 7')).toBe(true)
    city.clock.advance({ hours: 13 })
    await city.runJob('parking.forget-plates')
    expect((await plates()).every((row) => row.plate === null)).toBe(true)
    city.clock.set('2030-03-13T08:30:00Z')
  })

  test('is open to machines with a token', async () => {
    const mine = await permit('D')
    const answer = await city.json('POST', '/api/v1/parking/lookups', { plate: mine.plate, zone: 'D' }, { as: OFFICER })
    expect(answer.json()).toMatchObject({ result: 'valid', zone: 'D' })
    expect((await city.json('POST', '/api/v1/parking/lookups', { plate: '!' }, { as: OFFICER })).status).toBe(422)
    expect((await city.json('POST', '/api/v1/parking/lookups', { plate: mine.plate }, { as: HOLDER })).status).toBe(403)
  })
})
