import { describe, expect, test } from 'vitest'
import { caseByNumber } from '#modules/cases/public.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { Browser } from './testing/browser.ts'
import { begin, dog, fillIn, OWNER, REX } from './testing/dog-form.ts'
import { addStreet, HOME } from './testing/street.ts'

const city = await testCity()
await addStreet(city)

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
    // One step up is the description of the service: all that a phone shows of the path.
    expect(page.body).toContain('href="/leistungen/dog-registration">Hund anmelden</a>')
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

  test('the page before the first question says what to have at hand, and not again what the service costs', async () => {
    const page = await city.get('/antrag/dog-registration')
    expect(page.body).toContain('Was Sie brauchen')
    expect(page.body).not.toMatch(/Kosten|Dauer/)
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
