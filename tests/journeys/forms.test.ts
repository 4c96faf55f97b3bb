import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { barriers, overflow } from './support/accessibility.ts'
import { watch } from './support/browser.ts'
import { heading, journey } from './support/journey.ts'

const ANNA = 'anna.becker@musterstadt.example'
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

const town = journey(() => testCity({ seed: true, now: '2026-11-24T13:30:00Z' }))

const goOn = async (page: Page) => {
  await page.getByRole('button', { name: 'Weiter', exact: true }).click()
  await page.waitForLoadState()
}

describe('Anna applies for a resident parking permit', () => {
  it(
    'on her phone, with what the city knows filled in, a photo uploaded, and Enter for the next page',
    { timeout: 120_000 },
    async () => {
      const page = await town.open('/antrag/resident-parking', { as: ANNA, width: 390, height: 844 })
      const watched = watch(page, town.base)
      await page.getByRole('button', { name: 'Antrag beginnen' }).click()
      expect(await heading(page)).toContain('Wer beantragt den Ausweis?')
      expect(await page.locator('main').innerText()).toContain('aus Ihrem Datenkonto')
      await page.keyboard.press('Tab')
      // Enter in a field goes on, and not back.
      await page.getByLabel('Vorname').press('Enter')
      await page.waitForURL('**/address')
      const street = page.getByRole('combobox', { name: 'Straße' })
      const home = await street.inputValue()
      await street.fill('')
      await street.pressSequentially(home.slice(0, 4), { delay: 20 })
      await page.getByRole('option').first().waitFor()
      expect(await barriers(page)).toEqual([])
      const said = page.locator('rh-address').getByRole('status')
      expect(await said.textContent()).toMatch(/^\d+ Vorschl/)
      await page.keyboard.press('Escape')
      expect(await said.textContent()).toBe('')
      await street.fill(home)
      await goOn(page)
      expect(await page.getByLabel('E-Mail-Adresse').inputValue()).toBe(ANNA)
      await goOn(page)
      await page.getByLabel('Kennzeichen').fill('s-zz 987')
      await page.getByLabel('Auf mich').check()
      await goOn(page)
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'Fahrzeugschein.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ program') })
      await goOn(page)
      const refused = page.getByRole('alert')
      await refused.waitFor()
      expect(await refused.innerText()).toContain('Diese Art von Datei können wir nicht annehmen')
      expect(await refused.evaluate((alert) => alert === document.activeElement)).toBe(true)
      expect(await page.title()).toMatch(/^Fehler: /)
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'Fahrzeugschein.pdf', mimeType: 'application/pdf', buffer: PDF })
      await page.getByRole('button', { name: 'Weiter', exact: true }).click()
      await page.waitForURL('**/permit')
      await page.getByLabel('Tag').fill('1')
      await page.getByLabel('Monat', { exact: true }).fill('12')
      await page.getByLabel('Jahr').fill('2026')
      await page.getByLabel('12 Monate').check()
      await goOn(page)
      expect(await heading(page)).toContain('Bitte prüfen Sie Ihre Angaben')
      const summary = await page.locator('main').innerText()
      for (const words of ['S-ZZ 987', 'Fahrzeugschein.pdf', '1. Dezember 2026', '30,70'])
        expect(summary).toContain(words)
      expect(await overflow(page)).toEqual([])
      await page.getByRole('button', { name: 'absenden' }).click()
      expect(await page.getByRole('alert').innerText()).toContain('Meine Angaben sind richtig')
      for (const box of await page.getByRole('checkbox').all()) await box.check()
      await page.getByRole('button', { name: 'absenden' }).click()
      await page.waitForURL('**/beleg')
      expect(await heading(page)).toContain('Ihr Antrag ist angekommen')
      expect(await page.locator('main').innerText()).toMatch(/BPA-2026-\d{6}-\d/)
      expect(watched.complaints).toEqual([])
      expect(watched.foreign).toEqual([])
    },
  )
})

describe('somebody without an account and without JavaScript', () => {
  it('registers a dog to the end', { timeout: 120_000 }, async () => {
    const page = await town.open('/antrag/dog-registration', { javaScript: false, width: 320, height: 640 })
    await page.getByRole('button', { name: 'Antrag beginnen' }).click()
    await goOn(page)
    expect(await page.getByRole('alert').innerText()).toContain('Bitte füllen Sie „Vorname“ aus.')
    await page.getByRole('link', { name: 'Bitte füllen Sie „Vorname“ aus.' }).click()
    expect(page.url()).toContain('#f-person-givenName')
    await page.getByLabel('Vorname').fill('Kemal')
    await page.getByLabel('Nachname').fill('Yılmaz')
    await page.getByLabel('Tag').fill('3')
    await page.getByLabel('Monat', { exact: true }).fill('2')
    await page.getByLabel('Jahr').fill('1952')
    const [house] = (await town.city.json('GET', '/api/v1/addresses?q=Uferstra%C3%9Fe%2012')).json() as {
      street: string
      houseNumber: string
    }[]
    await page.getByLabel('Straße').fill(house?.street ?? '')
    await page.getByLabel('Hausnummer').fill(house?.houseNumber ?? '')
    await page.getByRole('button', { name: 'Adresse suchen' }).click()
    expect(await page.locator('main').innerText()).toContain('Meinten Sie eine dieser Adressen?')
    await page.getByRole('radio').first().check()
    await goOn(page)
    await page.getByLabel('E-Mail-Adresse').fill('kemal@example.org')
    await page.getByRole('button', { name: 'Speichern und später weitermachen' }).click()
    expect(await page.getByLabel('E-Mail-Adresse').inputValue()).toBe('kemal@example.org')
    await page.getByRole('link', { name: 'Jetzt weitermachen' }).click()
    await goOn(page)
    await page.getByLabel('Wie viele Hunde').fill('0')
    await page.getByLabel('Rufname').fill('Boncuk')
    await page.getByLabel('Rasse').fill('Dackel')
    await page.getByLabel('Nein').check()
    await page.getByLabel('Chipnummer').fill('276098106123456')
    await page.getByLabel('Tag').fill('1')
    await page.getByLabel('Monat', { exact: true }).fill('10')
    await page.getByLabel('Jahr').fill('2026')
    await page.getByRole('button', { name: 'Weiteren Hund hinzufügen' }).click()
    await page.getByRole('button', { name: 'Hund 2 entfernen' }).click()
    expect(await page.getByLabel('Rufname').inputValue()).toBe('Boncuk')
    await goOn(page)
    await page.getByLabel('Ich möchte keine Befreiung').check()
    await goOn(page)
    await page.getByLabel('Ich überweise selbst').check()
    await page.getByRole('button', { name: 'Zurück' }).click()
    expect(await page.getByLabel('Ich möchte keine Befreiung').isChecked()).toBe(true)
    await goOn(page)
    expect(await page.getByLabel('Ich überweise selbst').isChecked()).toBe(true)
    await goOn(page)
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'absenden' }).click()
    expect(await heading(page)).toContain('Ihr Antrag ist angekommen')
    await town.city.runJobs()
    await page.getByRole('link', { name: 'Stand neu laden' }).click()
    expect(await page.locator('main').innerText()).toContain('Ihr Hund ist angemeldet')
    // Number and code were just shown: nobody has to type them.
    await page.getByRole('button', { name: 'Stand ansehen' }).click()
    expect(page.url()).toMatch(/\/stand\/HUN-[\d-]+$/)
    expect(await page.locator('main').innerText()).toContain('Ihr Hund ist angemeldet')
  })
})
