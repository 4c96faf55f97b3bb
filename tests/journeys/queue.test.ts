import type { Page } from 'playwright-core'
import { expect, it, vi } from 'vitest'
import { called, waitingRoom } from '#modules/queue/testing/waiting-room.ts'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { isOpenToAll } from './support/open-to-all.ts'
import { watch } from './support/browser.ts'
import { journey } from './support/journey.ts'

// On the day on which the demo city was made: its counters are open then.
const town = journey(() => testCity({ seed: true }))
const JONAS = 'jonas.keller@musterstadt.example'

/** What the screen has said aloud, once that is so many. */
async function saidOn(page: Page, count: number): Promise<string[]> {
  const spoken = await page.waitForFunction((least) => {
    const { said } = window as unknown as { said: string[] }
    return said.length >= least && said
  }, count)
  return (await spoken.jsonValue()) as string[]
}

const latest = (page: Page) => page.locator('.qu-call--latest').innerText()

/** The office whose kiosk, screen and desk these are, with nobody in it. */
async function emptyHall() {
  const room = await waitingRoom(town.city, 'verkehr')
  await room.empty()
  return room
}

it(
  'somebody takes a number, watches it on the phone, is called on the screen, which loses its network meanwhile, and is served',
  { timeout: 120_000 },
  async () => {
    await emptyHall()

    const kiosk = await town.open('/kiosk/verkehr', { as: JONAS, width: 1080, height: 1300 })
    const complaints = watch(kiosk, town.base)
    await kiosk.clock.install()
    await kiosk.reload()
    expect(await kiosk.getByLabel('Code Ihres Termins').evaluate((field) => field === document.activeElement)).toBe(
      true,
    )
    await kiosk.keyboard.type('nirgends')
    await kiosk.keyboard.press('Enter')
    await kiosk.getByRole('heading', { name: 'Diesen Code kennen wir nicht.' }).waitFor()
    await isOpenToAll(kiosk)
    await kiosk.getByRole('button', { name: /Fahrzeug zulassen/ }).click()
    await kiosk.getByRole('heading', { name: 'Ihre Nummer' }).waitFor()
    const ticket = (await kiosk.locator('.qu-ticket__ticket span').first().innerText()).trim()
    await isOpenToAll(kiosk)
    // The telephone has the address from the QR code; on the terminal nothing leads to it.
    const path = `/warten/${/nummer\/([^?]+)/.exec(kiosk.url())![1]!}`
    expect(await kiosk.locator('a[href*="/warten/"]').count()).toBe(0)
    // Whoever leaves the number on the terminal leaves it to nobody.
    await kiosk.clock.fastForward('00:31')
    await kiosk.waitForURL(/kiosk\/verkehr$/)

    const phone = await town.open(path, { width: 390 })
    await phone.getByText('Sie sind als Nächstes dran.').waitFor()
    await isOpenToAll(phone)
    // On another telephone they are still typing when they are called.
    const typing = await town.open(`${path}?wunsch=bescheid`, { width: 360, height: 640 })
    const contact = typing.getByLabel('E-Mail-Adresse oder Mobilnummer')
    await contact.fill('ida@')
    await typing.getByRole('button', { name: 'Bescheid geben' }).click()
    await typing.getByText('Bitte geben Sie eine E-Mail-Adresse').first().waitFor()
    await isOpenToAll(typing)
    await contact.fill('ida@example')
    const display = await town.open('/aufruf/verkehr', { width: 1920, height: 1080 })
    const seen = watch(display, town.base)
    await display.getByText('Es wartet 1 Person.').waitFor()
    await display.getByRole('button', { name: 'Der Ton ist aus. Bitte einmal hier tippen.' }).click()
    await display.getByRole('button', { name: 'Ton ausschalten' }).waitFor()

    // The network is gone while the number is called, and comes back.
    await display.context().setOffline(true)
    const desk = await town.open('/workbench/aufruf', { as: JONAS })
    await isOpenToAll(desk)
    await desk.getByRole('button', { name: /Schalter 8/ }).click()
    await desk.getByRole('heading', { name: 'Niemand am Schalter' }).waitFor()
    await desk.keyboard.press('n')
    await desk.getByText('Aufgerufen (1. von 3 Aufrufen)').waitFor()
    await isOpenToAll(desk)
    await phone.getByRole('heading', { name: 'Sie sind dran' }).waitFor()
    await phone.getByText('Bitte gehen Sie zu Schalter 8.').waitFor()
    await display.context().setOffline(false)
    await display.locator('.qu-call--latest.qu-call--new').waitFor()
    expect(await latest(display)).toContain(ticket)
    expect(await latest(display)).toContain('Schalter 8')
    await isOpenToAll(display)
    await typing.getByText('Bitte gehen Sie zu Schalter 8.').waitFor()
    expect(
      await typing
        .locator('.qu-standing--called')
        .evaluate((call) => call.getBoundingClientRect().top < window.innerHeight / 2),
    ).toBe(true)
    expect(await contact.inputValue()).toBe('ida@example')
    await isOpenToAll(typing)

    // Another who comes is at the desk and on the screen without anybody doing anything.
    await kiosk.getByRole('button', { name: /Fahrzeug zulassen/ }).click()
    await desk.getByText('Es warten: 1').waitFor()
    await desk.keyboard.press('d')
    await desk.getByText(/Am Schalter seit/).waitFor()
    await desk.keyboard.press('n')
    await desk.getByText('Aufgerufen (1. von 3 Aufrufen)').waitFor()
    await phone.getByText('Ihr Besuch ist beendet.').waitFor()
    await display.waitForFunction(
      (old) => !document.querySelector('.qu-call--latest')?.textContent?.includes(old),
      ticket,
    )

    const withoutScripts = await town.open('/aufruf/verkehr', { javaScript: false })
    expect(await latest(withoutScripts)).toContain('Schalter 8')
    expect(await withoutScripts.locator('noscript meta, meta[http-equiv=refresh]').count()).toBe(1)
    expect([...complaints.complaints, ...complaints.foreign, ...seen.foreign]).toEqual([])
    expect(seen.complaints.filter((words) => !/ERR_INTERNET_DISCONNECTED/.test(words))).toEqual([])
  },
)

it('on a terminal nobody goes back to the number of who was there before', { timeout: 60_000 }, async () => {
  const kiosk = await town.open('/kiosk/verkehr', { as: JONAS, width: 1080, height: 1300 })
  const draw = async () => {
    await kiosk.getByRole('button', { name: /Fahrzeug zulassen/ }).click()
    await kiosk.getByRole('heading', { name: 'Ihre Nummer' }).waitFor()
    return kiosk.url()
  }
  const start = /kiosk\/verkehr$/
  await draw()
  await kiosk.getByRole('link', { name: 'Fertig' }).click()
  await kiosk.waitForURL(start)
  await kiosk.goBack()
  await kiosk.waitForURL(start)
  // However else they left it.
  await draw()
  await kiosk.goto('/kiosk/verkehr')
  await kiosk.goBack()
  await kiosk.waitForURL(start)
  expect(await kiosk.locator('.qu-ticket').count()).toBe(0)
})

it(
  'the screen shows how many wait below six calls, three who were sent on, and two notices',
  { timeout: 60_000 },
  async () => {
    const hall = await emptyHall()
    const clerks = hall.clerks.slice(0, 6).map(({ email }) => email)
    const onward = { office: 'buergerbuero-ost', service: ['reisepass'] }
    for (const [i, as] of [...clerks.slice(0, 3), ...clerks].entries()) {
      await hall.draw({}, as)
      const { visit } = (await hall.next(as)).json() as { visit: { id: string } }
      if (i < 3) expect((await hall.json('POST', `/visits/${visit.id}/next-visit`, onward, { as })).status).toBe(201)
    }
    for (const [width, height] of [
      [1920, 1080],
      [1280, 720],
    ] as const) {
      const display = await town.open('/aufruf/verkehr', { width, height })
      await display.getByRole('button', { name: 'Der Ton ist aus. Bitte einmal hier tippen.' }).waitFor()
      await display.context().setOffline(true)
      await display.locator('.qu-offline').evaluate((notice: HTMLElement) => (notice.hidden = false))
      expect(await display.locator('.qu-call').count()).toBe(6)
      expect(await display.locator('.qu-sent-on li').count()).toBe(3)
      expect(await display.locator('.qu-waiting').evaluate((line) => line.getBoundingClientRect().bottom)).toBeLessThan(
        height,
      )
    }
  },
)

it('somebody who waits is notified on their telephone, and turns it off again', { timeout: 60_000 }, async () => {
  const drawn = await town.city.json(
    'POST',
    '/api/v1/queue/offices/verkehr/visits',
    { service: ['fahrzeug-zulassen'] },
    { as: JONAS },
  )
  const { code } = drawn.json() as { code: string }
  const path = `/warten/${code}`
  const phone = await town.open(path, { width: 390 })
  const { complaints, foreign } = watch(phone, town.base)
  const on = phone.getByRole('button', { name: 'Auf diesem Gerät benachrichtigen' })
  const off = phone.getByRole('button', { name: 'Benachrichtigungen ausschalten' })

  // They say no at first.
  await on.click()
  await phone.getByText('Ihr Browser lässt Benachrichtigungen von uns nicht zu.').waitFor()
  await isOpenToAll(phone)
  await phone.context().grantPermissions(['notifications'], { origin: town.base })
  await phone.reload()
  await on.waitFor()
  // The push service of the browser's maker is not in this house: what it answers is all that is not real here.
  await phone.evaluate(
    (subscription) => {
      const answer = { ...subscription, toJSON: () => subscription, unsubscribe: () => Promise.resolve(true) }
      const given = () => Promise.resolve(answer as unknown as PushSubscription)
      PushManager.prototype.subscribe = () => {
        PushManager.prototype.getSubscription = given
        return given()
      }
    },
    {
      endpoint: 'https://fcm.googleapis.com/fcm/send/x',
      keys: {
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
    },
  )
  const asked = phone.waitForRequest((request) => request.url().endsWith('/browsers'))
  await on.click()
  // Messages are in the language of the page, whatever the browser would rather read.
  expect((await asked).headers()['accept-language']).toBe('de')
  await phone.getByText('Dieses Gerät benachrichtigt Sie.').waitFor()
  expect(await off.evaluate((button) => button === document.activeElement)).toBe(true)
  await isOpenToAll(phone)
  const scopes = () =>
    phone.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope))
  expect(await scopes()).toEqual([town.base + path])
  const { db } = await town.city.ctx()
  const browsers = () =>
    many(db, sql`select 1 from notifications_browser where endpoint = 'https://fcm.googleapis.com/fcm/send/x'`)
  expect(await browsers()).toHaveLength(1)

  // What the push service would hand to the worker of this page, which gets nothing before it is active.
  const isActive = async (scope: string) =>
    (await navigator.serviceWorker.getRegistration(scope))?.active?.state === 'activated'
  await vi.waitFor(async () => expect(await phone.evaluate(isActive, path)).toBe(true), { timeout: 10_000 })
  const devtools = await phone.context().newCDPSession(phone)
  const registered = new Promise<string>((resolve) => {
    devtools.on(
      'ServiceWorker.workerRegistrationUpdated',
      ({ registrations: [one] }) => one && resolve(one.registrationId),
    )
  })
  await devtools.send('ServiceWorker.enable')
  const said = { title: 'Sie sind dran: Schalter 7', body: 'Nummer A 014.', lang: 'de', tag: 'x', url: null }
  const message = { origin: town.base, registrationId: await registered, data: JSON.stringify(said) }
  await devtools.send('ServiceWorker.deliverPushMessage', message)
  const shown = () =>
    phone.evaluate(async (scope) => {
      const registration = await navigator.serviceWorker.getRegistration(scope)
      return (await registration!.getNotifications()).map(({ title, data }) => [title, data as string])
    }, path)
  await vi.waitFor(async () => expect(await shown()).toEqual([[said.title, town.base + path]]), { timeout: 10_000 })

  await off.click()
  await on.waitFor()
  expect([await scopes(), await browsers()]).toEqual([[], []])
  expect([...complaints, ...foreign]).toEqual([])

  const withoutScripts = await town.open(path, { javaScript: false })
  await withoutScripts.getByRole('link', { name: 'Ich möchte nicht mehr warten' }).waitFor()
  expect(await withoutScripts.getByText('Auf diesem Gerät benachrichtigen').isVisible()).toBe(false)
})

it(
  'the screen says a call aloud once, and again when it is repeated, but not what moves up when the newest is over',
  { timeout: 90_000 },
  async () => {
    const hall = await emptyHall()
    const [ada, ben] = hall.clerks.map(({ email }) => email) as [string, string]
    const call = async (clerk: string) => {
      await hall.draw({}, clerk)
      return called(await hall.next(clerk))
    }
    const spoken = ({ ticket }: { ticket: string }) => `Nummer ${ticket.replace(/ 0+/, ' ')}, bitte zu`
    const first = await call(ada)
    const display = await town.open('/aufruf/verkehr', { width: 1920, height: 1080 })
    // Nobody overlooks that there is no sound yet.
    await isOpenToAll(display)
    await display.getByRole('button', { name: 'Der Ton ist aus. Bitte einmal hier tippen.' }).click()
    await display.getByRole('button', { name: 'Ton ausschalten' }).waitFor()
    await display.evaluate(() => {
      const said: string[] = []
      Object.assign(window, { said })
      speechSynthesis.speak = ({ text }) => void said.push(text)
    })
    town.city.clock.advance({ seconds: 20 })
    const second = await call(ben)
    expect(await saidOn(display, 1)).toEqual([expect.stringContaining(spoken(second))])

    for (const does of ['begin', 'finish']) await hall.does(ben, second.id, does)
    await display.locator('.qu-call--latest', { hasText: first.ticket }).waitFor()
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(await saidOn(display, 1)).toHaveLength(1)
    expect(await display.locator('.qu-call--new').count()).toBe(0)
    expect(await display.locator('[data-said]').innerText()).not.toContain(spoken(first))

    town.city.clock.advance({ seconds: 20 })
    await hall.does(ada, first.id, 'recall')
    expect((await saidOn(display, 2)).at(-1)).toContain(spoken(first))
    expect(await display.locator('[data-said]').innerText()).toContain(spoken(first))
  },
)

it(
  'whoever is sent on to another office sees the new number and the way on the phone, without doing anything',
  { timeout: 60_000 },
  async () => {
    const hall = await emptyHall()
    const clerk = hall.clerks.at(-1)!.email
    const drawn = await hall.draw({}, clerk)
    const { id, code, ticket } = drawn.json() as Record<'id' | 'code' | 'ticket', string>
    const phone = await town.open(`/warten/${code}`, { width: 360 })
    await phone.getByText(ticket, { exact: true }).first().waitFor()
    const display = await town.open('/aufruf/verkehr', { width: 1920, height: 1080 })
    await display.getByText('Es wartet 1 Person.').waitFor()
    expect((await hall.json('POST', '/calls', { visit: id }, { as: clerk })).status).toBe(200)
    await phone.getByRole('heading', { name: 'Sie sind dran' }).waitFor()

    town.city.clock.advance({ seconds: 20 })
    const desk = await town.open('/workbench/aufruf', { as: clerk })
    await desk.locator('summary', { hasText: 'Weiterleiten' }).click()
    await desk.getByRole('link', { name: 'In eine andere Dienststelle weiterleiten' }).click()
    await desk.getByRole('link', { name: 'Bürgerbüro Ost' }).click()
    await desk.getByLabel('Worum geht es dort?').selectOption({ label: 'Reisepass beantragen' })
    await desk.getByLabel('Hinweis für die Kolleginnen und Kollegen dort').fill('Foto fehlt')
    await isOpenToAll(desk)
    await desk.getByRole('button', { name: 'Weiterleiten' }).click()
    const heading = await desk.getByRole('heading', { name: /^Neue Nummer/ }).innerText()
    await isOpenToAll(desk)

    // Who has only a slip of paper reads it in the hall, and hears it.
    const next = heading.replace('Neue Nummer: ', '')
    const line = display.locator('.qu-sent-on li', { hasText: ticket })
    await line.waitFor()
    expect(await line.innerText()).toMatch(new RegExp(`neue Nummer ${next}[^]*, Bürgerbüro Ost`))
    expect(await display.locator('[data-said]').innerText()).toMatch(/hat jetzt die Nummer .*: Bürgerbüro Ost/)
    await isOpenToAll(display)
    const withoutScripts = await town.open('/aufruf/verkehr', { javaScript: false })
    expect(await withoutScripts.locator('.qu-sent-on').innerText()).toContain(next)

    await phone.getByText('Bitte gehen Sie hierhin:').waitFor()
    expect(await phone.locator('.qu-phone__ticket span').first().innerText()).toBe(next)
    expect(await phone.locator('main').innerText()).toContain('Bürgerbüro Ost')
    await isOpenToAll(phone)
  },
)
