import { beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { isCreditorReference } from './domain/reference.ts'
import { received } from './domain/ledger.ts'
import { cancelPayment, paymentById, paymentsFor, refund, requestPayment, type PaymentRequest } from './public.ts'
import { checkLedger } from './store/ledger.ts'
import { bookToPayment } from './use-cases/bookings.ts'

let ctx: Ctx
let n = 0
const wish = (more: Partial<PaymentRequest> = {}): PaymentRequest => ({
  key: `test:${(n += 1)}`,
  purpose: 'Bewohnerparkausweis S-AB 1234',
  cents: 3000,
  dueOn: Temporal.PlainDate.from('2030-03-27'),
  payer: { name: 'Anna Becker', email: 'anna.becker@musterstadt.example' },
  locale: 'de',
  subject: `case:${n}`,
  returnPath: '/meine-antraege',
  ...more,
})

const pay = (id: string, cents: number) =>
  transaction(ctx, (tx) => bookToPayment(tx, id, {}, (balances) => received(balances, cents, 'bank')))
const events = async (type: string, paymentId: string) =>
  (await many(ctx.db, sql`select 1 from event_entry where type = ${type} and payload ->> 'paymentId' = ${paymentId}`))
    .length

beforeAll(async () => {
  ctx = await (await testCity()).ctx()
})

describe('asking for money', () => {
  it('gives a reference, a secret link and an open payment', async () => {
    const payment = await requestPayment(ctx, wish())
    expect(isCreditorReference(payment.reference)).toBe(true)
    expect(payment).toMatchObject({ state: 'open', cents: 3000, paidCents: 0 })
    expect(payment.payPath).toMatch(new RegExp(`^/zahlung/${payment.id}\\?code=[\\w-]{22}$`))
  })

  it('asks once for a key, however often it is called, and gives a fresh link each time', async () => {
    const request = wish()
    const [one, two] = [await requestPayment(ctx, request), await requestPayment(ctx, request)]
    expect(two.id).toBe(one.id)
    expect(two.payPath).not.toBe(one.payPath)
    expect(await paymentsFor(ctx, request.subject)).toHaveLength(1)
  })

  it('asks once for a key even where two ask at the same moment', async () => {
    const request = wish()
    const asked = await Promise.all([1, 2, 3, 4].map(() => requestPayment(ctx, request)))
    expect(new Set(asked.map((payment) => payment.id)).size).toBe(1)
  })

  it('leaves nothing of a transaction that is rolled back', async () => {
    const request = wish()
    await expect(
      transaction(ctx, async (tx) => {
        await requestPayment(tx, request)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await paymentsFor(ctx, request.subject)).toEqual([])
  })

  it.each([0, -1, 10.5, Number.NaN])('%s cents are not asked for', async (cents) => {
    await expect(requestPayment(ctx, wish({ cents }))).rejects.toThrow('whole cents')
  })
})

describe('money that comes in', () => {
  it('pays the fee and says so once', async () => {
    const { id } = await requestPayment(ctx, wish())
    await pay(id, 1000)
    expect((await paymentById(ctx, id))?.state).toBe('partly-paid')
    expect(await events('payments.received', id)).toBe(0)
    await pay(id, 2000)
    expect(await paymentById(ctx, id)).toMatchObject({ state: 'paid', paidCents: 3000 })
    await pay(id, 500)
    expect(await paymentById(ctx, id)).toMatchObject({ state: 'overpaid', paidCents: 3500 })
    expect(await events('payments.received', id)).toBe(1)
  })

  it('is booked whole where two payments come at the same moment', async () => {
    const { id } = await requestPayment(ctx, wish())
    await Promise.all([pay(id, 1500), pay(id, 1500)])
    expect(await paymentById(ctx, id)).toMatchObject({ state: 'paid', paidCents: 3000 })
    expect(await events('payments.received', id)).toBe(1)
  })
})

describe('money that goes back', () => {
  it('a share of the fee is refunded once for a key', async () => {
    const { id } = await requestPayment(ctx, wish())
    await pay(id, 3000)
    const share = { paymentId: id, cents: 1250, reason: 'Rückgabe', key: `return:${id}` }
    const [one, two] = [await refund(ctx, share), await refund(ctx, share)]
    expect(one).toEqual(two)
    expect(await paymentById(ctx, id)).toMatchObject({ state: 'paid', refundedCents: 1250 })
    expect(await events('payments.refunded', id)).toBe(1)
  })

  it('is never more than what was paid', async () => {
    const { id } = await requestPayment(ctx, wish())
    const more = (cents: number) => refund(ctx, { paymentId: id, cents, reason: 'x', key: `more:${id}:${cents}` })
    expect(await more(1)).toMatchObject({ problem: 'refund-too-high' })
    await pay(id, 3000)
    expect(await more(3001)).toMatchObject({ problem: 'refund-too-high' })
    expect(await more(3000)).toMatchObject({ ok: true })
    expect((await paymentById(ctx, id))?.state).toBe('refunded')
    expect(await more(2)).toMatchObject({ problem: 'refund-too-high' })
  })

  it('a cancelled payment gives back what was paid of it, once', async () => {
    const { id } = await requestPayment(ctx, wish())
    await pay(id, 1000)
    await cancelPayment(ctx, id, 'Antrag zurückgezogen')
    await cancelPayment(ctx, id, 'Antrag zurückgezogen')
    expect(await paymentById(ctx, id)).toMatchObject({ state: 'cancelled', paidCents: 1000, refundedCents: 1000 })
    expect(await events('payments.refunded', id)).toBe(1)
  })

  it('nothing is refunded of a payment that is none', async () => {
    const nobody = '01900000-0000-7000-8000-000000000000'
    expect(await refund(ctx, { paymentId: nobody, cents: 1, reason: 'x', key: 'nobody' })).toMatchObject({
      problem: 'not-found',
    })
  })
})

it('after all of this the ledger agrees with every row', async () => {
  expect(await checkLedger(ctx)).toMatchObject({ unbalanced: 0, disagreeing: 0, suspenseDifference: 0 })
})
