import { describe, expect, test } from 'vitest'
import { caseMoved } from '#modules/cases/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { newId } from '#platform/db/id.ts'
import { publish } from '#platform/events/publish.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '../../testing/city.ts'
import { insertPermit, reservationOf } from './store/permits.ts'
import { check, home, input, issued, kaseOf, permitTown } from './testing/permits.ts'
import { reserve } from './use-cases/issue.ts'

const city = await testCity()
const demo = musterstadt()
const ctx = await permitTown(city)

describe('the zone of an address', () => {
  const zoneOf = (address: unknown) => check('parking.zone-of-address').run(ctx, kaseOf(), { address })

  test('comes from the address list', async () => {
    expect(await zoneOf({ street: 'gerberstr.', houseNumber: '12' })).toMatchObject({
      outcome: 'ok',
      data: { zone: 'A', zoneName: 'Altstadt Ost' },
    })
  })
  test('is none outside, and unclear for a house that nobody knows', async () => {
    const outside = demo.addresses.find((address) => address.zone === null)!
    expect((await zoneOf(outside)).outcome).toBe('no')
    expect((await zoneOf({ street: 'Nirgendweg', houseNumber: '1' })).outcome).toBe('unclear')
  })
})

describe('a duplicate', () => {
  const duplicate = (more: Record<string, unknown> = {}, kase = kaseOf()) =>
    check('parking.no-duplicate').run(ctx, kase, { ...input, zone: 'A', ...more })

  test('is none where car, zone and time are free, which are then kept for the case', async () => {
    const kase = kaseOf()
    expect(await duplicate({}, kase)).toMatchObject({ outcome: 'ok' })
    expect(await reservationOf(ctx, kase.id)).toMatchObject({
      state: 'reserved',
      zone: 'A',
      plate: 'MU-AB 123',
      number: null,
    })
    expect((await duplicate({}, kase)).outcome).toBe('ok')
    expect((await duplicate()).outcome).toBe('no')
  })

  test('is refused for the same car, or shown to the clerk, as the service says', async () => {
    const permit = await issued(ctx)
    expect(await duplicate()).toMatchObject({
      outcome: 'no',
      data: { permits: [permit.number], same: ['plate', 'person'] },
    })
    expect((await duplicate({ samePlate: 'show', samePerson: 'allow' })).outcome).toBe('unclear')
    expect((await duplicate({ from: '2031-03-13' })).outcome).toBe('ok')
  })

  test('of the same person with another car is shown to the clerk, and the car is kept for the case', async () => {
    await issued(ctx)
    const kase = kaseOf()
    expect((await duplicate({ plate: 'MU-CD 9' }, kase)).outcome).toBe('unclear')
    expect(await reservationOf(ctx, kase.id)).toMatchObject({ plate: 'MU-CD 9' })
  })

  test('of two applications at once, one is told', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(async () => (await duplicate({ samePerson: 'allow' })).outcome))
    expect(outcomes.toSorted()).toEqual(['no', 'no', 'no', 'ok'])
  })

  test('is set free when its case ends without a permit', async () => {
    const kase = kaseOf()
    await duplicate({}, kase)
    await publish(ctx, caseMoved, {
      caseId: kase.id,
      caseNumber: 'BPA-2030-000001-1',
      service: 'resident-parking',
      transition: 'withdraw',
      from: 'payment',
      to: 'withdrawn',
      outcome: 'withdrawn',
    } as never)
    await city.runJobs({ ignoreFailures: true })
    expect(await reservationOf(ctx, kase.id)).toBeNull()
  })

  test('cannot get into the database, whatever the program does', async () => {
    const permit = await issued(ctx)
    const twin = { ...permit, id: newId(), number: 'BP-2030-TWIN34', checkHash: null, caseId: newId() }
    await expect(insertPermit(ctx, twin)).rejects.toThrow(/parking_permit_once/)
    await expect(insertPermit(ctx, { ...twin, zone: 'B' })).resolves.toBeUndefined()
  })
})

describe('a reservation', () => {
  test('can be asked for again and is brought up to date', async () => {
    const kase = kaseOf()
    const wish = {
      plate: 'MU-AB 1',
      zone: 'A',
      from: today(ctx.clock),
      until: today(ctx.clock).add({ months: 6 }),
      holder: { givenName: 'Anna', familyName: 'Becker', birthDate: null },
      address: home,
    }
    expect(await reserve(ctx, kase, wish)).toBe(true)
    expect(await reserve(ctx, kase, { ...wish, plate: 'MU-AB 2' })).toBe(true)
    expect(await reservationOf(ctx, kase.id)).toMatchObject({ plate: 'MU-AB 2' })
  })
})
