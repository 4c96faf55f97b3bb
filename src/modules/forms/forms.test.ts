import { beforeAll, describe, expect, test } from 'vitest'
import { caseByNumber } from '#modules/cases/public.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { Browser } from './testing/browser.ts'
import { addStreet, HOME } from './testing/street.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
  await addStreet(city)
})

const ANNA = 'anna.becker@musterstadt.example'
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

const OWNER = {
  'person/givenName': 'Anna',
  'person/familyName': 'Becker',
  'person/birthDate.day': '3',
  'person/birthDate.month': '2',
  'person/birthDate.year': '1990',
}

const DOG = {
  dogsBefore: '0',
  'dogs/0/callName': 'Rex',
  'dogs/0/breed': 'Pudel',
  'dogs/0/kind': 'ordinary',
  'dogs/0/chip': '276098106123456',
  'dogs/0/acquiredOn.day': '1',
  'dogs/0/acquiredOn.month': '10',
  'dogs/0/acquiredOn.year': '2026',
}

async function begin(browser: Browser): Promise<void> {
  await browser.get('/antrag/dog-registration')
  await browser.submit()
}

/** To the summary, on the shortest way. */
async function fillIn(browser: Browser): Promise<void> {
  await begin(browser)
  await browser.submit({ ...OWNER, 'address/street': 'Lindenstr.', 'address/houseNumber': '12 A' })
  await browser.submit({ 'contact/email': 'anna@example.org' })
  await browser.submit(DOG)
  await browser.submit({ exemption: 'none' })
  await browser.submit({ payBy: 'invoice' })
}

describe('a form for people', () => {
  test('begins with what is needed and one button', async () => {
    const browser = new Browser(city)
    const page = await browser.get('/antrag/dog-registration')
    expect(page.status).toBe(200)
    expect(browser.title()).toBe('Hund anmelden')
    expect(page.body).toContain('Antrag beginnen')
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
    const number = /HUN-\d{4}-\d{6}-\d/.exec(browser.page?.body ?? '')?.[0] ?? ''
    const code = /[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}/.exec(browser.page?.body ?? '')?.[0] ?? ''
    expect(number).not.toBe('')
    const kase = await caseByNumber(await city.ctx(), number)
    expect(kase?.answers).toMatchObject({ person: { givenName: 'Anna', birthDate: '1990-02-03' }, tax: 12000 })
    // The list of addresses has completed what was typed.
    expect(kase?.answers['address']).toEqual(HOME)
    expect(kase?.applicant).toMatchObject({ name: 'Anna Becker', email: 'anna@example.org', accountId: null })

    const pdf = await browser.get(`${browser.path}.pdf`)
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')

    await city.runJobs()
    const mails = await mailsTo('anna@example.org', number)
    expect(mails).toHaveLength(1)
    expect(mails[0]).toContain(code)
    // Delivered once more, the event sends nothing more.
    await city.runJobs()
    expect(await mailsTo('anna@example.org', number)).toHaveLength(1)
  })
})

async function mailsTo(email: string, number: string): Promise<string[]> {
  const outbox = await city.get('/dev/outbox')
  void email
  return outbox.body.split('<article').filter((part) => part.includes(number))
}
void ANNA
void PDF
