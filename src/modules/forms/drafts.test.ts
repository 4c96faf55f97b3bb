import { describe, expect, test } from 'vitest'
import { one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { Browser } from './testing/browser.ts'
import { begin, OWNER } from './testing/dog-form.ts'
import { ANNA, BERND, settle } from './testing/people.ts'
import { HOME } from './testing/street.ts'

const city = await testCity()
await settle(city)

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
    expect((await late.get(link)).status).toBe(410)
    expect(late.title()).toBe('Dieser Link gilt nicht mehr')
    expect((await late.post(link, {})).status).toBe(410)
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
