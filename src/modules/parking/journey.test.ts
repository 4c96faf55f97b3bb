import { beforeAll, expect, test } from 'vitest'
import { openCase, caseById, type OpenedCase } from '#modules/cases/public.ts'
import { musterstadt, type DemoCitizen } from '#modules/musterstadt/public.ts'
import { paymentReceived, paymentsFor } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { publish } from '#platform/events/publish.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '../../testing/city.ts'
import { permitsOfPlate } from './store/permits.ts'
import { townWithZones } from './testing/town.ts'

const city = await testCity()
const [anna, mehmet, juergen] = ['anna.becker', 'mehmet.yilmaz', 'juergen.mueller-luedenscheidt'].map((name) =>
  musterstadt().citizens.find(({ email }) => email.startsWith(`${name}@`))!,
) as [DemoCitizen, DemoCitizen, DemoCitizen]
let ctx: Ctx

beforeAll(async () => {
  ctx = await townWithZones(city, ['population'])
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

async function permitOf(who: typeof anna, plate: string) {
  const opened = await applyFor(plate, who)
  await pay(opened.caseId)
  const [permit] = await permitsOfPlate(ctx, plate)
  return { ...opened, permitId: permit!.id }
}
