import type { Locator, Page } from 'playwright-core'
import { expect, it, vi } from 'vitest'
import { addDevice, issueSecret, withdrawDevice } from '#modules/devices/public.ts'
import { bookingIn } from '#modules/queue/testing/expected.ts'
import { waitingRoom } from '#modules/queue/testing/waiting-room.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { watch } from './support/browser.ts'
import { journey } from './support/journey.ts'
import { isOpenToAll } from './support/open-to-all.ts'

const town = journey(() => testCity({ seed: true }))
const JONAS = 'jonas.keller@musterstadt.example'

/** As a scanner does. */
async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

const bookedNow = (code: string) => bookingIn(town.city, 'verkehr', 0, code)

async function visits(): Promise<number> {
  const { db } = await town.city.ctx()
  return (await one(db, sql<{ n: number }>`select count(*)::int as n from queue_visit where office = 'verkehr'`)).n
}

it('a scan checks in whatever was touched before, and after a code that was refused', { timeout: 60_000 }, async () => {
  await bookedNow('CDEFGHJK')
  const before = await visits()
  const kiosk = await town.open('/kiosk/verkehr', { as: JONAS, width: 1080, height: 1920 })
  await kiosk.getByRole('radio', { name: '3' }).click()
  await scan(kiosk, 'NIRGENDS')
  await kiosk.getByRole('heading', { name: 'Diesen Code kennen wir nicht.' }).waitFor()
  expect(await kiosk.getByLabel('Code Ihres Termins').inputValue()).toBe('')
  await kiosk.locator('h1').click()
  await scan(kiosk, 'CDEFGHJK')
  await kiosk.getByText('Sie sind angemeldet.').waitFor()
  expect(await visits()).toBe(before + 1)
})

it('Enter draws no number, without scripts either', { timeout: 60_000 }, async () => {
  const before = await visits()
  for (const javaScript of [true, false]) {
    const kiosk = await town.open('/kiosk/verkehr', { as: JONAS, javaScript })
    await kiosk.getByRole('radio', { name: '3' }).click()
    await kiosk.keyboard.press('Enter')
    await kiosk.waitForTimeout(300)
    expect(await kiosk.locator('.qu-ticket').count()).toBe(0)
    if (javaScript) await isOpenToAll(kiosk)
  }
  expect(await visits()).toBe(before)
})

it(
  'whoever has no scanner and no keyboard types the code of an appointment on the screen, by touch or by keys',
  { timeout: 90_000 },
  async () => {
    await bookedNow('AB2CD3EF')
    const kiosk = await town.open('/kiosk/verkehr', { as: JONAS, width: 1080, height: 1920 })
    const { complaints, foreign } = watch(kiosk, town.base)
    const code = kiosk.getByLabel('Code Ihres Termins')
    const keys = kiosk.getByRole('group', { name: 'Tasten auf dem Bildschirm' })
    const key = (name: string) => keys.getByRole('button', { name, exact: true })
    expect(await keys.isVisible()).toBe(false)
    // Who touches the field gets the keys, too.
    await code.click()
    expect(await key('A').isVisible()).toBe(true)
    const button = kiosk.getByRole('button', { name: 'Bildschirmtastatur' })
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await isOpenToAll(kiosk)
    for (const [width, height] of [
      [1080, 1920],
      [1920, 1080],
      [1280, 720],
    ] as const) {
      await kiosk.setViewportSize({ width, height })
      // The keys and the button to send it are to be seen at once.
      const send = (await kiosk.getByRole('button', { name: 'Anmelden' }).boundingBox())!
      const place = (await keys.boundingBox())!
      expect(Math.max(send.y + send.height, place.y + place.height)).toBeLessThanOrEqual(height)
      for (const one of await keys.getByRole('button').all()) {
        const box = (await one.boundingBox())!
        expect(Math.min(box.width, box.height), `${width} × ${height}`).toBeGreaterThanOrEqual(64)
      }
    }
    for (const sign of ['A', 'B', 'B']) await key(sign).click()
    await key('Löschen').click()
    expect(await code.inputValue()).toBe('AB')
    // The field keeps the focus, so that one sees where one is; what is in it is said sign by sign.
    expect(await code.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await kiosk.locator('rh-keyboard [aria-live]').textContent()).toBe('A B')
    for (const sign of ['Ziffer 2', 'C', 'D', 'Ziffer 3', 'E']) await key(sign).click()
    await key('F').focus()
    await kiosk.keyboard.press('Enter')
    // A ninth is none.
    await kiosk.keyboard.press('Space')
    expect(await code.inputValue()).toBe('AB2CD3EF')
    await kiosk.getByRole('button', { name: 'Anmelden' }).click()
    await kiosk.getByText('Sie sind angemeldet.').waitFor()
    // Whoever shows it once more gets a page for the telephone again, which changes nothing.
    await kiosk.goto('/kiosk/verkehr')
    await button.click()
    for (const sign of ['X', 'Y']) await key(sign).click()
    await scan(kiosk, 'AB2CD3EF')
    await kiosk.getByText('Sie sind schon angemeldet.').waitFor()
    expect(await kiosk.locator('.qu-qr svg').isVisible()).toBe(true)
    const phone = await town.open(`/warten/${/nummer\/([^?]+)/.exec(kiosk.url())![1]!}`, { width: 390 })
    await phone.getByText('Diese Seite zeigt nur, wie es steht.').waitFor()
    expect(await phone.getByRole('button').count()).toBe(0)
    await isOpenToAll(phone)
    expect([...complaints, ...foreign]).toEqual([])
  },
)

it(
  'all matters of the office are to be seen at once, and the button that draws a number for several',
  { timeout: 60_000 },
  async () => {
    const kiosk = await town.open('/kiosk/verkehr', { as: JONAS })
    const most = await town.open('/kiosk/buergerbuero-mitte', { as: 'admin@musterstadt.example' })
    const draw = kiosk.getByRole('button', { name: 'Wartenummer ziehen' })
    const bottomOf = async (one: Locator) => {
      const box = (await one.boundingBox())!
      return box.y + box.height
    }
    for (const [width, height] of [
      [1080, 1920],
      [1280, 800],
    ] as const) {
      await kiosk.setViewportSize({ width, height })
      await kiosk.goto('/kiosk/verkehr')
      expect(await bottomOf(kiosk.locator('.qu-matter').last()), `${width} × ${height}`).toBeLessThanOrEqual(height)
      // Where there are most of them, too.
      await most.setViewportSize({ width, height })
      for (const path of ['', '?mehrere=1']) {
        await most.goto(`/kiosk/buergerbuero-mitte${path}`)
        expect(await bottomOf(most.locator('.qu-matter').last()), `${width} × ${height}`).toBeLessThanOrEqual(height)
      }
      await kiosk.getByRole('button', { name: 'Ich habe mehrere Anliegen' }).click()
      await draw.waitFor()
      expect(await bottomOf(draw), `${width} × ${height}`).toBeLessThanOrEqual(height)
      // Also where the page is longer, since something was wrong.
      await draw.click()
      await kiosk.getByText('Bitte tippen Sie auf mindestens ein Anliegen.').first().waitFor()
      expect(await bottomOf(draw), `${width} × ${height}`).toBeLessThanOrEqual(height)
      await isOpenToAll(kiosk)
      // Whoever goes on by keys sees where they are.
      const last = kiosk.getByRole('checkbox').last()
      await last.focus()
      await vi.waitFor(async () => expect(await bottomOf(last)).toBeLessThanOrEqual((await draw.boundingBox())!.y))
    }
  },
)

it('without scripts the kiosk has a field alone, and the pick-up terminal its keys', { timeout: 60_000 }, async () => {
  const plain = await town.open('/kiosk/verkehr', { as: JONAS, javaScript: false })
  expect(await plain.getByLabel('Code Ihres Termins').isVisible()).toBe(true)
  expect(await plain.getByRole('button', { name: 'Bildschirmtastatur' }).isVisible()).toBe(false)
  const ctx = await town.city.ctx()
  const locker = { id: newId(), name: 'Terminal', office: 'buergerbuero-mitte', kind: 'pickup' } as const
  await addDevice(ctx, locker)
  const link = `/geraet/einrichten/${(await issueSecret(ctx, locker.id, 'set-up'))!}`
  const hall = await town.open(link, { javaScript: false })
  await hall.getByRole('button', { name: 'Jetzt einrichten' }).click()
  for (const digit of '407') await hall.getByRole('button', { name: `Ziffer ${digit}` }).click()
  await hall.getByRole('button', { name: 'Löschen' }).click()
  expect(await hall.getByLabel('Ihr Abholcode').inputValue()).toBe('40')
})

it('the pick-up terminal reads keys that nobody aimed, and fills a tall screen', { timeout: 60_000 }, async () => {
  const ctx = await town.city.ctx()
  const locker = { id: newId(), name: 'Terminal', office: 'buergerbuero-mitte', kind: 'pickup' } as const
  await addDevice(ctx, locker)
  const link = `/geraet/einrichten/${(await issueSecret(ctx, locker.id, 'set-up'))!}`
  const hall = await town.open(link, { width: 1080, height: 1920 })
  await hall.getByRole('button', { name: 'Jetzt einrichten' }).click()
  const keys = (await hall.locator('.rh-keys').boundingBox())!
  expect(keys.y + keys.height).toBeGreaterThan(1920 * 0.6)
  expect(keys.y + keys.height).toBeLessThan(1920)
  await hall.locator('h1').click()
  await scan(hall, '123')
  await hall.getByText('Bitte tippen Sie alle zehn Ziffern').first().waitFor()
  await scan(hall, '0000000000')
  await hall.getByText('Dieser Code passt nicht').waitFor()
})

it('a terminal whose key was withdrawn works again by itself once it is set up', { timeout: 90_000 }, async () => {
  const ctx = await town.city.ctx()
  const kiosk = { name: 'Terminal', office: 'verkehr', kind: 'kiosk' } as const
  const [old, fresh] = [newId(), newId()]
  for (const id of [old, fresh]) await addDevice(ctx, { ...kiosk, id })
  const linkOf = async (id: string) => `/geraet/einrichten/${(await issueSecret(ctx, id, 'set-up'))!}`
  const hall = await town.open(await linkOf(old), { width: 1080, height: 1920 })
  // A minute takes eight seconds. Not by the clock of the tests, which can wait for ever for a page that is being left.
  await hall.addInitScript(() => {
    const later = window.setTimeout.bind(window)
    window.setTimeout = ((run: () => void, ms = 0) => later(run, ms < 60_000 ? ms : 8_000)) as typeof setTimeout
  })
  await hall.getByRole('button', { name: 'Jetzt einrichten' }).click()
  await hall.getByRole('heading', { name: 'Willkommen' }).waitFor()
  await withdrawDevice(ctx, old)
  await hall.reload()
  await hall.getByRole('heading', { name: 'Dieses Gerät ist außer Betrieb.' }).waitFor()
  expect(await hall.getByRole('link').count()).toBe(0)
  await isOpenToAll(hall)
  await hall.waitForEvent('load', { timeout: 20_000 })
  await hall.getByRole('heading', { name: 'Dieses Gerät ist außer Betrieb.' }).waitFor()
  const other = await hall.context().newPage()
  await other.goto(await linkOf(fresh))
  await other.getByRole('button', { name: 'Jetzt einrichten' }).click()
  await other.getByRole('heading', { name: 'Willkommen' }).waitFor()
  await other.close()
  await hall.getByRole('heading', { name: 'Willkommen' }).waitFor()
})

it('the screen shows five calls and how many wait, however long a counter is called', { timeout: 60_000 }, async () => {
  const { db, clock } = await town.city.ctx()
  await many(
    db,
    sql`update queue_counter set name = jsonb_build_object('de', 'Schalter Ausländerangelegenheiten 1' || position || ' b',
      'en', 'Counter Ausländerangelegenheiten 1' || position || ' b') where office = 'verkehr' returning id`,
  )
  await (await waitingRoom(town.city, 'verkehr')).empty()
  await many(
    db,
    sql`update queue_visit v set state = 'called', finished_at = null, day = ${clock.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate()},
        called_at = ${clock.now()}, announced_at = ${clock.now()}, calls = 1, counter = c.id, number = 900 + c.n
      from (select id, row_number() over (order by position)::int as n from queue_counter where office = 'verkehr' limit 5) c,
        (select id, row_number() over (order by id)::int as n from queue_visit where office = 'verkehr' limit 5) w
      where v.id = w.id and w.n = c.n returning v.id`,
  )
  const display = await town.open('/aufruf/verkehr', { width: 1280, height: 720 })
  expect(await display.locator('.qu-call').count()).toBe(5)
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
    [1080, 1920],
  ] as const) {
    await display.setViewportSize({ width, height })
    const line = (await display.locator('.qu-waiting').boundingBox())!
    expect(line.y + line.height, `${width} × ${height}`).toBeLessThanOrEqual(height)
    expect(await display.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
})
