import { describe, expect, it } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { isOpenToAll } from './support/open-to-all.ts'
import { watch } from './support/browser.ts'
import { heading, journey } from './support/journey.ts'

// On the day on which the demo city was made: its opening hours begin then.
const town = journey(() => testCity({ seed: true }))
const ANNA = 'anna.becker@musterstadt.example'

async function linkMailedTo(email: string): Promise<string> {
  const { db } = await town.city.ctx()
  const rows = await many(
    db,
    sql<{ path: string }>`select link_path as path from notifications_message where email = ${email} order by id`,
  )
  return rows.at(-1)!.path
}

/** A matter that is dealt with in this way, and in person. */
async function matterBy(way: string): Promise<string> {
  const { db } = await town.city.ctx()
  const rows = await many(
    db,
    sql<{ slug: string }>`select slug from appointments_service
      where variants @> array[${way}, 'in-person'] order by slug limit 1`,
  )
  return rows[0]!.slug
}

async function proofsUsed(): Promise<number> {
  const { db } = await town.city.ctx()
  return (await many(db, sql`select from appointments_proof`)).length
}

describe('somebody looks for an office near their home', () => {
  it('and the street completes while they type', { timeout: 60_000 }, async () => {
    const page = await town.open('/termine', { width: 360, height: 740 })
    await page.getByRole('link', { name: 'Reisepass beantragen' }).first().click()
    await page.locator('summary', { hasText: 'In der Nähe einer Adresse' }).click()
    const line = page.getByRole('combobox', { name: 'Ihre Adresse' })
    await line.pressSequentially('Gerb', { delay: 20 })
    await page.getByRole('option', { name: /^Gerberstraße,/ }).waitFor()
    await isOpenToAll(page)
    await page.getByRole('option', { name: /^Gerberstraße,/ }).click()
    await line.pressSequentially('12')
    await page.getByRole('option', { name: /^Gerberstraße 12,/ }).waitFor()
    await line.press('ArrowDown')
    await line.press('Enter')
    expect(await line.inputValue()).toBe('Gerberstraße 12')
    await page.getByLabel('Umkreis').selectOption('10')
    await page.getByRole('button', { name: 'Freie Zeiten zeigen' }).click()
    expect(await heading(page)).toBe('Freie Termine')
    expect(await page.locator('main').innerText()).toContain('höchstens 10 km von Gerberstraße 12')
  })
})

describe('somebody looks for what it is about', () => {
  it('while they type, by keyboard, and finds it again when they come back', { timeout: 60_000 }, async () => {
    const page = await town.open('/termine', { width: 320, height: 640 })
    const watched = watch(page, town.base)
    const links = page.locator('#ap-matters a')
    const all = await links.count()
    await page.getByLabel('Ihr Anliegen').pressSequentially('perso', { delay: 20 })
    const found = page.getByRole('status')
    await found.getByText(/^\d+ Anliegen passen zu „perso“\.$/).waitFor()
    expect([(await links.allInnerTexts())[0], (await links.count()) < all]).toEqual([
      'Personalausweis beantragen',
      true,
    ])
    await isOpenToAll(page)
    for (const key of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
    await page.waitForURL(/service=personalausweis/)
    await page.goBack()
    expect(await page.getByLabel('Ihr Anliegen').inputValue()).toBe('perso')
    await found.getByText('passen zu „perso“').waitFor()

    await page.getByLabel('Ihr Anliegen').fill('xyzzy')
    await page.getByRole('heading', { name: 'Nichts gefunden' }).waitFor()
    await isOpenToAll(page)
    await page.getByLabel('Ihr Anliegen').fill('')
    await page.getByRole('heading', { name: 'Oft gebucht' }).waitFor()
    expect(await links.count()).toBe(all)
    expect([watched.foreign, watched.complaints]).toEqual([[], []])
  })

  it('and is offered only the ways in which all that they need is done', { timeout: 60_000 }, async () => {
    const byTelephone = await matterBy('telephone')
    const page = await town.open(`/termine?service=${byTelephone}&schritt=wunsch`, { width: 360, height: 740 })
    const ways = page.getByRole('radio')
    const before = await ways.count()
    expect(before).toBeGreaterThan(1)
    await page.locator('summary', { hasText: 'Weitere Anliegen' }).click()
    await page.getByLabel('2. Anliegen').selectOption('personalausweis')
    await page.getByText('Diesen Termin gibt es nur persönlich in der Dienststelle.').waitFor()
    expect(await ways.count()).toBe(0)
    await isOpenToAll(page)
    await page.getByLabel('2. Anliegen').selectOption('')
    await ways.first().waitFor()
    expect(await ways.count()).toBe(before)
  })
})

describe('somebody who thinks about their name for long', () => {
  it('is told two minutes before the time is kept no longer, and then', { timeout: 60_000 }, async () => {
    const page = await town.open('/termine?service=reisepass&people=1', { width: 360, height: 740 })
    await page.locator('.ap-time').last().click()
    await page.waitForURL(/termine\/[0-9a-f-]{36}$/)
    await page.clock.install()
    await page.reload()
    const said = page.locator('ap-countdown')
    expect(await said.getAttribute('role')).toBe('status')
    await page.clock.runFor('07:50')
    expect(await said.innerText()).toMatch(/^Bis \d\d:\d\d Uhr halten wir diese Zeit für Sie frei\.$/)
    await page.clock.runFor('00:15')
    expect(await said.innerText()).toMatch(/höchstens noch zwei Minuten\.$/)
    await isOpenToAll(page)
    await page.clock.runFor('02:00')
    expect(await said.innerText()).toMatch(/^Die 10 Minuten sind vorbei\./)
    expect(await said.innerText()).not.toContain('Bis ')
  })
})

describe('Erika needs two passports and has a phone', () => {
  it.each([true, false])(
    'finds a time, books, confirms, moves and cancels (scripts: %s)',
    { timeout: 120_000 },
    async (javaScript) => {
      const email = `erika.${javaScript ? 'mit' : 'ohne'}@example.org`
      const visitor = { width: 390, height: 844, javaScript }
      const page = await town.open('/termine', visitor)
      const watched = watch(page, town.base)
      // What is looked at with scripts looks the same without.
      const look = () => (javaScript ? isOpenToAll(page) : Promise.resolve())
      await page.getByLabel('Ihr Anliegen').fill('Pass')
      if (!javaScript) await page.getByRole('button', { name: 'Suchen' }).click()
      await page.getByText('passen zu „Pass“').waitFor()
      await look()
      await page.getByRole('link', { name: 'Reisepass beantragen' }).click()
      expect(await heading(page)).toBe('Wann und wo passt es Ihnen?')
      await page.locator('summary', { hasText: 'Weitere Anliegen' }).click()
      await page.getByLabel('2. Anliegen').selectOption({ label: 'Reisepass beantragen' })
      await look()
      await page.getByRole('button', { name: 'Freie Zeiten zeigen' }).click()
      expect(await heading(page)).toBe('Freie Termine')
      expect(await page.locator('main').innerText()).toContain('Reisepass beantragen (2-mal)')
      await look()
      await page.locator('.ap-day').nth(2).click()
      expect(await page.locator('.ap-day[aria-current]').count()).toBe(1)
      const proofs = await proofsUsed()
      await page.locator('.ap-time').first().click()

      // With scripts the form waits for the proof.
      await page.waitForURL(/termine\/[0-9a-f-]{36}$/)
      expect(await heading(page)).toBe('Ihre Angaben')
      // Her telephone has worked for it; without scripts she is one of the first ten of her address.
      expect(await proofsUsed()).toBe(proofs + (javaScript ? 1 : 0))
      await look()
      await page.getByRole('button', { name: 'Termin buchen' }).click()
      await page.getByRole('link', { name: 'Bitte geben Sie Ihren Namen an.' }).waitFor()
      await look()
      await page.getByLabel('Vor- und Nachname').fill('Erika Muster')
      await page.getByLabel('E-Mail-Adresse').fill(email.replace('erika', 'erka'))
      await page.getByRole('button', { name: 'Termin buchen' }).click()
      expect(await heading(page)).toBe('Bitte bestätigen Sie Ihren Termin')
      await look()

      const sendAnew = page.getByRole('button', { name: 'Neue E-Mail schicken' })
      await page.getByLabel('E-Mail-Adresse').fill('erika')
      await sendAnew.click()
      await page.getByRole('link', { name: /^Bitte geben Sie eine E-Mail-Adresse an/ }).click()
      expect(await page.getByLabel('E-Mail-Adresse').inputValue()).toBe('erika')
      await look()
      await page.getByLabel('E-Mail-Adresse').fill(email)
      await sendAnew.click()
      await page.getByText(`Wir haben eine E-Mail an ${email} geschickt.`).waitFor()
      await look()

      await page.goto(await linkMailedTo(email))
      expect(page.url()).not.toContain('code=')
      await look()
      await page.getByRole('button', { name: 'Termin bestätigen' }).click()
      await page.getByRole('heading', { name: 'Ihr Termin ist gebucht' }).waitFor()
      await look()
      // On paper nothing can be chosen.
      const reminder = page.locator('summary', { hasText: 'Erinnerung am Tag vorher' })
      expect(await reminder.isVisible()).toBe(true)
      await page.emulateMedia({ media: 'print' })
      expect(await reminder.isVisible()).toBe(false)
      await page.emulateMedia({ media: 'screen' })

      await page.getByRole('link', { name: 'Termin verschieben' }).click()
      await look()
      await page.getByRole('button', { name: 'Diese Zeit wählen' }).click()
      await page.waitForURL(/verschieben\/[0-9a-f-]{36}$/)
      expect(await heading(page)).toBe('Termin verschieben?')
      await look()
      await page.getByRole('button', { name: 'Ja, Termin verschieben' }).click()
      await page.getByRole('heading', { name: 'Ihr Termin ist verschoben' }).waitFor()

      await page.getByRole('link', { name: 'Termin absagen' }).click()
      await look()
      await page.getByRole('button', { name: 'Ja, Termin absagen' }).click()
      await page.getByRole('heading', { name: 'Ihr Termin ist abgesagt' }).waitFor()
      await look()
      expect(watched.foreign).toEqual([])
      expect(watched.complaints).toEqual([])
    },
  )
})

describe('Anna with her account', () => {
  it('books by keyboard alone, is not asked again who she is, and takes the appointment into her calendar', async () => {
    const page = await town.open('/termine?service=personalausweis', { as: ANNA })
    await page.getByRole('button', { name: 'Diesen Termin nehmen' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/termine\/[0-9a-f-]{36}$/)
    expect(await page.getByLabel('Vor- und Nachname').inputValue()).toBe('Anna Becker')
    await page.getByLabel('E-Mail-Adresse').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Ihr Termin ist gebucht' }).waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'In den Kalender speichern' }).click()
    expect((await download).suggestedFilename()).toBe('termin.ics')
    await page.goto('/konto/termine')
    expect(await page.getByRole('article').count()).toBeGreaterThan(3)
    await isOpenToAll(page)
  })
})
