import { describe, expect, it } from 'vitest'
import { one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { spacedReference } from './domain/reference.ts'
import { requestPayment } from './public.ts'
import { checkLedger } from './store/ledger.ts'
import { camtFile } from './testing/camt-file.ts'
import { BAUAMT, KASSE, treasury } from './testing/treasury.ts'
import { importCamt } from './use-cases/import.ts'

const city = await testCity()
const { ctx, iban, ask, statement } = await treasury(city)

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
    expect((await city.get(path, BAUAMT)).status).toBe(404)
    expect((await city.get('/workbench/zahlungen', BAUAMT)).body).not.toContain(payment.id)
    expect((await city.get(path, { as: 'anna@city.example' })).status).toBe(403)
    expect((await city.get(path)).status).toBe(303)
    expect(
      (
        await city.upload(
          '/workbench/zahlungen/kontoauszuege',
          [{ field: 'file', name: 'a.xml', content: statement('x', 1) }],
          {},
          BAUAMT,
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
})
