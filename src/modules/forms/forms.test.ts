import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen, writeDataSafe } from '#modules/accounts/public.ts'
import { caseByNumber } from '#modules/cases/public.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { Browser } from './testing/browser.ts'
import { begin, dog, fillIn, OWNER, REX } from './testing/dog-form.ts'
import { addStreet, HOME } from './testing/street.ts'

const ANNA = 'anna.becker@example.org'
const BERND = 'bernd@example.org'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
  await addStreet(city)
  const ctx = await city.ctx()
  const anna = await addCitizen(ctx, { name: 'Anna Becker', email: ANNA })
  await addCitizen(ctx, { name: 'Bernd Wolf', email: BERND })
  await writeDataSafe(await city.ctx({ as: ANNA }), anna.id, {
    givenName: 'Anna',
    familyName: 'Becker',
    birthDate: '1990-02-03',
    ...HOME,
  })
})

const numberOn = (browser: Browser): string => /HUN-\d{4}-\d{6}-\d/.exec(browser.page?.body ?? '')?.[0] ?? ''
const codeOn = (browser: Browser): string =>
  /[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}/.exec(browser.page?.body ?? '')?.[0] ?? ''

const caseCount = async (): Promise<number> =>
  (await one((await city.ctx()).db, sql<{ count: number }>`select count(*) as count from cases_case`)).count

const mailsOf = async (number: string) =>
  many(
    (await city.ctx()).db,
    sql<{ subject: string; paragraphs: string[] }>`
    select subject, paragraphs from notifications_message where subject like ${`%${number}%`} and key like 'forms.receipt:%'`,
  )

describe('a form for people', () => {
  test('begins with what is needed and one button', async () => {
    const browser = new Browser(city)
    const page = await browser.get('/antrag/dog-registration')
    expect(page.status).toBe(200)
    expect(browser.title()).toBe('Hund anmelden')
    expect(page.body).toContain('Antrag beginnen')
    expect((await browser.get('/en/antrag/dog-registration')).body).toContain('Start the application')
  })

  test('of a service that does not exist is not found', async () => {
    const browser = new Browser(city)
    expect((await browser.get('/antrag/no-such-service')).status).toBe(404)
    expect((await browser.post('/antrag/no-such-service', {})).status).toBe(404)
  })

  test('leads through its pages to a case, with a receipt on screen, as PDF and by mail', async () => {
    const browser = new Browser(city)
    await fillIn(browser)
    expect(browser.title()).toContain('Bitte prüfen Sie Ihre Angaben')
    expect(browser.page?.body).toContain('120,00')
    await browser.submit({ truthful: 'yes' }, 'absenden')
    expect(browser.title()).toContain('Ihr Antrag ist angekommen')
    const number = numberOn(browser)
    const kase = await caseByNumber(await city.ctx(), number)
    expect(kase?.answers).toMatchObject({ person: { givenName: 'Anna', birthDate: '1990-02-03' }, tax: 12000 })
    // The list of addresses has completed what was typed.
    expect(kase?.answers['address']).toEqual(HOME)
    expect(kase?.applicant).toMatchObject({ name: 'Anna Becker', email: 'anna@example.org', accountId: null })

    const code = codeOn(browser)
    const pdf = await browser.get(`${browser.path}.pdf`)
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')

    await city.runJobs()
    expect(await mailsOf(number)).toHaveLength(1)
    expect(code).not.toBe('')
    await city.runJobs()
    expect(await mailsOf(number)).toHaveLength(1)
  })

  test('sent twice, reloaded, and twice at the same moment, gives one case', async () => {
    const browser = new Browser(city)
    await fillIn(browser)
    const before = await caseCount()
    const { action, fields } = browser.form()
    const send = { ...fields, truthful: 'yes', aktion: 'absenden' }
    const twin = browser.twin()
    await Promise.all([browser.post(action, send), twin.post(action, send)])
    expect(numberOn(twin)).toBe(numberOn(browser))
    const number = numberOn(browser)
    await browser.post(action, send)
    expect(numberOn(browser)).toBe(number)
    expect(await caseCount()).toBe(before + 1)
    // Going back to a page of the form leads to the receipt.
    await browser.get(action.replace('zusammenfassung', 'owner'))
    expect(numberOn(browser)).toBe(number)
  })

  test('says what is wrong above the heading and at the field, and loses nothing that was typed', async () => {
    const browser = new Browser(city)
    await begin(browser)
    const page = await browser.submit({
      ...OWNER,
      'person/givenName': '<b>Anna</b>',
      'person/birthDate.day': '30',
      'address/street': 'Gibtesnichtweg',
    })
    expect(page.status).toBe(422)
    expect(browser.errors()).toEqual([
      'Bitte geben Sie bei „Geburtsdatum“ ein Datum ein, das es gibt, zum Beispiel 27.3.1985.',
      'Bitte geben Sie die Postleitzahl mit fünf Ziffern ein.',
      'Bitte geben Sie den Ort ein.',
    ])
    expect(page.body).toContain('href="#f-person-birthDate"')
    expect(browser.form().fields).toMatchObject({
      'person/givenName': '<b>Anna</b>',
      'person/birthDate.day': '30',
      'address/street': 'Gibtesnichtweg',
    })
    expect(page.body).not.toContain('<b>Anna</b>')
  })

  test('an address that is not in the city is refused where it must be, and houses that exist are offered', async () => {
    const browser = new Browser(city)
    await begin(browser)
    await browser.submit({
      ...OWNER,
      'address/houseNumber': '1400',
      'address/postcode': '70999',
      'address/place': 'Musterstadt',
    })
    expect(browser.errors()).toEqual([
      'Diese Adresse kennen wir in unserer Stadt nicht. Bitte prüfen Sie Straße und Hausnummer.',
    ])
    await browser.submit({ 'address/houseNumber': '12' }, 'adresse:address')
    expect(browser.page?.body).toContain('Meinten Sie eine dieser Adressen?')
    await browser.submit({ 'auswahl:address': `${HOME.street}|${HOME.houseNumber}|${HOME.postcode}|${HOME.place}` })
    expect(browser.title()).toBe('Wie erreichen wir Sie?')
  })

  test('the way back loses nothing, not even what is wrong', async () => {
    const browser = new Browser(city)
    await begin(browser)
    await browser.submit(OWNER)
    await browser.submit({ 'contact/email': 'no address' }, 'zurueck')
    expect(browser.title()).toBe('Wer hält den Hund?')
    expect(browser.form().fields).toMatchObject({ 'person/givenName': 'Anna', 'address/street': HOME.street })
    await browser.submit()
    expect(browser.form().fields).toMatchObject({ 'contact/email': 'no address' })
  })

  test('entries of a list are added and removed without JavaScript', async () => {
    const browser = new Browser(city)
    await begin(browser)
    await browser.submit(OWNER)
    await browser.submit({ 'contact/email': 'a@example.org' })
    await browser.submit(REX, 'hinzufuegen:dogs')
    expect(browser.form().fields).toMatchObject({ 'dogs/0/callName': 'Rex', 'dogs/1/callName': '' })
    await browser.submit(dog(1, 'Bella', '276098106123456'))
    expect(browser.errors()).toEqual(['Jeder Hund hat seine eigene Chipnummer. Bitte prüfen Sie die Nummern.'])
    await browser.submit({}, 'entfernen:dogs/0')
    expect(browser.form().fields).toMatchObject({ 'dogs/0/callName': 'Bella' })
    await browser.submit()
    expect(browser.title()).toBe('Möchten Sie von der Steuer befreit werden?')
  })

  test('a page that depends on an answer comes and goes, and what is invisible is never sent', async () => {
    const browser = new Browser(city)
    await fillIn(browser)
    const path = browser.path.replace('zusammenfassung', '')
    await browser.get(`${path}payment?von=zusammenfassung`)
    await browser.submit({ payBy: 'debit' })
    // What is asked by that answer stands on the same page: it is asked for, not complained about.
    expect(browser.errors()).toEqual([])
    expect(browser.page?.body).toContain('Bitte ergänzen Sie noch')
    await browser.submit({
      'account/holder': 'Anna',
      'account/iban': 'DE02120300000000202052',
      'account/mandate': 'yes',
    })
    expect(browser.errors()[0]).toContain('Bitte prüfen Sie die IBAN')
    await browser.submit({ 'account/iban': 'DE02 1203 0000 0000 2020 51' })
    expect(browser.title()).toContain('Bitte prüfen Sie Ihre Angaben')
    await browser.get(`${path}payment?von=zusammenfassung`)
    await browser.submit({ payBy: 'invoice' })
    await browser.submit({ truthful: 'yes' }, 'absenden')
    const kase = await caseByNumber(await city.ctx(), numberOn(browser))
    expect(JSON.stringify(kase?.answers)).not.toContain('DE02')
  })

  test('cannot be sent without consent, nor with a page left out', async () => {
    const browser = new Browser(city)
    await fillIn(browser)
    await browser.submit({}, 'absenden')
    expect(browser.page?.status).toBe(422)
    expect(browser.errors()).toEqual(['Bitte bestätigen Sie: „Meine Angaben sind richtig und vollständig.“'])
    const early = new Browser(city)
    await begin(early)
    await early.get(early.path.replace('owner', 'zusammenfassung'))
    expect(early.title()).toBe('Wer hält den Hund?')
    expect(early.errors().length).toBeGreaterThan(0)
  })

  test('changed in another window is not overwritten, and says so', async () => {
    const browser = new Browser(city)
    await begin(browser)
    const other = browser.twin()
    await browser.submit(OWNER)
    await other.submit({ ...OWNER, 'person/givenName': 'Antonia' })
    expect(other.page?.body).toContain('in einem anderen Fenster geändert')
    expect(other.form().fields).toMatchObject({ 'person/givenName': 'Antonia' })
    // The same once more is a double click and no conflict.
    await browser.get(browser.path.replace('contact', 'owner'))
    expect(browser.form().fields).toMatchObject({ 'person/givenName': 'Anna' })
  })
})

describe('files of a form', () => {
  const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

  test('say before what is refused after', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    expect(browser.page?.body).toContain('Erlaubt: PDF, JPEG, PNG, höchstens 5 MB.')
  })

  async function toProof(browser: Browser): Promise<void> {
    await begin(browser)
    await browser.submit(OWNER)
    await browser.submit({ 'contact/email': 'a@example.org' })
    await browser.submit(REX)
    await browser.submit({ exemption: 'rescue' })
  }
  const proof = (name: string, content: Buffer | string) => [{ field: 'exemptionProof', name, content }]

  test('are kept with the draft, seen by their owner only, and can be removed', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    await browser.submit({}, 'weiter', proof('Prüfung.pdf', PDF))
    expect(browser.title()).toBe('Wie möchten Sie die Steuer zahlen?')
    const page = await browser.get(browser.path.replace('payment', 'exemption-proof'))
    expect(page.body).toContain('Prüfung.pdf')
    const href = /href="([^"]*\/datei\/[^"]*)"/.exec(page.body)?.[1] ?? ''
    const mine = await browser.get(href)
    expect(mine.status).toBe(200)
    expect(mine.bytes.equals(PDF)).toBe(true)
    expect((await new Browser(city).get(href)).status).toBe(404)
    await browser.get(href.replace(/datei.*/, 'exemption-proof'))
    await browser.submit({}, `datei-entfernen=${href.split('/').at(-1)}`)
    expect(browser.page?.body).not.toContain('Prüfung.pdf')
    expect((await browser.get(href)).status).toBe(404)
  })

  test.each([
    [
      'a program that calls itself .pdf',
      'proof.pdf',
      Buffer.from('MZ\x90\x00\x03 This program cannot be run in DOS mode'),
      'Diese Art von Datei können wir nicht annehmen',
    ],
    [
      'a page that calls itself .png',
      'proof.png',
      '<html><script>alert(1)</script></html>',
      'Diese Art von Datei können wir nicht annehmen',
    ],
    ['nothing', 'proof.pdf', '', 'Die Datei ist leer'],
    [
      '50 MB into a field for 5 MB',
      'proof.pdf',
      Buffer.concat([PDF, Buffer.alloc(50 * 1024 * 1024)]),
      'Die Datei ist zu groß. Höchstens 5 MB sind möglich.',
    ],
  ])('%s is refused in plain words, and the rest of the page stays', async (_what, name, content, message) => {
    const browser = new Browser(city)
    await toProof(browser)
    await browser.submit({ exemptionReason: 'Rettungshund' }, 'weiter', proof(name, content))
    expect(browser.page?.status).toBe(422)
    expect(browser.errors()[0]).toContain(message)
    expect(browser.form().fields).toMatchObject({ exemptionReason: 'Rettungshund' })
  })

  test('more than the field takes are refused', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    const four = [1, 2, 3, 4].map((at) => ({ field: 'exemptionProof', name: `${at}.pdf`, content: PDF }))
    await browser.submit({}, 'weiter', four)
    expect(browser.errors()[0]).toContain('höchstens 3 Dateien')
  })

  test('a broken upload gets a clear answer', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    const cut = await city.server.inject({
      method: 'POST',
      url: browser.form().action,
      headers: { host: 'localhost', 'content-type': 'multipart/form-data; boundary=x' },
      cookies: { ...browser.cookies },
      payload: '--x\r\ncontent-disposition: form-data; name="exemptionProof"; filename="a.pdf"\r\n\r\n%PDF-1.7',
    })
    expect(cut.statusCode).toBeGreaterThanOrEqual(400)
    expect(cut.statusCode).toBeLessThan(500)
  })
})

describe('whose draft it is', () => {
  test('nobody else finds it: not another browser, not another account', async () => {
    const anna = new Browser(city, ANNA)
    await begin(anna)
    const path = anna.path
    expect((await new Browser(city, BERND).get(path)).status).toBe(404)
    expect((await new Browser(city, BERND).post(path, OWNER)).status).toBe(404)
    const anonymous = new Browser(city)
    await begin(anonymous)
    expect((await new Browser(city).get(anonymous.path)).status).toBe(404)
    expect((await new Browser(city, BERND).get(anonymous.path)).status).toBe(404)
  })

  test('an account finds it filled in from its data safe, which says so and notes the reading', async () => {
    const browser = new Browser(city, ANNA)
    await begin(browser)
    expect(browser.form().fields).toMatchObject({
      'person/givenName': 'Anna',
      'address/street': HOME.street,
      'person/birthDate.year': '1990',
    })
    expect(browser.page?.body).toContain('aus Ihrem Datenkonto')
    expect((await browser.get('/konto/einsicht')).body).toContain('Hund anmelden')
    await browser.get('/antrag/dog-registration')
    expect(browser.page?.body).toContain('Sie haben schon begonnen')
  })

  test('a session that ends in the middle of a form loses nothing: after signing in the answers are there', async () => {
    const browser = new Browser(city, ANNA)
    await begin(browser)
    const path = browser.path
    const { action, fields } = browser.form()
    browser.signOut()
    await browser.post(action, { ...fields, 'person/givenName': 'Anna Maria', aktion: 'weiter' })
    expect(browser.path).toContain('/anmelden?next=')
    browser.as = ANNA
    await browser.get(path)
    expect(browser.page?.body).toContain('Ihre Angaben sind noch da')
    expect(browser.form().fields).toMatchObject({ 'person/givenName': 'Anna Maria' })
    await browser.submit()
    expect(browser.title()).toBe('Wie erreichen wir Sie?')
  })

  test('somebody else who signs in on the same browser does not get what was typed', async () => {
    const browser = new Browser(city, ANNA)
    await begin(browser)
    const path = browser.path
    const { action, fields } = browser.form()
    browser.signOut()
    await browser.post(action, { ...fields, 'person/givenName': 'Geheim', aktion: 'weiter' })
    browser.as = BERND
    expect((await browser.get(path)).status).toBe(404)
  })

  test('what was begun without an account is taken over at sign-in, and filled in further', async () => {
    const browser = new Browser(city)
    await begin(browser)
    const path = browser.path
    await browser.submit({ 'person/givenName': 'Änne' }, 'speichern')
    browser.as = ANNA
    await browser.get(path)
    expect(browser.form().fields).toMatchObject({ 'person/givenName': 'Änne', 'person/familyName': 'Becker' })
    browser.signOut()
    await browser.get(path)
    expect(browser.path).toContain('/anmelden')
  })

  test('a link by mail goes on with it in another browser, until it expires', async () => {
    const browser = new Browser(city)
    await begin(browser)
    const path = browser.path
    await browser.submit({ 'person/givenName': 'Änne' }, 'speichern')
    await browser.submit({ email: 'no address' }, 'senden')
    expect(browser.errors()).toEqual(['Geben Sie die E-Mail-Adresse so ein: name@beispiel.de'])
    await browser.submit({ email: 'aenne@example.org' }, 'senden')
    expect(browser.page?.body).toContain('Der Link ist unterwegs')
    const { link } = await one(
      (await city.ctx()).db,
      sql<{ link: string }>`select link_path as link from notifications_message
      where key like 'forms.resume:%' order by created_at desc limit 1`,
    )
    const phone = new Browser(city)
    await phone.get(link)
    expect((await new Browser(city).get(path)).status).toBe(404)
    await phone.submit({}, 'weiter')
    expect(phone.form().fields).toMatchObject({ 'person/givenName': 'Änne' })
    // The address may be somebody else's: their inbox is not filled.
    await browser.get(`${path.replace(/[^/]*$/, '')}speichern`)
    for (let links = 2; links <= 3; links++) {
      await browser.submit({ email: 'aenne@example.org' }, 'senden')
      await browser.get(`${path.replace(/[^/]*$/, '')}speichern`)
    }
    await browser.submit({ email: 'aenne@example.org' }, 'senden')
    expect(browser.errors()).toEqual([
      'An diese Adresse haben wir eben schon Links geschickt. Bitte sehen Sie in Ihrem Postfach nach, auch unter Spam.',
    ])
    city.clock.advance({ days: 15 })
    const late = new Browser(city)
    await late.get(link)
    expect(late.title()).toBe('Dieser Link gilt nicht mehr')
  })

  test('after 30 days it is deleted', async () => {
    const browser = new Browser(city)
    await begin(browser)
    const forms = city.app.modules.find((module) => module.name === 'forms')
    const ctx = await city.ctx()
    for (const rule of forms?.retention ?? []) await rule.run?.(ctx)
    expect((await browser.get(browser.path)).status).toBe(200)
    city.clock.advance({ days: 31 })
    for (const rule of forms?.retention ?? []) await rule.run?.(ctx)
    expect((await browser.get(browser.path)).status).toBe(404)
  })
})
