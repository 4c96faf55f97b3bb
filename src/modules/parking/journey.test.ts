import { beforeAll, expect, test } from 'vitest'
import { openCase, caseById } from '#modules/cases/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { paymentReceived, paymentsFor } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { publish } from '#platform/events/publish.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '../../testing/city.ts'
import { permitsOfPlate } from './store/permits.ts'
import { townWithZones } from './testing/town.ts'

const city = await testCity()
const anna = musterstadt().citizens[0]!
let ctx: Ctx

beforeAll(async () => {
  ctx = await townWithZones(city, ['population'])
}, 120_000)

let applications = 0
async function apply(plate: string): Promise<string> {
  const { street, houseNumber, postcode, place } = anna
  const { caseId } = await openCase(ctx, {
    service: 'resident-parking',
    version: 1,
    answers: {
      person: { givenName: anna.givenName, familyName: anna.familyName, birthDate: anna.birthDate },
      address: { street, houseNumber, postcode, place },
      contact: { email: anna.email },
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
  return caseId
}

test('Anna gets her permit without a clerk: register, zone, no duplicate, fee, payment, permit', async () => {
  const caseId = await apply(anna.vehicles[0]!.plate)
  expect((await caseById(ctx, caseId))!.state).toBe('payment')
  expect(await permitsOfPlate(ctx, anna.vehicles[0]!.plate)).toMatchObject([{ state: 'reserved' }])
  const [payment] = await paymentsFor(ctx, `case:${caseId}`)
  await publish(ctx, paymentReceived, { paymentId: payment!.id, subject: `case:${caseId}`, cents: payment!.cents })
  await city.runJobs()
  expect((await caseById(ctx, caseId))!.state).toBe('granted')
  expect(await permitsOfPlate(ctx, anna.vehicles[0]!.plate)).toMatchObject([
    { state: 'valid', zone: 'A', caseId, email: anna.email },
  ])
})

test('a second application for the same car is refused, one for another car goes to a clerk', async () => {
  expect((await caseById(ctx, await apply(anna.vehicles[0]!.plate)))!.state).toBe('refused')
  expect((await caseById(ctx, await apply('MU-NE 1')))!.state).toBe('review')
})
