import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { exec, one, sql } from '#platform/db/db.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '#src/testing/city.ts'
import { barriers, overflow } from './support/accessibility.ts'
import { journey } from './support/journey.ts'

const town = journey(() => testCity({ seed: true }))
const LAURA = 'laura.oeztuerk@musterstadt.example'

/** The citizens' office with that many counters, on a working day at 10:17; the address of its calendar. */
async function office(counters: number): Promise<string> {
  const { db } = await town.city.ctx()
  const team = await one(
    db,
    sql<{ id: string; office: string }>`select id, office from appointments_team where id like '%-buergeramt' limit 1`,
  )
  const changed = {
    hours: [{ from: '08:00', to: '18:00' }],
    days: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5], everyWeeks: 1 },
    seats: { public: counters, centre: 0, 'walk-in': 0 },
  }
  await exec(
    db,
    sql`update appointments_rule set content = content || ${JSON.stringify(changed)}::jsonb where team = ${team.id}`,
  )
  const now = today(town.city.clock)
  const monday = now.add({ days: (8 - now.dayOfWeek) % 7 })
  town.city.clock.set(monday.toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: '10:17' }).toInstant().toString())
  return `/workbench/termine/kalender?dienststelle=${team.office}`
}

const boxes = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) =>
    all.map((one) => {
      const { top, bottom, left } = one.getBoundingClientRect()
      return { top, bottom, left, words: one.textContent.trim() }
    }),
  )

/** Minutes after midnight of "08:30…". */
const minutesIn = (words: string): number => {
  const [, hour, minute] = /(\d\d):(\d\d)/.exec(words)!
  return Number(hour) * 60 + Number(minute)
}

describe('the calendar of twelve counters', () => {
  it('has one scale, whatever there is to say, and its headings stay in view', { timeout: 120_000 }, async () => {
    const page = await town.open(await office(12), { as: LAURA, width: 1280, height: 900, javaScript: false })
    expect(await overflow(page)).toEqual([])
    const hours = await boxes(page, '.ap-scale__hour')
    expect(hours.map(({ words }) => words)).toEqual([
      '08:00', '09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00', '17:00',
    ]) // prettier-ignore
    const anHour = hours[1]!.top - hours[0]!.top
    for (const [i, hour] of hours.entries()) expect(hour.top).toBeCloseTo(hours[0]!.top + i * anHour, 0)

    const entries = (await boxes(page, '.ap-entry')).filter(({ words }) => /^\d\d:\d\d–/.test(words))
    expect(entries.length).toBeGreaterThan(20)
    for (const { top, bottom, words } of entries) {
      const [from, to] = words.split('–').map(minutesIn)
      expect(top).toBeCloseTo(hours[0]!.top + ((from! - 8 * 60) / 60) * anHour, 0)
      expect(bottom - top).toBeCloseTo(((to! - from!) / 60) * anHour, 0)
    }

    // A quarter past ten, on the grid of five minutes; the label stands around its line.
    const [line] = await boxes(page, '.ap-lane__now')
    expect(line!.top).toBeCloseTo(hours[0]!.top + (135 / 60) * anHour, -1)
    expect((await boxes(page, '.ap-scale__now'))[0]!.words).toBe('10:17')
    await page.getByRole('link', { name: 'Zur aktuellen Uhrzeit' }).click()
    await expect.poll(async () => (await boxes(page, '.ap-scale__now'))[0]!.top).toBeLessThan(500)
    await page.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }))
    await expect.poll(async () => (await boxes(page, '.ap-lane__name'))[0]!.top).toBeCloseTo(0, -1)
  })

  it(
    'shows a block of all counters at its time, beside the appointments that were left in it',
    { timeout: 60_000 },
    async () => {
      const calendar = await office(12)
      const page = await town.open(calendar, { as: LAURA, width: 1280, height: 900, javaScript: false })
      await page.getByRole('link', { name: 'Zeit sperren' }).click()
      await page.getByLabel('Schalter').selectOption('Alle Schalter')
      await page.getByLabel('Von').fill('11')
      await page.getByLabel('Bis').fill('12')
      await page.getByLabel('Besprechung').check()
      await page.getByRole('button', { name: 'Vorschau ansehen' }).click()
      await page.getByLabel('So lassen').check()
      await page.getByRole('button', { name: 'Änderung speichern' }).click()
      await page.goto(calendar)
      const hours = await boxes(page, '.ap-scale__hour')
      const [eleven, twelve] = [hours[3]!, hours[4]!]
      const blocks = await boxes(page, '.ap-entry--block')
      expect(blocks).toHaveLength(12)
      expect(await page.locator('.ap-entry--block[data-side=left]').count()).toBeGreaterThan(0)
      for (const { top, bottom } of blocks) {
        expect(top).toBeCloseTo(eleven.top, 0)
        expect(bottom - top).toBeCloseTo(twelve.top - eleven.top, 0)
      }
    },
  )

  it('goes a day back and on, and comes home to today', { timeout: 60_000 }, async () => {
    const page = await town.open(await office(12), { as: LAURA, javaScript: false })
    const days = page.getByRole('navigation', { name: 'Tag', exact: true })
    const title = () => page.locator('h2').first().innerText()
    const now = await title()
    expect(await days.getByRole('link', { name: 'Heute' }).count()).toBe(0)
    await days.getByRole('link', { name: 'Tag weiter' }).click()
    expect(await title()).not.toBe(now)
    expect(await page.locator('.ap-lane__now').count()).toBe(0)
    await days.getByRole('link', { name: 'Heute' }).click()
    expect(await title()).toBe(now)
  })

  it(
    'scrolls sideways in itself alone where the counters do not fit, with the hours in view',
    { timeout: 60_000 },
    async () => {
      const page = await town.open(await office(16), { as: LAURA, width: 1280, height: 700 })
      expect(await overflow(page)).toEqual([])
      const calendar = page.getByRole('group', { name: 'Kalender' })
      const [hour] = await boxes(page, '.ap-scale__hour')
      await calendar.focus()
      await calendar.evaluate((element) => element.scrollTo(10_000, 300))
      const [after] = await boxes(page, '.ap-scale__hour')
      expect(after!.left).toBe(hour!.left)
      expect(await calendar.evaluate(({ scrollTop, scrollLeft }) => scrollTop > 0 && scrollLeft > 0)).toBe(true)
      // In one go: the page itself may still be on its way to what has the focus.
      const below = await calendar.evaluate(
        (frame) =>
          [...frame.querySelectorAll('.ap-lane__name')].at(-1)!.getBoundingClientRect().top -
          frame.getBoundingClientRect().top,
      )
      expect(below).toBeCloseTo(0, -1)
      expect(await barriers(page)).toEqual([])
    },
  )

  it('shows in the colours that somebody forces what is closed, and that parts open', { timeout: 60_000 }, async () => {
    const page = await town.open(await office(12), { as: LAURA, width: 1280, height: 900 })
    await page.emulateMedia({ forcedColors: 'active' })
    const ground = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => {
          const { backgroundImage, backgroundColor } = getComputedStyle(one)
          return { isHatched: backgroundImage.includes('gradient'), backgroundColor }
        })
    const canvas = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect((await ground('.ap-lane__day')).isHatched).toBe(true)
    expect(await ground('.ap-lane__open')).toEqual({ isHatched: false, backgroundColor: canvas })

    await page.goto('/termine?service=personalausweis')
    const sign = await page
      .locator('summary.kern-accordion__header')
      .first()
      .evaluate((one) => getComputedStyle(one, '::after').backgroundColor)
    expect(sign).toBe('rgb(0, 0, 0)')
  })

  it('is a list on a phone and on paper', { timeout: 60_000 }, async () => {
    const page = await town.open(await office(12), { as: LAURA, width: 320, height: 640 })
    expect(await overflow(page)).toEqual([])
    const tops = async () => (await boxes(page, '.ap-lane')).map(({ left, top }) => ({ left, top }))
    const isList = (all: { left: number; top: number }[]) =>
      new Set(all.map(({ left }) => left)).size === 1 && new Set(all.map(({ top }) => top)).size === all.length
    expect(isList(await tops())).toBe(true)
    expect(await page.getByText('geöffnet 08:00–18:00').first().isVisible()).toBe(true)
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(isList(await tops())).toBe(false)
    await page.emulateMedia({ media: 'print' })
    expect(isList(await tops())).toBe(true)
    expect(await page.getByRole('link', { name: 'Tag weiter' }).isVisible()).toBe(false)
  })
})
