import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { journey } from './support/journey.ts'

const town = journey(() => testCity({ seed: true }))

const PASSWORD = 'vier blaue Stühle'

/** The link in the latest mail to that address, as the page of kept mails shows it. */
async function linkInMail(page: Page, to: string): Promise<string> {
  await town.city.runJobs()
  await page.goto(`/dev/outbox?q=${encodeURIComponent(to)}`)
  await page.goto((await page.getByRole('table').getByRole('link').first().getAttribute('href'))!)
  return (await page.getByRole('main').locator('a[href*="code="]').first().getAttribute('href'))!
}

/** Waits until the page says so: buttons lead to another page. */
const sees = (page: Page, words: string) => page.getByRole('main').getByText(words).first().waitFor({ timeout: 5_000 })
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 5_000 })

async function signIn(page: Page, mail: string, password: string): Promise<void> {
  await page.goto('/anmelden')
  await page.getByLabel('E-Mail-Adresse').fill(mail)
  await page.getByLabel('Passwort', { exact: true }).fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click()
  await page.waitForURL((url) => url.pathname !== '/anmelden')
}

describe.each([
  ['on a phone, without scripts', { width: 320, height: 640, javaScript: false }, 'lena.telefon@example.org'],
  ['at a desk', {}, 'lena.tisch@example.org'],
])('Lena, new in town, %s', (_where, window, mail) => {
  it('creates an account, leaves her data, sees who read them, and deletes everything', async () => {
    const page = await town.open('/registrieren', window)
    await page.getByLabel('E-Mail-Adresse').fill('lena')
    await page.getByRole('button', { name: 'Link schicken' }).click()
    // The summary leads to the field, and what was typed is still there.
    await page.getByRole('alert').getByRole('link').click()
    expect(await page.evaluate('document.activeElement.name')).toBe('mail')
    expect(await page.getByLabel('E-Mail-Adresse').inputValue()).toBe('lena')
    await page.getByLabel('E-Mail-Adresse').fill(mail)
    await page.keyboard.press('Enter')
    await title(page, 'Bitte sehen Sie in Ihrem E-Mail-Postfach nach')

    await page.goto(await linkInMail(page, mail))
    await page.getByLabel('Vorname').fill('Lena')
    await page.getByLabel('Nachname').fill('Neumann')
    await page.getByLabel('Passwort', { exact: true }).fill('kurz')
    await page.getByRole('button', { name: 'Konto anlegen' }).click()
    await sees(page, 'mindestens 10 Zeichen')
    await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Konto anlegen' }).click()
    await title(page, 'Guten Tag, Lena Neumann')

    await page.goto('/konto/daten')
    await page.getByLabel('Tag').fill('31')
    await page.getByLabel('Monat').fill('2')
    await page.getByLabel('Jahr').fill('1990')
    await page.getByRole('button', { name: 'Speichern' }).click()
    await sees(page, 'Geburtsdatum')
    await page.getByLabel('Tag').fill('28')
    await page.getByRole('button', { name: 'Speichern' }).click()
    await sees(page, 'Gespeichert')
    await page.getByLabel('Kennzeichen').fill('mu-ln 77')
    await page.getByRole('button', { name: 'Fahrzeug hinzufügen' }).click()
    await sees(page, 'MU-LN 77')

    await page.goto('/konto/einsicht')
    await sees(page, 'Noch niemand')

    await page.goto('/konto/datenschutz')
    await page.getByRole('link', { name: 'Konto löschen' }).click()
    await page.getByLabel('Ihr Passwort').fill(PASSWORD)
    await page.getByRole('button', { name: 'Konto endgültig löschen' }).click()
    await sees(page, 'Ihr Konto ist gelöscht')
    await page.goto('/konto')
    expect(new URL(page.url()).pathname).toBe('/anmelden')
  })
})

describe('somebody who forgot the password', () => {
  it('chooses a new one by the link, and is signed out elsewhere', async () => {
    const mail = 'anna.becker@musterstadt.example'
    const elsewhere = await town.open('/konto', { as: mail })
    await title(elsewhere, 'Anna Becker')
    const page = await town.open('/anmelden')
    await page.getByRole('link', { name: 'Passwort vergessen?' }).click()
    await page.getByLabel('E-Mail-Adresse').fill(mail)
    await page.getByRole('button', { name: 'Link schicken' }).click()
    await page.goto(await linkInMail(page, mail))
    await page.getByLabel('Neues Passwort').fill(PASSWORD)
    await page.getByRole('button', { name: 'Passwort speichern' }).click()
    await sees(page, 'Ihr neues Passwort gilt ab jetzt')
    await signIn(page, mail, PASSWORD)
    await title(page, 'Anna Becker')
    await elsewhere.goto('/konto')
    expect(new URL(elsewhere.url()).pathname).toBe('/anmelden')
  })
})

describe('an administrator', () => {
  it('invites a colleague, gives a role, and locks the account again', async () => {
    const page = await town.open('/workbench/konten', { as: 'admin@musterstadt.example' })
    await page.getByRole('link', { name: 'Konto anlegen' }).click()
    await page.getByLabel('Name').fill('Nora Neu')
    await page.getByLabel('E-Mail-Adresse').fill('nora.neu@musterstadt.example')
    await page.getByLabel('Amt').selectOption({ label: 'Bürgeramt' })
    await page.getByRole('button', { name: 'Einladung schicken' }).click()
    await sees(page, 'Die Einladung ist unterwegs')
    const address = page.url()
    await page.getByLabel('Rolle', { exact: true }).selectOption({ label: 'Sachbearbeitung' })
    await page.getByRole('form', { name: 'Rolle geben' }).getByLabel('Amt').selectOption({ label: 'Bürgeramt' })
    await page.getByRole('button', { name: 'Rolle geben' }).click()
    await sees(page, 'Sachbearbeitung')

    const colleague = await town.open('/anmelden')
    await colleague.goto(await linkInMail(colleague, 'nora.neu@musterstadt.example'))
    await colleague.getByLabel('Neues Passwort').fill(PASSWORD)
    await colleague.getByRole('button', { name: 'Passwort speichern' }).click()
    await signIn(colleague, 'nora.neu@musterstadt.example', PASSWORD)
    await colleague.waitForURL('**/workbench')

    await page.goto(address)
    await page.getByRole('button', { name: 'Konto sperren' }).click()
    await sees(page, 'Das Konto ist gesperrt')
    await colleague.reload()
    expect(new URL(colleague.url()).pathname).toBe('/anmelden')
  })
})
