import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { sign } from './provider/signature.ts'
import { cancelPayment, paymentById, refund, requestPayment, startPaymentCounterpart, type Payment } from './public.ts'
import { checkLedger } from './store/ledger.ts'
import { sweepOnlines } from './use-cases/online.ts'

const KEYS = { apiKey: 'the-key-of-the-service', notificationKey: 'the-key-of-its-signature' }
const NOW = Temporal.Instant.from('2030-03-13T09:30:00+01:00')
const counterpart = await startPaymentCounterpart({ port: 0, ...KEYS, now: () => NOW.epochMilliseconds / 1000 })
afterAll(() => counterpart.close())
afterEach(() => counterpart.breakWith(null))

const secrets: Readonly<Record<string, string>> = {
  XBEZAHL_KEY: KEYS.apiKey,
  PAYMENT_NOTIFICATION_KEY: KEYS.notificationKey,
}
const city = await testCity({
  config: {
    setting: (_tenant, name) => (name === 'XBEZAHL_URL' ? counterpart.url : null),
    secret: (_tenant, name) => secrets[name] ?? null,
  },
})
const ctx = await city.ctx()

let n = 0
const ask = (cents = 3000): Promise<Payment> =>
  requestPayment(ctx, {
    key: `online:${(n += 1)}`,
    purpose: 'Bewohnerparkausweis',
    cents,
    dueOn: Temporal.PlainDate.from('2030-03-27'),
    payer: { name: 'Anna Becker', email: null },
    locale: 'de',
    subject: `case:${n}`,
    returnPath: '/meine-antraege',
  })

const codeOf = (payment: Payment) => payment.payPath.slice(payment.payPath.indexOf('?'))
/** The device on which the link was opened. */
const deviceOf = async (payment: Payment) => ({ cookies: (await city.get(payment.payPath)).cookies })
/** Begins to pay, as the page does; gives the number of the transaction at the service. */
async function begin(payment: Payment): Promise<string> {
  const device = await deviceOf(payment)
  const answer = await city.post(`/zahlung/${payment.id}/online`, {}, device)
  expect(answer.status).toBe(303)
  expect(answer.location).toBe(`/zahlung/${payment.id}/online`)
  const page = await city.get(answer.location, device)
  return page.body.match(/\/pay\/([0-9a-f-]{36})/)![1]!
}
const stateOf = async (payment: Payment) => (await paymentById(ctx, payment.id))!.state
const received = async (payment: Payment) =>
  (
    await many(
      ctx.db,
      sql`select 1 from event_entry where type = 'payments.received' and payload ->> 'paymentId' = ${payment.id}`,
    )
  ).length

const tell = (notification: { id: string; transactionId: string }, signature: string) =>
  city.json('POST', '/api/v1/payments/notifications', notification, { headers: { 'x-payment-signature': signature } })
const seconds = NOW.epochMilliseconds / 1000

describe('paying online', () => {
  it('leads to the service and back, and the fee is paid', async () => {
    const payment = await ask()
    const id = await begin(payment)
    const page = await (await fetch(`${counterpart.url}/pay/${id}`)).text()
    expect(page).toContain('Es wird kein Geld bewegt')
    expect(page).toContain('30,00')
    const paid = await fetch(`${counterpart.url}/pay/${id}/pay`, { method: 'POST', redirect: 'manual' })
    const back = new URL(paid.headers.get('location')!)
    // Perhaps in another browser than before: the way back knows the code.
    const device = await deviceOf(payment)
    expect((await city.get(back.pathname + back.search)).location).toBe(back.pathname)
    const answer = await city.get(back.pathname, device)
    expect(answer.status).toBe(303)
    const shown = await city.get(answer.location, device)
    expect(shown.body).toContain('Ihre Zahlung ist angekommen')
    expect(await stateOf(payment)).toBe('paid')
    expect(await received(payment)).toBe(1)
  })

  it('a second click leads to the same page of the service', async () => {
    const payment = await ask()
    expect(await begin(payment)).toBe(await begin(payment))
  })

  it('needs no browser: the sweeper finds out', async () => {
    const payment = await ask()
    await counterpart.decide(await begin(payment), 'PAYED', false)
    await city.runJob('payments.sweep-online')
    expect(await stateOf(payment)).toBe('paid')
    await city.runJob('payments.sweep-online')
    expect(await received(payment)).toBe(1)
  })

  it('return, notification and sweeper at the same moment book it once', async () => {
    const payment = await ask()
    const id = await begin(payment)
    await counterpart.decide(id, 'PAYED', false)
    const notification = { id: randomUUID(), transactionId: id }
    await Promise.all([
      sweepOnlines(ctx),
      sweepOnlines(ctx),
      tell(notification, sign(KEYS.notificationKey, seconds, notification)),
      city.open(`/zahlung/${payment.id}/rueckkehr${codeOf(payment)}`),
    ])
    expect(await paymentById(ctx, payment.id)).toMatchObject({ state: 'paid', paidCents: 3000 })
    expect(await received(payment)).toBe(1)
  })

  it.each([
    ['FAILED', 'hat nicht geklappt'],
    ['CANCELED', 'abgebrochen'],
  ] as const)('%s is said, and the person can try again', async (status, words) => {
    const payment = await ask()
    const first = await begin(payment)
    await counterpart.decide(first, status, false)
    const device = await deviceOf(payment)
    const back = await city.get(`/zahlung/${payment.id}/rueckkehr`, device)
    expect((await city.get(back.location, device)).body).toContain(words)
    expect(await stateOf(payment)).toBe('open')
    expect(await begin(payment)).not.toBe(first)
  })

  it('while the service is down, the page says so and offers the transfer', async () => {
    counterpart.breakWith(503)
    const payment = await ask()
    const device = await deviceOf(payment)
    const answer = await city.post(`/zahlung/${payment.id}/online`, {}, device)
    const page = await city.get(answer.location, device)
    expect(page.status).toBe(200)
    expect(page.body).toContain('zurzeit nicht möglich')
    expect(await city.json('POST', `/api/v1/payments/${payment.id}/online-payments${codeOf(payment)}`)).toMatchObject({
      status: 503,
    })
  })

  it('a service that is down for a while loses nothing', async () => {
    const payment = await ask()
    await counterpart.decide(await begin(payment), 'PAYED', false)
    counterpart.breakWith(500)
    await city.runJob('payments.sweep-online')
    expect(await stateOf(payment)).toBe('open')
    counterpart.breakWith(null)
    await city.runJob('payments.sweep-online')
    expect(await stateOf(payment)).toBe('paid')
  })

  it('another amount than ours is never booked', async () => {
    const payment = await ask()
    const id = await begin(payment)
    counterpart.transactions.get(id)!.request['grosAmount'] = 0.01
    await counterpart.decide(id, 'PAYED', false)
    await city.runJob('payments.sweep-online')
    expect(await stateOf(payment)).toBe('open')
  })

  it('what is paid after it was cancelled goes back by itself', async () => {
    const payment = await ask()
    const id = await begin(payment)
    await cancelPayment(ctx, payment.id, 'zurückgezogen')
    await counterpart.decide(id, 'PAYED', false)
    await city.runJob('payments.sweep-online')
    await city.runJobs()
    expect(await paymentById(ctx, payment.id)).toMatchObject({
      state: 'cancelled',
      paidCents: 3000,
      refundedCents: 3000,
    })
    expect([...counterpart.transactions.get(id)!.refunds.values()]).toEqual([3000])
  })

  it('a refund goes back through the service, once', async () => {
    const payment = await ask()
    const id = await begin(payment)
    await counterpart.decide(id, 'PAYED', false)
    await city.runJob('payments.sweep-online')
    const decided = await refund(ctx, {
      paymentId: payment.id,
      cents: 1250,
      reason: 'Rückgabe',
      key: `back:${payment.id}`,
    })
    counterpart.breakWith(503)
    await city.runJobs({ ignoreFailures: true })
    counterpart.breakWith(null)
    await city.runJobs()
    await city.runJobs()
    expect([...counterpart.transactions.get(id)!.refunds.values()]).toEqual([1250])
    const row = await one(
      ctx.db,
      sql<{ state: string }>`select state from payments_refund where id = ${decided.ok ? decided.value.refundId : ''}`,
    )
    expect(row.state).toBe('paid')
  })

  it('by the interface for machines gives the address of the service', async () => {
    const payment = await ask()
    const shown = await city.json('GET', `/api/v1/payments/${payment.id}${codeOf(payment)}`)
    expect(shown.json()).toMatchObject({ state: 'open', outstandingCents: 3000, onlineAvailable: true })
    const begun = await city.json('POST', `/api/v1/payments/${payment.id}/online-payments${codeOf(payment)}`)
    expect(begun.status).toBe(201)
    expect(begun.json().redirectUrl).toContain(counterpart.url)
  })
})

describe('a notification of the service', () => {
  const notification = (transactionId: string) => ({ id: randomUUID(), transactionId })

  it('that is signed completes the payment; replayed, it changes nothing', async () => {
    const payment = await ask()
    const id = await begin(payment)
    await counterpart.decide(id, 'PAYED', false)
    const one = notification(id)
    const signature = sign(KEYS.notificationKey, seconds, one)
    expect((await tell(one, signature)).json()).toEqual({ repeated: false })
    expect(await stateOf(payment)).toBe('paid')
    expect((await tell(one, signature)).json()).toEqual({ repeated: true })
    expect(await paymentById(ctx, payment.id)).toMatchObject({ paidCents: 3000 })
    expect(await received(payment)).toBe(1)
  })

  it('that claims what is not true changes nothing: the service is asked', async () => {
    const payment = await ask()
    const one = notification(await begin(payment))
    expect((await tell(one, sign(KEYS.notificationKey, seconds, one))).status).toBe(200)
    expect(await stateOf(payment)).toBe('open')
  })

  it.each([
    ['with another key', (one: { id: string; transactionId: string }) => sign('another key', seconds, one)],
    [
      'signed for another transaction',
      (one: { id: string; transactionId: string }) =>
        sign(KEYS.notificationKey, seconds, { ...one, transactionId: 'x' }),
    ],
    ['without a signature', () => ''],
    ['with a signature that is none', () => 't=1,v1=zz'],
  ])('that is forged is refused: %s', async (_how, signature) => {
    const payment = await ask()
    const id = await begin(payment)
    await counterpart.decide(id, 'PAYED', false)
    const one = notification(id)
    const answer = await tell(one, signature(one))
    expect(answer.status).toBe(403)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(await stateOf(payment)).toBe('open')
  })

  it('that is old is refused', async () => {
    const one = notification('any')
    expect((await tell(one, sign(KEYS.notificationKey, seconds - 301, one))).status).toBe(400)
    expect((await tell(one, sign(KEYS.notificationKey, seconds + 301, one))).status).toBe(400)
  })

  it.each([{}, { id: 'x' }, { id: 5, transactionId: [] }, [], 'text'])(
    'that makes no sense gets a problem document: %j',
    async (body) => {
      const answer = await city.json('POST', '/api/v1/payments/notifications', body)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.headers['content-type']).toContain('application/problem+json')
    },
  )

  it('of a payment that is none is not found', async () => {
    const one = notification('nobody knows it')
    expect((await tell(one, sign(KEYS.notificationKey, seconds, one))).status).toBe(404)
  })
})

it('where no service is configured there is no such endpoint and no button', async () => {
  const plain = await testCity()
  const one = { id: randomUUID(), transactionId: 'x' }
  const answer = await plain.json('POST', '/api/v1/payments/notifications', one, {
    headers: { 'x-payment-signature': sign('', seconds, one) },
  })
  expect(answer.status).toBe(404)
})

it('after all of this the ledger agrees with every row', async () => {
  expect(await checkLedger(ctx)).toMatchObject({ unbalanced: 0, disagreeing: 0, suspenseDifference: 0 })
})
