import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import {
  bankAccountOf,
  camtFile,
  paymentById,
  requestPayment,
  startPaymentCounterpart,
  type Payment,
} from '#modules/payments/public.ts'
import { testCity } from '#src/testing/city.ts'
import { watch } from './support/browser.ts'
import { journey } from './support/journey.ts'

const NOW = '2026-11-24T13:30:00Z'
const KEYS = { apiKey: 'key-of-the-service', notificationKey: 'key-of-its-signature' }
type Service = Awaited<ReturnType<typeof startPaymentCounterpart>>

let service: Service
const town = journey(async () => {
  service = await startPaymentCounterpart({ port: 0, ...KEYS, now: () => Date.parse(NOW) / 1000 })
  const secrets: Readonly<Record<string, string>> = {
    XBEZAHL_KEY: KEYS.apiKey,
    PAYMENT_NOTIFICATION_KEY: KEYS.notificationKey,
  }
  return testCity({
    seed: true,
    now: NOW,
    config: {
      setting: (_tenant, name) => (name === 'XBEZAHL_URL' ? service.url : null),
      secret: (_tenant, name) => secrets[name] ?? null,
    },
  })
})
afterAll(() => service?.close())

let n = 0
async function ask(): Promise<Payment> {
  return requestPayment(await town.city.ctx(), {
    key: `journey:${(n += 1)}`,
    purpose: 'Bewohnerparkausweis S-AB 1234',
    cents: 3070,
    dueOn: Temporal.PlainDate.from('2026-12-08'),
    payer: { name: 'Anna Becker', email: 'anna.becker@musterstadt.example' },
    locale: 'de',
    subject: `journey:${n}`,
    returnPath: '/',
  })
}

const stateOf = async (payment: Payment) => (await paymentById(await town.city.ctx(), payment.id))?.state

/**
 * From the link in the mail to the page of the service. The test's city listens on a port of its own and does not know it,
 * so the way back is walked by its path.
 */
async function toTheService(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Online bezahlen' }).click()
  await page.getByRole('link', { name: 'Weiter zum Bezahldienst' }).click()
  await page.waitForURL(`${service.url}/pay/**`)
  await page.route('http://localhost:8080/**', (route) => {
    const url = new URL(route.request().url())
    return route.fulfill({ status: 303, headers: { location: town.base + url.pathname + url.search } })
  })
}

describe('Anna pays for her permit on her phone', () => {
  it.each([true, false])('online, and comes back to a thank-you (scripts: %s)', async (javaScript) => {
    const payment = await ask()
    const page = await town.open(payment.payPath, { width: 390, height: 844, javaScript })
    const watched = watch(page, town.base)
    expect(await page.locator('h1').innerText()).toContain('Bewohnerparkausweis S-AB 1234')
    expect(await page.locator('svg[role=img]').count()).toBe(1)
    expect(watched.complaints).toEqual([])
    await toTheService(page)
    expect(await page.locator('body').innerText()).toContain('Es wird kein Geld bewegt')
    await page.getByRole('button', { name: 'Jetzt bezahlen' }).click()
    await page.getByRole('heading', { name: 'Ihre Zahlung ist angekommen' }).waitFor()
    expect(await stateOf(payment)).toBe('paid')
  })

  it('or gives up there, is told that nothing was taken, and can try again', async () => {
    const payment = await ask()
    const page = await town.open(payment.payPath, { width: 390, height: 844 })
    await toTheService(page)
    await page.getByRole('button', { name: 'Abbrechen' }).click()
    await page.getByRole('heading', { name: 'Sie haben die Zahlung abgebrochen' }).waitFor()
    expect(await page.getByRole('button', { name: 'Online bezahlen' }).count()).toBe(1)
    expect(await stateOf(payment)).toBe('open')
  })
})

describe('the treasury in the morning', () => {
  it('imports the statement of the bank, and the fee is paid', async () => {
    const payment = await ask()
    const ctx = await town.city.ctx()
    const path = join(town.city.app.config.dataDir, 'auszug.xml')
    const movements = [{ cents: 3070, remittance: payment.reference }]
    await writeFile(path, camtFile({ iban: bankAccountOf(ctx)!.iban, on: '2026-11-24', id: 'REISE-1', movements }))
    const page = await town.open('/workbench/zahlungen/kontoauszuege', { as: 'admin@musterstadt.example' })
    await page.locator('input[type=file]').setInputFiles(path)
    await page.getByRole('button', { name: 'Einlesen' }).click()
    await page.getByText('ist eingelesen').first().waitFor()
    expect(await stateOf(payment)).toBe('paid')
  })

  it('clears what the machine could not, by keyboard alone', async () => {
    const page = await town.open('/workbench/zahlungen/klaerung?q=Vielen+Dank', { as: 'admin@musterstadt.example' })
    await page.getByRole('link', { name: 'Gesangverein Eintracht' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/klaerung/*-*')
    await page.locator('summary', { hasText: 'An die Buchhaltung abgeben' }).focus()
    await page.keyboard.press('Enter')
    const form = page.getByRole('form', { name: 'An die Buchhaltung abgeben' })
    await form.getByRole('textbox').fill('Spende an den Verein, falsches Konto')
    await form.getByRole('button', { name: 'Abgeben' }).press('Enter')
    await page.getByText('Der Umsatz ist geklärt').waitFor()
  })
})
