import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen, writeDataSafe } from '#modules/accounts/public.ts'
import { caseByNumber } from '#modules/cases/public.ts'
import { jsonSchemaOf } from '#modules/services/public.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { keepServiceVersion } from '#src/testing/service-version.ts'
import type { Fields } from '#src/testing/handle.ts'
import { withValue } from './domain/pages.ts'
import { Browser } from './testing/browser.ts'
import { answersOf, cafe, COMPUTED, TYPED } from './testing/pavement-cafe.ts'
import { addStreet, HOME } from './testing/street.ts'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
const FILE = '01a1fc2a-618d-7254-9179-b44152ff30f5'
const ANNA = 'anna.becker@example.org'

let city: TestCity
let keys = 0
beforeAll(async () => {
  city = await testCity()
  await addStreet(city)
  await keepServiceVersion(await city.ctx(), cafe, 'published')
  const anna = await addCitizen(await city.ctx(), { name: 'Anna Becker', email: ANNA })
  await writeDataSafe(await city.ctx({ as: ANNA }), anna.id, {
    givenName: 'Anna',
    familyName: 'Becker',
    birthDate: '1990-02-03',
    ...HOME,
    telephone: '+49711987654',
    vehicles: [{ plate: 'MU-AB 12', description: null }],
  })
})

const begin = async (browser: Browser) => browser.post(`/antrag/${cafe.slug}`, {})
const apply = (body: unknown) =>
  city.json('POST', `/api/v1/services/${cafe.slug}/applications`, body, {
    headers: { 'idempotency-key': `every-element-${keys++}` },
  })
const numberOn = (text: string): string => /CAFE-\d{4}-\d{6}-\d/.exec(text)?.[0] ?? ''
const answersOfCase = async (number: string) => (await caseByNumber(await city.ctx(), number))?.answers

/** Pages up to the one that is named. */
async function upTo(page: keyof typeof TYPED | 'papers'): Promise<Browser> {
  const browser = new Browser(city)
  await begin(browser)
  for (const [name, typed] of Object.entries(TYPED)) {
    if (name === page) return browser
    await fill(browser, name, typed)
  }
  return browser
}

async function fill(browser: Browser, name: string, typed: Fields): Promise<void> {
  if (name === 'furniture') for (let entry = 0; entry < 2; entry++) await browser.submit({}, 'hinzufuegen:furniture')
  await browser.submit(typed)
  // What an answer makes visible on the same page is asked for before it goes on.
  if (browser.path.endsWith(`/${name}`)) await browser.submit(typed)
}

describe('every element of the form language', () => {
  test('is asked on pages, and kept as what was meant', async () => {
    const browser = await upTo('papers')
    expect(browser.title()).toBe('Unterlagen')
    await browser.submit({}, 'weiter', [{ field: 'plan', name: 'Plan.pdf', content: PDF }])
    expect(browser.title()).toContain('Bitte prüfen Sie Ihre Angaben')
    for (const words of ['29. Februar 1988', 'Freitag', 'Samstag', '12,5', '1.234,50', '18,81', 'Plan.pdf', 'Markise'])
      expect(browser.page?.body).toContain(words)
    // Not shown to the person.
    expect(browser.page?.body).not.toContain('Wert</dt>')
    await browser.submit({ truthful: 'yes' }, 'absenden')
    const kept = await answersOfCase(numberOn(browser.page?.body ?? ''))
    const [plan] = (kept?.['plan'] ?? []) as string[]
    expect(kept).toEqual({ ...answersOf(plan ?? ''), ...COMPUTED })
  })

  test('is taken as JSON, and kept the same', async () => {
    const sent = await city.upload(`/api/v1/services/${cafe.slug}/files`, [
      { field: 'plan', name: 'Plan.pdf', content: PDF },
    ])
    const { id } = sent.json() as { id: string }
    const answer = await apply(answersOf(id))
    expect(answer.status).toBe(201)
    const { caseNumber } = answer.json() as { caseNumber: string }
    expect(await answersOfCase(caseNumber)).toEqual({ ...answersOf(id), ...COMPUTED })
  })

  test('is described by the JSON Schema', () => {
    const validator = new Ajv2020({ strict: true, strictTypes: false })
    ;(addFormats as unknown as (ajv: Ajv2020) => void)(validator)
    const accepts = validator.compile(jsonSchemaOf(cafe, 'en'))
    expect(accepts(answersOf(FILE))).toBe(true)
    for (const name of ['operator', 'email', 'cafe', 'area', 'season', 'opens', 'turnover', 'plan', 'truthful'])
      expect({ name, accepted: accepts(withValue(answersOf(FILE), name, undefined)) }).toEqual({
        name,
        accepted: false,
      })
    for (const name of ['telephone', 'weekdays', 'furniture', 'plate', 'licence', 'photo', 'newsletter'])
      expect({ name, accepted: accepts(withValue(answersOf(FILE), name, undefined)) }).toEqual({ name, accepted: true })
  })

  test('is filled in from the data safe and the login where it says so', async () => {
    const browser = new Browser(city, ANNA)
    await begin(browser)
    expect(browser.form().fields).toMatchObject({
      'operator/givenName': 'Anna',
      'operator/birthDate.year': '1990',
      'home/street': HOME.street,
      email: ANNA,
      telephone: '+49711987654',
    })
    expect(browser.page?.body).toContain('aus Ihrem Datenkonto')
    await browser.submit()
    await browser.submit({ ...TYPED.place, season: 'summer' })
    await browser.submit()
    expect(browser.form().fields).toMatchObject({ plate: 'MU-AB 12' })
  })
})

describe('what is wrong is told in the same words on the page and as JSON', () => {
  const cases: readonly [
    what: string,
    page: keyof typeof TYPED,
    typed: Fields,
    pointer: string,
    value: unknown,
    message: string,
  ][] = [
    [
      'no text',
      'operator',
      { 'operator/givenName': '  ' },
      'operator/givenName',
      '  ',
      'Bitte füllen Sie „Vorname“ aus.',
    ],
    [
      'a day that does not exist',
      'operator',
      { 'operator/birthDate.day': '30' },
      'operator/birthDate',
      '1988-02-30',
      'ein Datum ein, das es gibt',
    ],
    [
      'a day of tomorrow',
      'operator',
      { 'operator/birthDate.year': '2096' },
      'operator/birthDate',
      '2096-02-29',
      'nach dem',
    ],
    ['a mail address', 'operator', { email: 'ayse@cafe' }, 'email', 'ayse@cafe', 'name@beispiel.de'],
    ['a telephone number', 'operator', { telephone: '110' }, 'telephone', '110', 'mit Vorwahl'],
    ['a postcode', 'operator', { 'home/postcode': '670' }, 'home/postcode', '670', 'mit fünf Ziffern'],
    [
      'an address of elsewhere',
      'place',
      { 'cafe/street': 'Rue', 'cafe/postcode': '70999', 'cafe/place': 'Musterstadt' },
      'cafe',
      { ...HOME, street: 'Rue' },
      'kennen wir',
    ],
    ['a number of too many digits', 'place', { area: '12,55' }, 'area', 12.55, '„Fläche“'],
    ['a number that is too large', 'place', { area: '201' }, 'area', 201, 'höchstens 200'],
    ['a number that is not whole', 'place', { seats: '2,5' }, 'seats', 2.5, 'eine ganze Zahl'],
    ['an option', 'place', { season: 'winter' }, 'season', 'winter', 'Möglichkeiten'],
    ['one of several options', 'place', { weekdays: ['fri', 'xmas'] }, 'weekdays', ['fri', 'xmas'], 'Möglichkeiten'],
    ['what a condition asks for', 'place', { weekdays: [] }, 'weekdays', undefined, 'Wochentage'],
    ['a check over the page', 'place', { seats: '26' }, 'seats', 26, 'zwei Plätze Platz'],
    ['a check in a list', 'furniture', { 'furniture/0/count': '3' }, 'furniture/0/count', 3, 'zu viele Heizstrahler'],
    [
      'what a condition of its own entry asks for',
      'furniture',
      { 'furniture/1/note': '' },
      'furniture/1/note',
      undefined,
      'Bitte beschreiben Sie die Markise.',
    ],
    ['a number plate', 'delivery', { plate: '12-AB' }, 'plate', '12-AB', 'S-AB 1234'],
    ['a pattern', 'delivery', { licence: 'AB12' }, 'licence', 'AB12', 'AB1234'],
    ['an amount', 'money', { turnover: 'viel' }, 'turnover', 'viel', 'einen Betrag'],
    ['an IBAN', 'money', { 'account/iban': 'DE03 1203' }, 'account/iban', 'DE03 1203', 'Bitte prüfen Sie die IBAN'],
  ]

  test.each(cases)('%s', async (_what, page, typed, pointer, value, message) => {
    const browser = await upTo(page)
    await fill(browser, page, { ...TYPED[page], ...typed })
    expect(browser.page?.status).toBe(422)
    expect(browser.errors().join('\n')).toContain(message)

    const answer = await apply(withValue(withValue(answersOf(FILE), 'plan', undefined), pointer, value))
    expect(answer.status).toBe(422)
    const errors = (answer.json() as { errors: { pointer: string; detail: string }[] }).errors
    const told = errors.filter(({ detail }) => detail.includes(message)).map((one) => one.pointer)
    expect(told).toEqual([`#/${pointer}`])
  })

  test('and what has become invisible is neither asked for nor kept', async () => {
    const sent = await city.upload(`/api/v1/services/${cafe.slug}/files`, [
      { field: 'plan', name: 'Plan.pdf', content: PDF },
    ])
    const { id } = sent.json() as { id: string }
    const small = { ...answersOf(id), area: 10, seats: 4, season: 'year', turnover: 100000 }
    const answer = await apply(small)
    expect(answer.status).toBe(201)
    const kept = await answersOfCase((answer.json() as { caseNumber: string }).caseNumber)
    for (const name of ['weekdays', 'plate', 'licence', 'account']) expect(kept).not.toHaveProperty(name)
  })
})
