import { describe, expect, test } from 'vitest'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { paymentsFor, recordPastPayments } from '#modules/payments/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '../../testing/city.ts'
import { lastDay, type Permit } from './domain/permit.ts'
import { permitById, permitsOfLine } from './store/permits.ts'
import { anna, issued, kaseOf, permitTown } from './testing/permits.ts'
import { changePlate, movePermit, reportLoss } from './use-cases/changes.ts'
import { refundShare, returnPermit } from './use-cases/return.ts'

const city = await testCity()
const demo = musterstadt()
const CERTIFICATE = [{ id: newId(), name: 'Fahrzeugschein.pdf', bytes: 1 }]
const ctx = await permitTown(city)

describe('a change', () => {
  test('of the plate gives a new permit for the rest of the time; the old one ends', async () => {
    const permit = await issued(ctx)
    city.clock.advance({ months: 3 })
    const changed = await changePlate(ctx, permit, 'mu-xy 77', 'seen')
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
    const changed = await changePlate(ctx, await issued(ctx), typed, CERTIFICATE)
    expect(changed).toMatchObject({ ok: false, problem: 'invalid-input', fields: { [field]: expect.any(String) } })
  })

  test('of the plate to one that has a permit already is refused, and nothing is changed', async () => {
    const permit = await issued(ctx)
    await issued(ctx, { plate: 'MU-CD 9' })
    expect(await changePlate(ctx, permit, 'MU-CD 9', CERTIFICATE)).toMatchObject({ ok: false, problem: 'permit-taken' })
    expect(await permitById(ctx, permit.id)).toMatchObject({ state: 'valid', plate: 'MU-AB 123' })
  })

  test('of the plate whose certificate nobody could keep, as its case is erased, is refused and undone', async () => {
    const permit = await issued(ctx)
    expect(await changePlate(ctx, permit, 'MU-XY 3', CERTIFICATE)).toMatchObject({
      ok: false,
      fields: { certificate: expect.stringContaining('Kommen Sie mit dem Fahrzeugschein zu uns') },
    })
    expect(await permitById(ctx, permit.id)).toMatchObject({ state: 'valid', plate: 'MU-AB 123' })
    expect(await changePlate(ctx, permit, 'MU-XY 3', 'seen')).toMatchObject({ ok: true, value: { plate: 'MU-XY 3' } })
  })

  test('made twice at once happens once', async () => {
    const permit = await issued(ctx)
    const results = await Promise.all([
      changePlate(ctx, permit, 'MU-XY 1', 'seen'),
      changePlate(ctx, permit, 'MU-XY 2', 'seen'),
    ])
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect((await permitsOfLine(ctx, permit.line)).filter((row) => row.state === 'valid')).toHaveLength(1)
  })

  test('after a loss gives a new number; the old one is not valid', async () => {
    const permit = await issued(ctx)
    const changed = await reportLoss(ctx, permit)
    expect(changed).toMatchObject({ ok: true, value: { plate: permit.plate } })
    expect(await permitById(ctx, permit.id)).toMatchObject({ state: 'lost' })
    expect(await reportLoss(ctx, (await permitById(ctx, permit.id))!)).toMatchObject({
      ok: false,
      problem: 'permit-not-valid',
    })
  })

  test('is written to the holder, with the new permit', async () => {
    await reportLoss(ctx, await issued(ctx))
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
    return { person, permit: await issued(ctx, { address: old, holder }) }
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
    return issued(ctx, {}, kase)
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
    expect(await returnPermit(ctx, await issued(ctx))).toEqual({ ok: true, value: { refundCents: 0 } })
  })
})
