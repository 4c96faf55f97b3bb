import { beforeAll, expect, test } from 'vitest'
import { addStaff, addUnit } from '#modules/accounts/public.ts'
import { openCase, caseById, type OpenedCase } from '#modules/cases/public.ts'
import { musterstadt, type DemoCitizen } from '#modules/musterstadt/public.ts'
import { bankAccountOf, camtFile, paymentReceived, paymentsFor, type Payment } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, one, sql } from '#platform/db/db.ts'
import { publish } from '#platform/events/publish.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '../../testing/city.ts'
import { permitsOfPlate } from './store/permits.ts'
import { input, issued } from './testing/permits.ts'
import { townWithZones } from './testing/town.ts'

const HEAD = 'amt@city.example'
const CASHIER = 'kasse@city.example'

const city = await testCity()
const [anna, mehmet, juergen] = ['anna.becker', 'mehmet.yilmaz', 'juergen.mueller-luedenscheidt'].map((name) =>
  musterstadt().citizens.find(({ email }) => email.startsWith(`${name}@`))!,
) as [DemoCitizen, DemoCitizen, DemoCitizen]
let ctx: Ctx

beforeAll(async () => {
  ctx = await townWithZones(city, ['population'])
  await addUnit(ctx, { id: 'strassenverkehr', parentId: 'rathaus', name: { de: 'Straßenverkehr', en: 'Road traffic' } })
  await addUnit(ctx, { id: 'stadtkasse', parentId: 'rathaus', name: { de: 'Stadtkasse', en: 'Treasury' } })
  await addStaff(ctx, { name: 'Karin Kasse', email: CASHIER, unit: 'stadtkasse', roles: ['cashier'] })
  await addStaff(ctx, { name: 'Petra Amt', email: HEAD, unit: 'rathaus', roles: ['administrator'] })
}, 120_000)

let applications = 0
const apply = async (plate: string) => (await applyFor(plate)).caseId

async function applyFor(plate: string, who = anna): Promise<OpenedCase> {
  const { street, houseNumber, postcode, place } = who
  const opened = await openCase(ctx, {
    service: 'resident-parking',
    version: 1,
    answers: {
      person: { givenName: who.givenName, familyName: who.familyName, birthDate: who.birthDate },
      address: { street, houseNumber, postcode, place },
      contact: { email: who.email },
      vehicle: { plate, keeper: 'self' },
      certificate: [],
      permit: { startDate: today(ctx.clock).toString(), months: '12' },
      register: true,
      truthful: true,
    },
    files: [],
    applicant: { accountId: null, name: 'Anna Becker', email: anna.email, locale: 'de' },
    idempotencyKey: `journey ${applications++}`,
    channel: 'web',
  })
  await city.runJobs()
  return opened
}

async function pay(caseId: string): Promise<void> {
  const [payment] = await paymentsFor(ctx, `case:${caseId}`)
  const { id, cents } = payment!
  await publish(ctx, paymentReceived, { paymentId: id, subject: `case:${caseId}`, cents })
  await city.runJobs()
}

test('Anna gets her permit without a clerk: register, zone, no duplicate, fee, payment, permit', async () => {
  const caseId = await apply(anna.vehicles[0]!.plate)
  expect((await caseById(ctx, caseId))!.state).toBe('payment')
  expect(await permitsOfPlate(ctx, anna.vehicles[0]!.plate)).toMatchObject([{ state: 'reserved' }])
  await pay(caseId)
  expect((await caseById(ctx, caseId))!.state).toBe('granted')
  expect(await permitsOfPlate(ctx, anna.vehicles[0]!.plate)).toMatchObject([
    { state: 'valid', zone: 'A', caseId, email: anna.email },
  ])
})

test('a second application for the same car is refused, one for another car goes to a clerk', async () => {
  expect((await caseById(ctx, await apply(anna.vehicles[0]!.plate)))!.state).toBe('refused')
  expect((await caseById(ctx, await apply('MU-NE 1')))!.state).toBe('review')
})

test('without an account, number and code of the application open the permit for every change, and nobody else’s', async () => {
  const [one, other] = [await permitOf(mehmet, 'MU-KA 1'), await permitOf(juergen, 'MU-LE 2')]
  const { cookies, location } = await city.post('/stand', { nummer: one.caseNumber, code: one.accessCode })
  const status = await city.get(location, { cookies })
  const path = `/stand/${one.caseNumber}/parkausweise/${one.permitId}`
  expect(status.body).toContain(`href="${path}"`)
  expect((await city.get(path, { cookies })).body).toContain('Kennzeichen ändern')
  expect((await city.get(`${path}/ausweis.pdf`, { cookies })).headers['content-type']).toBe('application/pdf')

  expect((await city.get(path)).location).toBe(`/stand?nummer=${one.caseNumber}`)
  const foreign = `/stand/${one.caseNumber}/parkausweise/${other.permitId}`
  for (const word of ['', '/kennzeichen', '/rueckgabe'])
    expect((await city.get(`${foreign}${word}`, { cookies })).status).toBe(303)
  expect((await city.post(`${foreign}/rueckgabe`, {}, { cookies })).location).toBe(`/stand?nummer=${one.caseNumber}`)
  expect(await permitsOfPlate(ctx, 'MU-LE 2')).toMatchObject([{ state: 'valid' }])

  const certificate = [{ field: 'certificate', name: 'Fahrzeugschein.pdf', content: '%PDF-1.7\n%%EOF\n' }]
  const changed = await city.upload(`${path}/kennzeichen`, certificate, { plate: 'MU-KA 77' }, { cookies })
  const now = await city.get(changed.location, { cookies })
  expect(now.body).toContain('Das Kennzeichen ist geändert.')
  expect(now.body).toContain('MU-KA 77')
  expect((await city.get(location, { cookies })).body).toContain(changed.location.split('?')[0])
  // The certificate is with the case, and its unit sees that something has come in.
  expect((await city.get(location, { cookies })).body).toContain('Fahrzeugschein.pdf')
  expect((await caseById(ctx, one.caseId))!.newsAt).not.toBeNull()
  const returned = await city.post(`${changed.location.split('?')[0]}/rueckgabe`, {}, { cookies })
  expect((await city.get(returned.location, { cookies })).body).toContain('Der Ausweis ist zurückgegeben.')
})

test('who has paid for a car that somebody else got a permit for meanwhile is asked for no more: issued, or refunded', async () => {
  const first = await paidButTaken('MU-TA 1')
  const step = (name: string, fields: object) => takeStep(first.caseNumber, name, fields)
  expect((await caseById(ctx, first.caseId))!.state).toBe('taken')
  // The step that was refused has left nothing behind: nobody is told that the permit was granted.
  const { entries } = await one(
    ctx.db,
    sql<{ entries: string }>`select coalesce(string_agg(data ->> 'to', ' ' order by position), '') as entries
      from audit_entry where subject = ${`case:${first.caseId}`} and action = 'cases.moved'`,
  )
  expect(entries).toBe('payment taken')
  const early = await step('issue', {})
  expect(early.status).toBe(409)
  expect(early.json().detail).toContain('Ein anderer Ausweis belegt inzwischen')
  await exec(
    ctx.db,
    sql`update parking_permit set state = 'returned' where plate = 'MU-TA 1' and family_name = 'Muster'`,
  )
  expect((await step('issue', {})).status).toBe(200)
  expect(await permitsOfPlate(ctx, 'MU-TA 1')).toContainEqual(
    expect.objectContaining({ state: 'valid', caseId: first.caseId }),
  )
  expect(await paymentsFor(ctx, `case:${first.caseId}`)).toMatchObject([{ state: 'paid', refundedCents: 0 }])

  const second = await paidButTaken('MU-TA 2')
  const refused = await takeStep(second.caseNumber, 'refuse-and-refund', { grounds: 'Der andere Ausweis gilt.' })
  expect(refused.json().state.name).toBe('refused')
  const [payment] = await paymentsFor(ctx, `case:${second.caseId}`)
  expect(payment).toMatchObject({ state: 'refunded', refundedCents: payment!.cents })
  const mails = await many(
    ctx.db,
    sql<{ text: string }>`select paragraphs::text as text from notifications_message where case_id = ${second.caseId}`,
  )
  expect(mails.map(({ text }) => text).join()).toContain('Was Sie bezahlt haben, bekommen Sie auf demselben Weg zurück')
})

test('a permit is not issued by hand where the bank has called the money back meanwhile, until it is paid again', async () => {
  const { caseId, caseNumber } = await paidButTaken('MU-TA 3')
  await exec(ctx.db, sql`update parking_permit set state = 'returned' where plate = 'MU-TA 3'`)
  await bank(caseId, { back: true })
  const refused = await takeStep(caseNumber, 'issue', {})
  expect(refused.status).toBe(409)
  expect(refused.json().detail).toBe('Die Gebühr ist nicht bezahlt, oder das Geld ging zurück.')
  expect(await permitsOfPlate(ctx, 'MU-TA 3')).toMatchObject([{ state: 'returned' }])
  await bank(caseId)
  expect((await takeStep(caseNumber, 'issue', {})).status).toBe(200)
  expect((await permitsOfPlate(ctx, 'MU-TA 3')).map(({ state }) => state).toSorted()).toEqual(['returned', 'valid'])
})

async function paidButTaken(plate: string): Promise<OpenedCase> {
  // He has no other, and what is kept for him while he pays is gone.
  await exec(ctx.db, sql`delete from parking_permit`)
  const opened = await applyFor(plate, mehmet)
  await exec(ctx.db, sql`delete from parking_permit`)
  const { street, houseNumber, postcode, place } = mehmet
  const holder = { ...input.holder, familyName: 'Muster' }
  await issued(ctx, { plate, holder, address: { street, houseNumber, postcode, place } })
  await bank(opened.caseId)
  return opened
}

let statements = 0
/** The fee of the case stands on a statement: it came in, or the bank called it back. */
async function bank(caseId: string, { back = false } = {}): Promise<void> {
  const [{ cents, reference }] = (await paymentsFor(ctx, `case:${caseId}`)) as [Payment]
  const { iban } = bankAccountOf(ctx)!
  const id = `statement ${(statements += 1)}`
  const booked = { cents: back ? -cents : cents, reversal: back, remittance: reference, bankReference: id }
  const movements = [{ ...booked, party: 'Mehmet Yılmaz', partyIban: iban }]
  const content = camtFile({ iban, on: today(ctx.clock).toString(), id, movements })
  const file = { field: 'file', name: 'auszug.xml', content }
  expect((await city.upload('/workbench/zahlungen/kontoauszuege', [file], {}, { as: CASHIER })).status).toBe(303)
  await city.runJobs()
}

async function takeStep(caseNumber: string, name: string, fields: object) {
  const path = `/api/v1/workbench/cases/${caseNumber}`
  const etag = String((await city.json('GET', path, undefined, { as: HEAD })).headers['etag'])
  return city.json('POST', `${path}/transitions/${name}`, fields, { as: HEAD, headers: { 'if-match': etag } })
}

async function permitOf(who: typeof anna, plate: string) {
  const opened = await applyFor(plate, who)
  await pay(opened.caseId)
  const [permit] = await permitsOfPlate(ctx, plate)
  return { ...opened, permitId: permit!.id }
}
