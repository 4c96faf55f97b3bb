import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ActionRefused } from '#modules/cases/public.ts'
import type { CaseAction, CaseCheck, CaseForAction } from '#modules/cases/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { paymentsFor, recordPastPayments } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { publish } from '#platform/events/publish.ts'
import { caseMoved } from '#modules/cases/public.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '../../testing/city.ts'
import { caseExtensions } from './case-extensions.ts'
import { lastDay, type Permit } from './domain/permit.ts'
import { insertPermit, permitById, permitsOfLine, reservationOf } from './store/permits.ts'
import { townWithZones } from './testing/town.ts'
import { changePlate, movePermit, reportLoss } from './use-cases/changes.ts'
import { issuePermit, reserve } from './use-cases/issue.ts'
import { remindHolders } from './use-cases/remind.ts'
import { refundShare, returnPermit } from './use-cases/return.ts'

const city = await testCity()
const demo = musterstadt()
const anna = demo.citizens[0]!
const provided = (name: string) => caseExtensions.find((candidate) => candidate.name === name)!.value
let ctx: Ctx

beforeAll(async () => {
  ctx = await townWithZones(city, ['population'])
}, 120_000)
beforeEach(async () => {
  city.clock.set('2030-03-13T08:30:00Z')
  await exec(ctx.db, sql`delete from parking_permit`)
})

const { street, houseNumber, postcode, place } = anna
const input = {
  plate: 'MU-AB 123',
  address: { street, houseNumber, postcode, place },
  givenName: 'Anna',
  familyName: 'Becker',
  birthDate: anna.birthDate,
  holder: { givenName: 'Anna', familyName: 'Becker', birthDate: anna.birthDate },
  from: '2030-03-13',
  months: '12',
}

function kaseOf(id = newId()): CaseForAction {
  return {
    id,
    unit: 'strassenverkehr',
    applicant: { accountId: null, name: 'Anna Becker', email: anna.email, locale: 'de' },
  } as CaseForAction
}

async function issued(more: Partial<typeof input> = {}, kase = kaseOf()): Promise<Permit> {
  const result = await (provided('parking.issue-permit') as CaseAction).run(ctx, kase, { ...input, ...more })
  return (await permitById(ctx, (result as { data: { permitId: string } }).data.permitId))!
}

describe('the zone of an address', () => {
  const check = (address: unknown) => (provided('parking.zone-of-address') as CaseCheck).run(ctx, kaseOf(), { address })

  test('comes from the address list', async () => {
    expect(await check({ street: 'gerberstr.', houseNumber: '12' })).toMatchObject({
      outcome: 'ok',
      data: { zone: 'A', zoneName: 'Altstadt Ost' },
    })
  })
  test('is none outside, and unclear for a house that nobody knows', async () => {
    const outside = demo.addresses.find((address) => address.zone === null)!
    expect((await check(outside)).outcome).toBe('no')
    expect((await check({ street: 'Nirgendweg', houseNumber: '1' })).outcome).toBe('unclear')
  })
})

describe('a duplicate', () => {
  const check = (more: Record<string, unknown> = {}, kase = kaseOf()) =>
    (provided('parking.no-duplicate') as CaseCheck).run(ctx, kase, { ...input, zone: 'A', ...more })

  test('is none where car, zone and time are free, which are then kept for the case', async () => {
    const kase = kaseOf()
    expect(await check({}, kase)).toMatchObject({ outcome: 'ok' })
    expect(await reservationOf(ctx, kase.id)).toMatchObject({
      state: 'reserved',
      zone: 'A',
      plate: 'MU-AB 123',
      number: null,
    })
    expect((await check({}, kase)).outcome).toBe('ok')
    expect((await check()).outcome).toBe('no')
  })

  test('is refused for the same car, or shown to the clerk, as the service says', async () => {
    const permit = await issued()
    expect(await check()).toMatchObject({
      outcome: 'no',
      data: { permits: [permit.number], same: ['plate', 'person'] },
    })
    expect((await check({ samePlate: 'show', samePerson: 'allow' })).outcome).toBe('unclear')
    expect((await check({ from: '2031-03-13' })).outcome).toBe('ok')
  })

  test('of the same person with another car is shown to the clerk, and the car is kept for the case', async () => {
    await issued()
    const kase = kaseOf()
    expect((await check({ plate: 'MU-CD 9' }, kase)).outcome).toBe('unclear')
    expect(await reservationOf(ctx, kase.id)).toMatchObject({ plate: 'MU-CD 9' })
  })

  test('of two applications at once, one is told', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(async () => (await check({ samePerson: 'allow' })).outcome))
    expect(outcomes.toSorted()).toEqual(['no', 'no', 'no', 'ok'])
  })

  test('is set free when its case ends without a permit', async () => {
    const kase = kaseOf()
    await check({}, kase)
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
    const permit = await issued()
    const twin = { ...permit, id: newId(), number: 'BP-2030-TWIN34', checkHash: null, caseId: newId() }
    await expect(insertPermit(ctx, twin)).rejects.toThrow(/parking_permit_once/)
    await expect(insertPermit(ctx, { ...twin, zone: 'B' })).resolves.toBeUndefined()
  })
})

describe('a permit', () => {
  test('is issued with number, QR code and an accessible PDF', async () => {
    const kase = kaseOf()
    await (provided('parking.no-duplicate') as CaseCheck).run(ctx, kase, { ...input, zone: 'A' })
    const result = await (provided('parking.issue-permit') as CaseAction).run(ctx, kase, input)
    const data = (result as { data: Record<string, string> }).data
    expect(data).toMatchObject({
      zone: 'A',
      plate: 'MU-AB 123',
      validFrom: '13. März 2030',
      validUntil: '12. März 2031',
      validUntilIso: '2031-03-12',
    })
    expect(data['permitNumber']).toMatch(/^BP-2030-/)
    expect(data['qrSvg']).toContain('<svg')
    const file = await ctx.app.files.open(ctx, data['fileId']!)
    const pdf = Buffer.concat(await Array.fromAsync(file!.stream as AsyncIterable<Buffer>))
    expect(file!.file.kind).toBe('application/pdf')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1')).toMatch(/pdfuaid:part/)
  })

  test('is issued once a case', async () => {
    const kase = kaseOf()
    await issued({}, kase)
    await expect(issued({}, kase)).rejects.toThrow(/already/)
  })

  test('is refused where another one has taken car, zone and time meanwhile', async () => {
    await issued()
    await expect(issued()).rejects.toThrow(ActionRefused)
  })

  test('is found by its QR code: valid or not, and nothing personal', async () => {
    const wish = {
      plate: 'MU-AB 123',
      zone: 'A',
      from: today(ctx.clock),
      until: today(ctx.clock).add({ months: 12 }),
      holder: { givenName: 'Anna', familyName: 'Becker', birthDate: null },
      address: { street, houseNumber, postcode, place },
    }
    const { checkUrl, permit } = await issuePermit(ctx, kaseOf(), wish)
    const path = new URL(checkUrl).pathname
    const page = await city.get(path)
    expect(page.body).toContain('Gültig')
    expect(page.body).toContain('Zone A, gültig bis 12. März 2031.')
    expect(page.body).not.toMatch(/Becker|MU-AB|Gerber.* 12/)
    expect((await city.get(`/api/v1/parking/permits/check/${path.split('/').at(-1)}`)).json()).toEqual({
      valid: true,
      zone: 'A',
      validUntil: '2031-03-12',
    })

    await reportLoss(ctx, permit)
    expect((await city.get(path)).body).toContain('Nicht gültig')
    const [row] = await many(
      ctx.db,
      sql<{
        found: boolean
      }>`select exists (select 1 from parking_permit where check_hash = ${path.split('/').at(-1)!}) as found`,
    )
    expect(row!.found).toBe(false)
  })

  test.each(['x', 'A'.repeat(22), '..%2F..%2Fetc', '%F0%9F%92%A5'])(
    'with the made-up code %s is not valid',
    async (code) => {
      const answer = await city.get(`/parkausweis/pruefen/${code}`)
      expect(answer.status).toBe(200)
      expect(answer.body).toContain('Nicht gültig')
    },
  )
})

describe('a change', () => {
  test('of the plate gives a new permit for the rest of the time; the old one ends', async () => {
    const permit = await issued()
    city.clock.advance({ months: 3 })
    const changed = await changePlate(ctx, permit, 'mu-xy 77')
    if (!changed.ok) throw new Error(changed.problem)
    expect(changed.value).toMatchObject({
      plate: 'MU-XY 77',
      zone: 'A',
      replaces: permit.id,
      line: permit.line,
      state: 'valid',
    })
    expect(changed.value.number).not.toBe(permit.number)
    expect(changed.value.from.toString()).toBe('2030-06-13')
    expect(lastDay(changed.value).toString()).toBe('2031-03-12')
    expect(await permitById(ctx, permit.id)).toMatchObject({ state: 'replaced' })
    expect(await permitsOfLine(ctx, permit.line)).toHaveLength(2)
  })

  test.each([
    ['nonsense', 'plate'],
    ['', 'plate'],
    ['MU-AB 123', 'plate'],
  ])('of the plate to "%s" is refused at the field', async (typed, field) => {
    const changed = await changePlate(ctx, await issued(), typed)
    expect(changed).toMatchObject({ ok: false, problem: 'invalid-input', fields: { [field]: expect.any(String) } })
  })

  test('of the plate to one that has a permit already is refused, and nothing is changed', async () => {
    const permit = await issued()
    await issued({ plate: 'MU-CD 9' })
    expect(await changePlate(ctx, permit, 'MU-CD 9')).toMatchObject({ ok: false, problem: 'permit-taken' })
    expect(await permitById(ctx, permit.id)).toMatchObject({ state: 'valid', plate: 'MU-AB 123' })
  })

  test('made twice at once happens once', async () => {
    const permit = await issued()
    const results = await Promise.all([changePlate(ctx, permit, 'MU-XY 1'), changePlate(ctx, permit, 'MU-XY 2')])
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect((await permitsOfLine(ctx, permit.line)).filter((row) => row.state === 'valid')).toHaveLength(1)
  })

  test('after a loss gives a new number; the old one is not valid', async () => {
    const permit = await issued()
    const changed = await reportLoss(ctx, permit)
    expect(changed).toMatchObject({ ok: true, value: { plate: permit.plate } })
    expect(await permitById(ctx, permit.id)).toMatchObject({ state: 'lost' })
    expect(await reportLoss(ctx, (await permitById(ctx, permit.id))!)).toMatchObject({
      ok: false,
      problem: 'permit-not-valid',
    })
  })

  test('is written to the holder, with the new permit', async () => {
    await reportLoss(ctx, await issued())
    const rows = await many(
      ctx.db,
      sql<{ subject: string }>`select subject from notifications_message where subject like 'Ersatz%'`,
    )
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('a move', () => {
  /** Somebody of the register who lives in zone A, with a permit for another house. */
  async function movedFrom(zone: string) {
    const person = demo.citizens.find((citizen) => citizen.zone === 'C')!
    const old = demo.addresses.find((address) => address.zone === zone && address.houseNumber === '9')!
    const holder = { givenName: person.givenName, familyName: person.familyName, birthDate: person.birthDate }
    return { person, permit: await issued({ address: old, holder }) }
  }

  test('into another zone gives a permit there', async () => {
    const { person, permit } = await movedFrom('A')
    const moved = await movePermit(ctx, permit, person)
    expect(moved).toMatchObject({ ok: true, value: { zone: 'C', street: person.street, replaces: permit.id } })
    expect(await permitById(ctx, permit.id)).toMatchObject({ state: 'replaced' })
  })

  test('within the zone keeps the permit', async () => {
    const { person, permit } = await movedFrom('C')
    expect(await movePermit(ctx, permit, person)).toMatchObject({ ok: true, value: { id: permit.id } })
    expect(await permitById(ctx, permit.id)).toMatchObject({
      street: person.street,
      state: 'valid',
      number: permit.number,
    })
  })

  test('that the register does not know, out of the zones or to nowhere is refused with the reason', async () => {
    const { permit } = await movedFrom('A')
    const stranger = demo.addresses.find((address) => address.zone === 'D')!
    const outside = demo.addresses.find((address) => address.zone === null)!
    const words = async (home: { street: string; houseNumber: string }) => {
      const result = await movePermit(ctx, permit, home)
      return result.ok ? '' : result.fields?.['street']
    }
    expect(await words(stranger)).toContain('Melderegister')
    expect(await words(outside)).toContain('keiner Bewohnerparkzone')
    expect(await words({ street: 'Nirgendweg', houseNumber: '1' })).toContain('Adressliste')
    expect(await words(permit)).toContain('gehört schon')
    expect(await words({ street: ' ', houseNumber: '' })).toContain('Geben Sie')
  })
})

describe('a return', () => {
  async function paidPermit(): Promise<Permit> {
    const kase = kaseOf()
    const paidAt = ctx.clock.now()
    await recordPastPayments(ctx, [
      {
        key: kase.id,
        purpose: 'Bewohnerparkausweis',
        cents: 3070,
        dueOn: today(ctx.clock),
        payer: { name: 'Anna Becker', email: anna.email },
        locale: 'de',
        subject: `case:${kase.id}`,
        returnPath: '/',
        at: paidAt,
        paidAt,
        method: 'online',
      },
    ])
    return issued({}, kase)
  }

  test('pays back the share of the whole months left', async () => {
    const permit = await paidPermit()
    city.clock.advance({ months: 4, days: 1 })
    expect(await refundShare(ctx, permit)).toMatchObject({ cents: 1790, months: 7 })
    expect(await returnPermit(ctx, permit)).toEqual({ ok: true, value: { refundCents: 1790 } })
    expect(await permitById(ctx, permit.id)).toMatchObject({ state: 'returned' })
    const [payment] = await paymentsFor(ctx, `case:${permit.caseId}`)
    expect(payment!.refundedCents).toBe(1790)
    expect(await returnPermit(ctx, permit)).toMatchObject({ ok: false, problem: 'permit-not-valid' })
  })

  test('of a permit that replaced another counts from the first one’s beginning', async () => {
    const permit = await paidPermit()
    city.clock.advance({ months: 6 })
    const lost = await reportLoss(ctx, permit)
    if (!lost.ok) throw new Error(lost.problem)
    expect(await refundShare(ctx, lost.value)).toMatchObject({ cents: 1535, months: 6 })
  })

  test('without a payment gives nothing back', async () => {
    expect(await returnPermit(ctx, await issued())).toEqual({ ok: true, value: { refundCents: 0 } })
  })
})

describe('the reminder', () => {
  test('is written once, in the last four weeks, unless the next permit is there', async () => {
    const permit = await issued({ months: '1' })
    await issued({ plate: 'MU-CD 9', months: '12' })
    expect(await remindHolders(ctx)).toBe(0)
    city.clock.advance({ days: 5 })
    expect(await remindHolders(ctx)).toBe(1)
    expect(await remindHolders(ctx)).toBe(0)
    const [message] = await many(
      ctx.db,
      sql<{ subject: string }>`select subject from notifications_message where subject like '%endet am%'`,
    )
    expect(message!.subject).toBe(`Ihr Parkausweis für ${permit.plate} endet am 12. April 2030`)
  })

  test('is not written to who has renewed', async () => {
    await issued({ months: '1' })
    await issued({ from: '2030-04-13' })
    city.clock.advance({ days: 10 })
    expect(await remindHolders(ctx)).toBe(0)
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
      address: { street, houseNumber, postcode, place },
    }
    expect(await reserve(ctx, kase, wish)).toBe(true)
    expect(await reserve(ctx, kase, { ...wish, plate: 'MU-AB 2' })).toBe(true)
    expect(await reservationOf(ctx, kase.id)).toMatchObject({ plate: 'MU-AB 2' })
  })
})
