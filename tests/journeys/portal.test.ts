import { describe, expect, it } from 'vitest'
import { exec, sql } from '#platform/db/db.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { jobType } from '#platform/jobs/jobs.ts'
import { testCity } from '#src/testing/city.ts'
import { overflow } from './support/accessibility.ts'
import { watch } from './support/browser.ts'
import { heading, journey } from './support/journey.ts'

// Tuesday, 24 November 2026, 14:30 in the city.
const town = journey(() => testCity({ seed: true, now: '2026-11-24T13:30:00Z' }))

describe('Anna, new in town, with a phone in one hand', () => {
  it('types what she calls it and gets the permit while typing', async () => {
    const page = await town.open('/', { width: 390, height: 844 })
    const watched = watch(page, town.base)
    await page.getByRole('combobox').pressSequentially('anwohnerp', { delay: 20 })
    await page.getByRole('option').first().waitFor()
    expect(await page.getByRole('option').first().innerText()).toContain('Bewohnerparkausweis beantragen')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/leistungen/bewohnerparkausweis')
    expect(await heading(page)).toBe('Bewohnerparkausweis beantragen')
    expect(watched.complaints).toEqual([])
    expect(watched.foreign).toEqual([])
  })

  it('finds one main button, and it leads to the form', async () => {
    const page = await town.open('/leistungen/bewohnerparkausweis', { width: 390, height: 844 })
    const buttons = page.locator('main .kern-btn--primary')
    expect(await buttons.count()).toBe(1)
    await buttons.click()
    await page.waitForURL('**/antrag/resident-parking**')
    expect((await heading(page)).length).toBeGreaterThan(3)
  })
})

describe('without JavaScript', () => {
  it('the search answers with a page, and forgives a typing error', async () => {
    const page = await town.open('/', { javaScript: false })
    await page.getByRole('searchbox').fill('Führungszeugniss')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/suche?q=**')
    expect(await page.locator('main').innerText()).toContain('Meinten Sie vielleicht')
    await page.getByRole('link', { name: 'Führungszeugnis beantragen' }).click()
    await page.waitForURL('**/leistungen/fuehrungszeugnis')
    expect(await page.locator('main').innerText()).toContain('13,00 €')
  })

  it('every letter of the list leads to its services', async () => {
    const page = await town.open('/leistungen', { javaScript: false })
    await page.getByRole('navigation', { name: 'Buchstaben' }).getByRole('link', { name: 'W' }).click()
    expect(new URL(page.url()).hash).toBe('#w')
    expect(await page.locator('#w').innerText()).toContain('Wohnsitz ummelden')
  })
})

describe('by keyboard', () => {
  it('skip link, search and suggestions can be reached and left', async () => {
    const page = await town.open('/')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Inhalt')
    const search = page.getByRole('combobox')
    await search.focus()
    await search.pressSequentially('hund', { delay: 20 })
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Escape')
    expect(await search.getAttribute('aria-expanded')).toBe('false')
    expect(await search.inputValue()).toBe('hund')
    // What was asked for the last letters must not open the list again.
    await page.waitForTimeout(400)
    expect(await search.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/suche?q=hund')
    expect(await page.locator('main').innerText()).toContain('Hund anmelden')
  })
})

describe('Herr Yılmaz, 74, with the page at twice its size', () => {
  it('reads on a small phone, its letters twice as large, without scrolling sideways', async () => {
    const page = await town.open('/', { width: 320, height: 640 })
    for (const path of ['/', '/leistungen/bewohnerparkausweis', '/antrag/resident-parking', '/stand']) {
      await page.goto(path)
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
      expect(await overflow(page), path).toEqual([])
    }
  })

  it('takes the page with him on paper: what it says, and nothing to press', async () => {
    const page = await town.open('/leistungen/bewohnerparkausweis')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('Was Sie brauchen').isVisible()).toBe(true)
    for (const pressed of ['nav', 'button', '.kern-btn', 'input'])
      expect(await page.locator(pressed).filter({ visible: true }).count(), pressed).toBe(0)
  })

  it('sees when the office is open, and how to call it', async () => {
    // 200 % of a window of 1280 pixels is one of 640.
    const page = await town.open('/dienststellen', { width: 640, height: 450 })
    await page.getByRole('link', { name: 'Bürgerbüro Mitte' }).click()
    await page.waitForURL('**/dienststellen/buergerbuero-mitte')
    const text = await page.locator('main').innerText()
    expect(text).toContain('Jetzt geöffnet')
    expect(text).toContain('bis 16:00 Uhr')
    expect(text).toContain('Stufenloser Eingang')
    expect(await page.locator('main a[href^="tel:"]').count()).toBeGreaterThan(0)
    expect(await page.getByRole('img', { name: /Karte der Stadtteile/ }).count()).toBe(1)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  })
})

describe('in English', () => {
  it('one link changes the language and stays on the page', async () => {
    const page = await town.open('/leistungen/wohnsitz-anmelden')
    await page.getByRole('link', { name: 'English' }).click()
    await page.waitForURL('**/en/leistungen/wohnsitz-anmelden')
    expect(await heading(page)).toBe('Register your address')
    await page.goto('/en/suche')
    await page.getByRole('combobox').pressSequentially('rubbish', { delay: 20 })
    await page.getByRole('option', { name: /bulky waste/ }).click()
    await page.waitForURL('**/en/leistungen/sperrmuell')
  })
})

describe('the administrator, called at night', () => {
  it('sees what failed, reads why, and lets it run again', async () => {
    const ctx = await town.city.ctx()
    await enqueue(ctx, jobType('portal.test-mail'), {})
    await exec(
      ctx.db,
      sql`update graphile_worker._private_jobs j set attempts = max_attempts, last_error = 'connect ECONNREFUSED 127.0.0.1:25'
        from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'portal.test-mail'`,
    )
    const page = await town.open('/workbench/betrieb', { as: 'admin@musterstadt.example', width: 1280 })
    expect(await page.locator('main').innerText()).toContain('Endgültig gescheiterte Aufträge: 1')
    await page.getByRole('navigation', { name: 'Betrieb' }).getByRole('link', { name: 'Aufträge' }).click()
    expect(await page.locator('main table').innerText()).toContain('ECONNREFUSED')
    await page.getByRole('button', { name: /Noch einmal versuchen/ }).click()
    await page.getByText('Ein Auftrag läuft gleich noch einmal.').waitFor()
    await page.goto('/workbench/betrieb')
    const isOpen = () => page.locator('.rh-nav__group').evaluate((group) => group.hasAttribute('open'))
    const summary = page.locator('.rh-nav__group > summary')
    await summary.click()
    expect(await isOpen()).toBe(true)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    expect(await isOpen()).toBe(false)
    expect(await summary.evaluate((one) => one === document.activeElement)).toBe(true)
    await summary.click()
    await page.getByRole('heading', { level: 1 }).click()
    expect(await isOpen()).toBe(false)
    expect(await page.locator('main').innerText()).not.toContain('Endgültig gescheiterte Aufträge')
  })
})
