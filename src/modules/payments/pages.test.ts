import { describe, expect, it } from 'vitest'
import { addCitizen, addStaff, addUnit } from '#modules/accounts/public.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { bankAccountOf } from './bank-account.ts'
import { spacedReference } from './domain/reference.ts'
import { recordPastPayments, refund, requestPayment, type Payment } from './public.ts'
import { checkLedger } from './store/ledger.ts'
import { camtFile } from './testing/camt-file.ts'
import { importCamt } from './use-cases/import.ts'

const city = await testCity()
const ctx = await city.ctx()
await addUnit(ctx, { id: 'stadtkasse', parentId: 'rathaus', name: { de: 'Stadtkasse', en: 'Treasury' } })
await addUnit(ctx, { id: 'bauamt', parentId: 'rathaus', name: { de: 'Bauamt', en: 'Building' } })
await addStaff(ctx, { name: 'Karin Kasse', email: 'kasse@city.example', unit: 'stadtkasse', roles: ['cashier'] })
await addStaff(ctx, { name: 'Bernd Bau', email: 'bau@city.example', unit: 'bauamt', roles: ['cashier'] })
const anna = await addCitizen(ctx, { name: 'Anna Becker', email: 'anna@city.example' })
await addCitizen(ctx, { name: 'Otto Anders', email: 'otto@city.example' })
const iban = bankAccountOf(ctx)!.iban
const KASSE = { as: 'kasse@city.example' }

let n = 0
const ask = (cents = 3000): Promise<Payment> =>
  requestPayment(ctx, {
    key: `pages:${(n += 1)}`,
    purpose: 'Parkausweis <S-AB 1234>',
    cents,
    dueOn: Temporal.PlainDate.from('2030-03-27'),
    payer: { accountId: anna.id, name: 'Anna Becker', email: anna.email },
    locale: 'de',
    subject: `case:${n}`,
    returnPath: '/meine-antraege',
  })
const statement = (remittance: string, cents: number) =>
  camtFile({ iban, on: '2030-03-12', id: `P${(n += 1)}`, movements: [{ cents, remittance, bankReference: `p${n}` }] })

describe('the page of a payment', () => {
  it('shows amount, day, account, reference and GiroCode to whoever holds its link', async () => {
    const payment = await ask()
    const page = await city.open(payment.payPath)
    expect(page.status).toBe(200)
    for (const words of [
      '30,00',
      '27. März 2030',
      spacedReference(payment.reference),
      '<svg role="img"',
      'Parkausweis &lt;S-AB 1234&gt;',
    ])
      expect(page.body).toContain(words)
    expect(page.body).toContain('noindex')
    const english = await city.open(`/en${payment.payPath}`)
    expect(english.body).toContain('Please pay €30.00 by 27 March 2030')
  })

  it('its link shows nothing: the code becomes a cookie and stands in no address', async () => {
    const [one, two] = [await ask(), await ask()]
    const opened = await city.get(`/en${one.payPath}&online=1`)
    expect(opened).toMatchObject({ status: 303, location: `/en/zahlung/${one.id}?online=1` })
    expect(String(opened.headers['set-cookie'])).toMatch(
      /^rathaus_zahlung_[\w-]{36}=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1800$/,
    )
    // Two payments in two tabs do not shut each other out.
    const cookies = { ...opened.cookies, ...(await city.get(two.payPath)).cookies }
    for (const payment of [one, two]) {
      const page = await city.get(`/zahlung/${payment.id}`, { cookies })
      expect(page.status).toBe(200)
      expect(page.body).not.toContain('code=')
    }
    const swapped = { [`rathaus_zahlung_${two.id}`]: Object.values(opened.cookies)[0]! }
    expect((await city.get(`/zahlung/${two.id}`, { cookies: swapped })).status).toBe(404)
    const gone = await city.get(`/zahlung/${one.id}`)
    expect(gone.body).toContain('Öffnen Sie den Link aus der E-Mail noch einmal')
  })

  it('is not there for anybody else', async () => {
    const payment = await ask()
    const other = await ask()
    expect((await city.get(`/zahlung/${payment.id}`)).status).toBe(404)
    expect((await city.get(`/zahlung/${payment.id}?code=${'x'.repeat(22)}`)).status).toBe(404)
    expect((await city.get(`/zahlung/${payment.id}?code=a&code=b`)).status).toBe(404)
    expect((await city.get(`/zahlung/${payment.id}${other.payPath.slice(other.payPath.indexOf('?'))}`)).status).toBe(
      404,
    )
    expect((await city.get(`/zahlung/${payment.id}`, { as: 'otto@city.example' })).status).toBe(404)
    expect((await city.get(`/zahlung/${payment.id}`, { as: 'anna@city.example' })).status).toBe(200)
    expect((await city.get(`/zahlung/${payment.id}/rechnung.pdf`)).status).toBe(404)
    expect((await city.post(`/zahlung/${payment.id}/online`)).status).toBe(404)
    expect((await city.json('GET', `/api/v1/payments/${payment.id}`)).status).toBe(404)
    expect((await city.get('/zahlung/keine-nummer?code=x')).status).toBe(404)
  })

  it('keeps its code as a hash alone, and the link runs out', async () => {
    const payment = await ask()
    const code = payment.payPath.split('code=')[1]!
    const { hits } = await one(
      ctx.db,
      sql<{ hits: number }>`select count(*) as hits from payments_access where code_hash = ${code}`,
    )
    expect(hits).toBe(0)
    city.clock.advance({ days: 181 })
    expect((await city.open(payment.payPath)).status).toBe(404)
    city.clock.advance({ days: -181 })
  })

  it('gives an invoice as PDF', async () => {
    const payment = await ask()
    const pdf = await city.open(payment.payPath.replace('?', '/rechnung.pdf?'))
    expect(pdf.status).toBe(200)
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.bytes.toString('latin1')).toContain('/MarkInfo')
  })

  it('stands among the payments of the account', async () => {
    const payment = await ask()
    expect((await city.get('/konto/zahlungen', { as: 'anna@city.example' })).body).toContain(payment.id)
    expect((await city.get('/konto/zahlungen', { as: 'otto@city.example' })).body).not.toContain(payment.id)
  })
})

describe('the treasury', () => {
  it('finds a payment by its reference as it is printed, by name and by state', async () => {
    const payment = await ask(4711)
    for (const query of [
      `q=${encodeURIComponent(spacedReference(payment.reference))}`,
      'q=becker&stand=open',
      'stand=outstanding&sortierung=cents&richtung=asc',
    ])
      expect((await city.get(`/workbench/zahlungen?${query}`, KASSE)).body).toContain(payment.id)
    expect((await city.get('/workbench/zahlungen?stand=refunded', KASSE)).body).not.toContain(payment.id)
    expect(
      (await city.get('/workbench/zahlungen?von=2030-02-30&stand=none&seite=-1&sortierung=id;drop', KASSE)).status,
    ).toBe(200)
    expect((await city.get('/workbench/zahlungen?q=%25%27%5C', KASSE)).status).toBe(200)
  })

  it('shows nothing of it to another unit, to citizens and to strangers', async () => {
    const payment = await ask()
    const path = `/workbench/zahlungen/${payment.id}`
    expect((await city.get(path, KASSE)).status).toBe(200)
    expect((await city.get(path, { as: 'bau@city.example' })).status).toBe(404)
    expect((await city.get('/workbench/zahlungen', { as: 'bau@city.example' })).body).not.toContain(payment.id)
    expect((await city.get(path, { as: 'anna@city.example' })).status).toBe(403)
    expect((await city.get(path)).status).toBe(303)
    expect(
      (
        await city.upload(
          '/workbench/zahlungen/kontoauszuege',
          [{ field: 'file', name: 'a.xml', content: statement('x', 1) }],
          {},
          { as: 'bau@city.example' },
        )
      ).status,
    ).toBe(403)
  })

  it('gets its list as CSV in which no cell is a formula', async () => {
    await requestPayment(ctx, {
      key: 'formula', purpose: '=cmd|calc', cents: 1, dueOn: Temporal.PlainDate.from('2030-03-27'), payer: { name: '@Anna', email: null },
      locale: 'de', subject: 'case:f', returnPath: '/',
    }) // prettier-ignore
    const csv = await city.get('/workbench/zahlungen/liste.csv', KASSE)
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body).toContain("'=cmd|calc")
    expect(csv.body).toContain("'@Anna")
  })

  it('imports a statement, sees what was done, and is told when it was there before', async () => {
    const payment = await ask()
    const file = { field: 'file', name: 'auszug.xml', content: statement(payment.reference, 3000) }
    const done = await city.upload('/workbench/zahlungen/kontoauszuege', [file], {}, KASSE)
    expect(done.status).toBe(303)
    expect((await city.get(done.location, KASSE)).body).toContain('ist eingelesen')
    expect((await city.open(payment.payPath)).body).toContain('Vielen Dank')
    const again = await city.upload('/workbench/zahlungen/kontoauszuege', [file], {}, KASSE)
    expect((await city.get(again.location, KASSE)).body).toContain('schon eingelesen')
    const { files } = await one(
      ctx.db,
      sql<{ files: number }>`select count(*) as files from file_object where name = 'auszug.xml'`,
    )
    expect(files).toBe(0)
  })

  it.each([
    ['a letter', 'Sehr geehrte Damen und Herren', 'keine XML-Datei'],
    ['nothing', '', 'Datei ist leer'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ', 'keine XML-Datei'],
    ['a program', Buffer.from('4d5a90000300000004000000ffff', 'hex'), 'keine XML-Datei'],
    [
      'XML that is something else',
      '<?xml version="1.0"?><rechnung><betrag>1</betrag></rechnung>',
      'kein Kontoauszug im Format CAMT.053',
    ],
    [
      'a camt.054',
      '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn/></Document>',
      'CAMT.053 und nicht',
    ],
    [
      'a bomb of entities',
      '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Document>&b;</Document>',
      'DOCTYPE',
    ],
    [
      'a statement of somebody else',
      camtFile({ iban: 'DE02120300000000202051', on: '2030-03-12', movements: [] }),
      'anderen Konto',
    ],
    [
      'a statement with other sums',
      camtFile({ iban, on: '2030-03-12', movements: [{ cents: 5 }], closingCents: 1 }),
      'passen nicht zusammen',
    ],
  ])('gets a clear answer to a file that is %s', async (_what, content, words) => {
    const answer = await city.upload(
      '/workbench/zahlungen/kontoauszuege',
      [{ field: 'file', name: 'auszug.xml', content }],
      {},
      KASSE,
    )
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
    expect(answer.body).toContain('href="#f-file"')
    expect(await checkLedger(ctx)).toMatchObject({
      unbalanced: 0,
      disagreeing: 0,
      bankDifference: 0,
      suspenseDifference: 0,
    })
  })

  it('is asked for a file where none was chosen', async () => {
    expect((await city.upload('/workbench/zahlungen/kontoauszuege', [], {}, KASSE)).body).toContain(
      'Wählen Sie eine Datei aus',
    )
  })

  it('clears a movement from its page, with a reason, and keeps what was typed where something is wrong', async () => {
    const payment = await ask(1234)
    await importCamt(ctx, Buffer.from(statement('Danke liebe Stadt', 1234)))
    const list = await city.get('/workbench/zahlungen/klaerung?q=Danke', KASSE)
    const id = list.body.match(/klaerung\/([0-9a-f-]{36})/)![1]!
    const page = await city.get(`/workbench/zahlungen/klaerung/${id}`, KASSE)
    expect(page.body).toContain('Könnte passen zu')
    expect(page.body).toContain(spacedReference(payment.reference))
    const act = (word: string, form: Record<string, string>) =>
      city.post(`/workbench/zahlungen/klaerung/${id}/${word}`, form, KASSE)
    expect((await act('abgabe', { reason: ' ' })).status).toBe(422)
    const wrong = await act('zuordnung', { reference: 'RF00 0000', amount: 'zwölf' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('value="RF00 0000"')
    expect(wrong.body).toContain('value="zwölf"')
    expect((await act('rueckzahlung', { iban: 'DE00 1234', reason: 'x' })).body).toContain('IBAN ist nicht gültig')
    expect((await act('auszahlung', { refund: 'x' })).status).toBe(422)
    const done = await act('zuordnung', { reference: payment.reference, amount: '' })
    expect(done.location).toBe('/workbench/zahlungen/klaerung?geklaert=ja')
    expect((await act('abgabe', { reason: 'zu spät' })).status).toBe(409)
    expect((await city.get(`/zahlung/${payment.id}`, { as: 'anna@city.example' })).body).toContain('Vielen Dank')
  })

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
    expect((await city.get(address, { as: 'bau@city.example' })).status).toBe(404)
    expect((await city.get('/en/workbench/zahlungen/erstattungen', KASSE)).body).toContain('Files of transfers')
  })

  it('a file that the bank refused is taken back, once; its refund goes into a new one', async () => {
    const list = '/workbench/zahlungen/erstattungen'
    const payment = await ask(2000)
    await importCamt(ctx, Buffer.from(statement(payment.reference, 2000)))
    const decided = await refund(ctx, { paymentId: payment.id, cents: 500, reason: 'Umzug', key: `refused:${n}` })
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
    expect((await take('fremd', { as: 'bau@city.example' })).status).toBe(404)
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
})

describe('payments of the past', () => {
  it('are stored in bulk, with a ledger that agrees', async () => {
    const at = Temporal.Instant.from('2030-01-10T10:00:00Z')
    const past = Array.from({ length: 2500 }, (_, i) => ({
      key: `past:${i}`, purpose: 'Hundesteuer', cents: 9600, dueOn: Temporal.PlainDate.from('2030-01-24'), payer: { name: 'Otto Anders', email: null },
      locale: 'de' as const, subject: `case:past-${i}`, returnPath: '/', at, paidAt: i % 3 === 0 ? at : null, cancelledAt: i % 3 === 1 ? at : null,
      method: i % 2 === 0 ? ('online' as const) : ('transfer' as const),
    })) // prettier-ignore
    const made = await recordPastPayments(ctx, past)
    expect(new Set(made.map((payment) => payment.reference)).size).toBe(2500)
    expect(await checkLedger(ctx)).toMatchObject({
      unbalanced: 0,
      disagreeing: 0,
      bankDifference: 0,
      suspenseDifference: 0,
    })
  })
})

describe('reminders', () => {
  it('come once before the day and once after it, and say what is overdue', async () => {
    const payment = await ask(2222)
    const mails = async () =>
      (
        await one(
          ctx.db,
          sql<{
            n: number
          }>`select count(*) as n from notifications_message where key like ${`payments:%:${payment.id}`}`,
        )
      ).n
    await city.runJob('payments.remind')
    expect(await mails()).toBe(0)
    city.clock.set('2030-03-24T08:00:00+01:00')
    await city.runJob('payments.remind')
    await city.runJob('payments.remind')
    expect(await mails()).toBe(1)
    city.clock.set('2030-03-28T08:00:00+01:00')
    await city.runJob('payments.remind')
    await city.runJob('payments.remind')
    expect(await mails()).toBe(2)
    expect((await city.open(payment.payPath)).body).toContain('Überfällig')
    await importCamt(ctx, Buffer.from(statement(payment.reference, 2222)))
    expect((await city.open(payment.payPath)).body).toContain('Vielen Dank')
    expect(await checkLedger(ctx)).toMatchObject({ disagreeing: 0 })
  })
})
