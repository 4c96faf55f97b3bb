import { expect, it } from 'vitest'
import { waitingRoom } from '#modules/queue/testing/waiting-room.ts'
import { testCity } from '#src/testing/city.ts'
import { isOpenToAll } from './support/open-to-all.ts'
import { journey } from './support/journey.ts'

// On the day on which the demo city was made: its counters are open then.
const town = journey(() => testCity({ seed: true }))

it(
  'somebody fills in a form meanwhile and is called back on the screen; then the hall is full, and no more come without an appointment',
  { timeout: 90_000 },
  async () => {
    const hall = await waitingRoom(town.city, 'verkehr')
    await hall.empty()
    const as = hall.clerks[0]!.email
    const { ticket, code } = (await hall.draw()).json() as { ticket: string; code: string }
    const [desk, display, phone, kiosk] = [
      await town.open('/workbench/aufruf', { as }),
      await town.open('/aufruf/verkehr', { width: 1920, height: 1080 }),
      await town.open(`/warten/${code}`, { width: 360, height: 740 }),
      await town.open('/kiosk/verkehr', { as, width: 1080, height: 1920 }),
    ]
    await desk.keyboard.press('n')
    await desk.getByRole('button', { name: 'Ist da' }).waitFor()
    await desk.keyboard.press('d')
    await desk.getByRole('button', { name: 'Parken' }).waitFor()
    await desk.keyboard.press('p')
    await phone.getByText('Wir rufen Ihre Nummer wieder auf.').waitFor()
    await display.getByText('Zurzeit wird niemand aufgerufen.').waitFor()
    town.city.clock.advance({ minutes: 5 })
    await desk.getByRole('button', { name: 'Wieder aufrufen' }).click()
    await desk.getByText('Aufgerufen (1. von 3 Aufrufen)').waitFor()
    await display.locator('.qu-call--latest.qu-call--new', { hasText: ticket }).waitFor()
    await phone.getByRole('heading', { name: 'Sie sind dran' }).waitFor()

    await desk.getByRole('button', { name: 'Keine Wartenummern mehr ausgeben' }).click()
    await desk.getByText('Heute werden keine Wartenummern mehr ausgegeben.').waitFor()
    await isOpenToAll(desk)
    // Whoever stands there already.
    await kiosk.locator('.qu-matter').first().click()
    await kiosk.getByRole('heading', { name: 'Heute gibt es keine Wartenummern mehr.' }).waitFor()
    expect(await kiosk.locator('.qu-matter').count()).toBe(0)
    await isOpenToAll(kiosk)
    await desk.getByRole('button', { name: 'Wieder Wartenummern ausgeben' }).click()
    await desk.getByRole('button', { name: 'Keine Wartenummern mehr ausgeben' }).waitFor()
    await kiosk.goto('/kiosk/verkehr')
    await kiosk.locator('.qu-matter').first().click()
    await kiosk.getByRole('heading', { name: 'Ihre Nummer' }).waitFor()
  },
)
