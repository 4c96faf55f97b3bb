import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { maybe, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { accessCodeFor } from '#modules/cases/public.ts'
import { barriers, overflow } from './support/accessibility.ts'
import { watch } from './support/browser.ts'
import { heading, journey } from './support/journey.ts'

const JONAS = 'jonas.keller@musterstadt.example'
const TAX_CLERK = 'elif.steeb@musterstadt.example'

const town = journey(() => testCity({ seed: true }))

const firstNumber = (page: Page) => page.locator('tbody tr').first().getAttribute('data-number')

describe('a clerk on Monday morning', () => {
  it('sees what is urgent, searches, and takes a case, all by keyboard', { timeout: 90_000 }, async () => {
    const page = await town.open('/workbench', { as: JONAS, width: 1600, height: 1000 })
    const watched = watch(page, town.base)
    expect(await heading(page)).toBe('Eingang')
    await page.getByRole('link', { name: 'Überfällig' }).click()
    await page.waitForURL('**due=overdue**')
    expect(await page.locator('tbody').innerText()).toContain('überfällig')
    expect(await barriers(page)).toEqual([])

    await page.goto('/workbench?assignee=none')
    const number = (await firstNumber(page))!
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-q')
    await page.keyboard.type(number)
    await page.keyboard.press('Enter')
    await page.waitForURL('**q=**')
    expect(await firstNumber(page)).toBe(number)
    await page.locator('h1').click()
    await page.keyboard.press('j')
    await page.keyboard.press('t')
    await page.waitForURL('**changed=1**')
    await page.goto('/workbench?assignee=me')
    expect(await page.locator('tbody').innerText()).toContain(number)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/vorgaenge/**')
    expect(await page.locator('main').innerText()).toContain('Was Sie tun können')
    expect(watched.complaints).toEqual([])
    expect(watched.foreign).toEqual([])
  })

  it('goes on in the list where an action was, instead of at its top', { timeout: 60_000 }, async () => {
    const page = await town.open('/workbench', { as: JONAS, width: 1280, height: 900 })
    const third = await page.locator('tbody tr a').nth(2).innerText()
    for (const key of ['j', 'j', 't']) await page.keyboard.press(key)
    await page.waitForURL('**changed=**')
    await page.keyboard.press('j')
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).innerText)).toBe(third)
    await page.reload()
    await page.keyboard.press('j')
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).innerText)).not.toBe(third)
  })

  it('hands the cases of a colleague who is ill to somebody else, in one go', { timeout: 60_000 }, async () => {
    const page = await town.open('/workbench', { as: 'tobias.nowak@musterstadt.example', width: 1600, height: 1000 })
    const ill = 'Martina Sautter'
    await page.getByLabel('Bearbeitung').selectOption({ label: ill })
    await page.getByRole('button', { name: 'Anwenden' }).click()
    const boxes = page.locator('tbody input[type=checkbox]')
    const count = await boxes.count()
    expect(count).toBeGreaterThan(0)
    for (const box of await boxes.all()) await box.check()
    await page.getByLabel('Übergeben an').selectOption({ label: 'Jonas Keller' })
    await page.getByRole('button', { name: 'Übergeben', exact: true }).click()
    await page.waitForURL('**changed=**')
    expect(page.url()).toContain(`changed=${count}&left=0`)
    expect(await page.locator('main').innerText()).toContain('Hier ist nichts zu tun')
  })

  it('reads in one line since when a case is overdue', { timeout: 60_000 }, async () => {
    const page = await town.open('/workbench?due=overdue', { as: JONAS, width: 1280 })
    await page.getByRole('link', { name: (await firstNumber(page))! }).click()
    const badge = page.locator('main .kern-badge', { hasText: 'überfällig' })
    const lines = await badge.evaluate((one) => {
      const text = document.createRange()
      text.selectNodeContents(one.querySelector('.kern-label')!)
      return text.getClientRects().length
    })
    expect(lines).toBe(1)
  })

  it('decides, sees what will happen first, and takes it back in time', { timeout: 90_000 }, async () => {
    const page = await town.open('/workbench?state=review&assignee=none', { as: TAX_CLERK, width: 1280 })
    const number = (await firstNumber(page))!
    await page.getByRole('link', { name: number }).click()
    await page.waitForURL(`**/${number}`)
    expect(await barriers(page)).toEqual([])
    expect(await overflow(page)).toEqual([])
    await page.getByRole('link', { name: 'Ablehnen' }).click()
    const main = page.locator('main')
    expect(await main.innerText()).toContain('Was dann geschieht')
    await page.getByRole('button', { name: 'Ja, so machen' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('Füllen Sie das Feld „Gründe“ aus.')
    expect(await barriers(page)).toEqual([])
    await page.getByLabel('Gründe').fill('Der Nachweis fehlt.')
    await page.getByRole('button', { name: 'Ja, so machen' }).click()
    await page.waitForURL(`**/${number}`)
    expect(await main.innerText()).toContain('„Ablehnen“ wird in zehn Sekunden wirksam')
    await page.getByRole('button', { name: 'Zurücknehmen' }).click()
    await page.getByRole('heading', { name: 'Ablehnen', level: 1 }).waitFor()
    expect(await main.innerText()).toContain('Es ist nichts verschickt worden')
    expect(await page.getByLabel('Gründe').inputValue()).toBe('Der Nachweis fehlt.')
    await page.getByRole('link', { name: 'Zurück zum Vorgang' }).first().click()
    await page.waitForURL(`**/${number}`)
    expect(await main.innerText()).toContain('Zurückgenommen: Ablehnen')
  })
})

describe('what goes out in ten seconds', () => {
  const send = async (say: string) => {
    const page = await town.open('/workbench?state=review&assignee=none', { as: TAX_CLERK, width: 1280 })
    await page.clock.install({ time: town.city.clock.now().epochMilliseconds })
    await page.getByRole('link', { name: (await firstNumber(page))! }).click()
    await page.getByLabel('Nachricht an die antragstellende Person').fill(say)
    await page.getByRole('button', { name: 'Nachricht senden' }).click()
    await page.getByRole('heading', { name: 'Die Nachricht geht in zehn Sekunden hinaus' }).waitFor()
    return page
  }
  const thirteenSecondsOn = async (page: Page) => {
    town.city.clock.advance({ seconds: 13 })
    await town.city.runJobs({ ignoreFailures: true })
    await page.clock.runFor(13_500)
  }
  const messages = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: 'Nachrichten' }) })

  it('stands on the page by itself when it has gone', { timeout: 60_000 }, async () => {
    const page = await send('Bitte senden Sie den Nachweis.')
    await thirteenSecondsOn(page)
    await page.locator('cases-undo').waitFor({ state: 'detached' })
    expect(await messages(page).innerText()).toContain('Bitte senden Sie den Nachweis.')
  })

  it('takes nothing from who writes meanwhile: they are told that it is over', { timeout: 60_000 }, async () => {
    const page = await send('Bitte rufen Sie uns an.')
    const note = page.getByLabel('Notiz für Kolleginnen und Kollegen')
    await note.fill('Ruft morgen an')
    await thirteenSecondsOn(page)
    await page.getByRole('heading', { name: 'Die zehn Sekunden sind um' }).waitFor()
    expect(await note.inputValue()).toBe('Ruft morgen an')
    expect(await page.getByRole('button', { name: 'Zurücknehmen' }).isVisible()).toBe(false)
    expect(await barriers(page)).toEqual([])
    await note.fill('')
    await page.getByRole('link', { name: 'Seite neu laden' }).click()
    expect(await messages(page).innerText()).toContain('Bitte rufen Sie uns an.')
  })

  it('leaves who reads further down where they are', { timeout: 60_000 }, async () => {
    const page = await send('Wir prüfen noch.')
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }))
    const place = async () => (await page.getByRole('heading', { name: 'Verlauf' }).boundingBox())!.y
    const before = await place()
    await thirteenSecondsOn(page)
    await page.getByRole('heading', { name: 'Die zehn Sekunden sind um' }).waitFor()
    expect(Math.abs((await place()) - before)).toBeLessThan(1)
  })
})

describe('Herr Yılmaz, who has only the letter with the number', () => {
  it('sees how it stands, at 200 % zoom and without scripts, and writes to the city', { timeout: 60_000 }, async () => {
    const ctx = await town.city.ctx()
    const kase = await maybe(
      ctx.db,
      sql<{ id: string; number: string }>`select id, number from cases_case
        where account_id is null and state = 'review' order by number limit 1`,
    )
    const page = await town.open('/stand', { javaScript: false, width: 640, height: 500 })
    await page.getByLabel('Nummer des Antrags').fill(kase!.number.toLowerCase().replaceAll('-', ' '))
    await page.getByLabel('Zugangscode').fill('falsch')
    await page.getByRole('button', { name: 'Stand ansehen' }).click()
    expect(await page.locator('#fehler').innerText()).toContain('Nummer und Code passen nicht zusammen')
    await page.getByLabel('Zugangscode').fill(accessCodeFor(kase!.id, `demo:${kase!.id}`).toLowerCase())
    await page.getByRole('button', { name: 'Stand ansehen' }).click()
    await page.waitForURL(`**/stand/${kase!.number}`)
    // Text alone at 200 %, as some browsers enlarge it.
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    expect(await overflow(page)).toEqual([])
    const main = page.locator('main')
    expect(await main.innerText()).toContain('Wie es weitergeht')
    await page.getByLabel('Ihre Nachricht an uns').fill('Wie lange dauert es noch?')
    await page.getByRole('button', { name: 'Nachricht senden' }).click()
    await page.waitForURL('**done=sent**')
    expect(await main.innerText()).toContain('Ihre Nachricht ist bei uns')
    expect(await main.innerText()).toContain('Wie lange dauert es noch?')
  })
})
