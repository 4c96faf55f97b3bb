import { expect, it } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { refund } from './public.ts'
import { checkLedger } from './store/ledger.ts'
import { BAUAMT, KASSE, treasury } from './testing/treasury.ts'
import { importCamt } from './use-cases/import.ts'

const city = await testCity()
const { ctx, ask, statement } = await treasury(city)

it('refunds from the page of a payment, once for a double click, and never too much', async () => {
  const payment = await ask()
  await importCamt(ctx, Buffer.from(statement(payment.reference, 3000)))
  const path = `/workbench/zahlungen/${payment.id}`
  const key = (await city.get(path, KASSE)).body.match(/name="key" value="([^"]+)"/)![1]!
  const send = (form: Record<string, string>) => city.post(`${path}/erstattungen`, { key, ...form }, KASSE)
  expect((await send({ amount: '30,01', reason: 'x' })).body).toContain('höchstens 30,00')
  expect((await send({ amount: 'alles', reason: '' })).status).toBe(422)
  expect((await send({ amount: '12,50', reason: 'Rückgabe' })).status).toBe(303)
  expect((await send({ amount: '12,50', reason: 'Rückgabe' })).status).toBe(303)
  const { cents } = await one(
    ctx.db,
    sql<{ cents: number }>`select sum(cents)::bigint as cents from payments_refund where payment = ${payment.id}`,
  )
  expect(cents).toBe(1250)
  const list = await city.get('/workbench/zahlungen/erstattungen?stand=unpaid', KASSE)
  expect(list.body).toContain('Rückgabe')
  const id = list.body.match(/erstattungen\/([0-9a-f-]{36})/)![1]!
  expect((await city.post(`/workbench/zahlungen/erstattungen/${id}`, { name: '', iban: 'DE00' }, KASSE)).status).toBe(
    422,
  )
  expect(
    (
      await city.post(
        `/workbench/zahlungen/erstattungen/${id}`,
        { name: 'Anna Becker', iban: 'de02 1203 0000 0000 2020 51' },
        KASSE,
      )
    ).status,
  ).toBe(303)
  const order = () => city.post('/workbench/zahlungen/erstattungen/auftrag', { refund: id }, KASSE)
  // Two clicks at once, or two clerks: one file, with each refund in it once.
  const both = await Promise.all([order(), order()])
  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409])
  const { location } = both.find(({ status }) => status === 303)!
  const told = await city.get(location, KASSE)
  expect(told.body).toContain('Eine Erstattung ist in der Überweisungsdatei')
  const address = /href="([^"]*\/auftraege\/[0-9a-f-]{36})"/.exec(told.body)![1]!
  const file = await city.get(address, KASSE)
  expect(file.headers['content-type']).toContain('application/xml')
  for (const words of ['DE02120300000000202051', '<NbOfTxs>1</NbOfTxs>', '<MsgId>ERST-'])
    expect(file.body).toContain(words)
  expect((await order()).status).toBe(409)
  city.clock.advance({ minutes: 5 })
  expect((await city.get(address, KASSE)).body).toBe(file.body)
  expect((await city.get(address, BAUAMT)).status).toBe(404)
  expect((await city.get('/en/workbench/zahlungen/erstattungen', KASSE)).body).toContain('Files of transfers')
})

it('a file that the bank refused is taken back, once; its refund goes into a new one', async () => {
  const list = '/workbench/zahlungen/erstattungen'
  const payment = await ask(2000)
  await importCamt(ctx, Buffer.from(statement(payment.reference, 2000)))
  const decided = await refund(ctx, {
    paymentId: payment.id,
    cents: 500,
    reason: 'Umzug',
    key: `refused:${payment.id}`,
  })
  if (!decided.ok) throw new Error(decided.problem)
  const id = decided.value.refundId
  await city.post(`${list}/${id}`, { name: 'Anna Becker', iban: 'DE02120300000000202051' }, KASSE)
  const ordered = async () => {
    const { location } = await city.post(`${list}/auftrag`, { refund: id }, KASSE)
    return `${list}/auftraege/${new URL(location, 'http://x').searchParams.get('beauftragt')}`
  }
  const first = await ordered()
  const path = `${first}/ruecknahme`
  const take = (reason: string, who = KASSE) => city.post(path, { reason }, who)
  expect((await city.get(path, KASSE)).body).toContain('Sonst wird zweimal gezahlt')
  expect((await take(' ')).body).toContain('Geben Sie den Grund an.')
  expect((await take('fremd', BAUAMT)).status).toBe(404)
  const both = await Promise.all([take('Konto war gesperrt'), take('nie gesendet')])
  expect(both.filter(({ status }) => status === 303)).toHaveLength(1)
  expect((await city.get(both.find(({ status }) => status === 303)!.location, KASSE)).body).toContain(
    'Der Auftrag ist zurückgenommen.',
  )
  const entries = await many(
    ctx.db,
    sql<{ data: unknown }>`select data from audit_entry where action = 'payments.refund-order-withdrawn'`,
  )
  expect(entries).toMatchObject([{ data: { refunds: [id] } }])
  // Its file is no more, and the city owes as much as before.
  expect((await city.get(first, KASSE)).status).toBe(404)
  expect(await checkLedger(ctx)).toMatchObject({ unbalanced: 0, disagreeing: 0 })
  const second = await ordered()
  expect((await city.get(second, KASSE)).body).toContain('<NbOfTxs>1</NbOfTxs>')
  // Once the debit stands on a statement there is nothing to take back.
  const { endToEndId } = await one(
    ctx.db,
    sql<{ endToEndId: string }>`select end_to_end_id as "endToEndId" from payments_refund where id = ${id}`,
  )
  await importCamt(ctx, Buffer.from(statement(endToEndId, -500)))
  expect((await city.post(`${second}/ruecknahme`, { reason: 'zu spät' }, KASSE)).status).toBe(404)
  expect((await city.get(list, KASSE)).body).not.toContain(second)
})
