import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#platform/db/id.ts'
import { exec, sql } from '#platform/db/db.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { testCity } from '#src/testing/city.ts'
import { wordsOf } from '#src/testing/words.ts'
import { insertClosure } from './store/plan.ts'
import { BIRGIT, at, freshDesk, startOf, type Desk } from './testing/desk.ts'
import { asLaura, deskOf } from './testing/desk-pages.ts'
import { hiddenOn, timesOn } from './testing/visitor.ts'

// A Wednesday at half past nine.
const city = await testCity({ seed: true })
const ctx = await city.ctx()
const day = today(city.clock)
const HOUSE = '/dienststellen/buergerbuero-mitte'

const page = async (path: string) => wordsOf((await city.get(path)).body).replaceAll(' ,', ',')
const openNow = async () => {
  const { offices } = (await city.json('GET', '/api/v1/catalogue/offices')).json()
  return new Map((offices as { slug: string; openNow: boolean }[]).map((one) => [one.slug, one.openNow]))
}
const close = (office: string | null, first: Temporal.PlainDate, last = first) =>
  insertClosure(ctx, newId(), { office, firstDay: first, lastDay: last }, 'Personalversammlung')

afterEach(() => exec(ctx.db, sql`delete from appointments_closure`))

test('an office that the city has closed today is not open, wherever that is said, and opens on the day after', async () => {
  expect(await page(HOUSE)).toContain('Jetzt geöffnet')
  await close('buergerbuero-mitte', day)
  for (const path of [HOUSE, '/dienststellen', '/leistungen/reisepass'])
    expect(await page(`${path}?neu`), path).toContain('heute ist Schließtag, öffnet morgen um 08:00 Uhr')
  expect(await page(HOUSE)).not.toContain('Jetzt geöffnet')
  // Nor does anybody read how long one waits there, or why it is shut.
  expect(await page(`${HOUSE}?neu`)).not.toMatch(/Wartezeit ohne Termin|Personalversammlung/)
  const open = await openNow()
  expect([open.get('buergerbuero-mitte'), open.get('verkehr')]).toEqual([false, true])
})

test('closing days of the whole city close each office, and those to come are left out of when it opens next', async () => {
  await close(null, day, day.add({ days: 1 }))
  expect(new Set((await openNow()).values())).toEqual(new Set([false]))
  expect(await page(`/en${HOUSE}?neu`)).toContain('Closed, closed all day today, opens Friday at 08:00')
})

test('a closing day that is over or yet to come closes nothing today', async () => {
  await close(null, day.subtract({ days: 1 }))
  await close(null, day.add({ days: 1 }))
  expect((await openNow()).get('buergerbuero-mitte')).toBe(true)
})

test('a closing day on a public holiday is not named beside the holidays', async () => {
  const goodFriday = Temporal.PlainDate.from('2030-04-19')
  await close(null, goodFriday)
  expect(await page(`${HOUSE}?neu`)).not.toContain('Außerdem geschlossen')
  await close('buergerbuero-mitte', goodFriday.subtract({ days: 1 }), goodFriday)
  expect(await page(`${HOUSE}?neu`)).toMatch(/Außerdem geschlossen Donnerstag, 18\. April 2030 bis Freitag/)
})

describe('closing days at the desk', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await freshDesk(city)
  })
  const { send } = deskOf(city, () => desk)
  const closures = '/workbench/termine/schliesstage'

  test('hit whoever has an appointment, are closed at once, and open again when they are removed', async () => {
    const monday = desk.mondays[6]!
    const id = await desk.book(at(monday, '08:00'), 'closed@example.org')
    const typed = {
      ...hiddenOn(await city.get(closures, asLaura)),
      office: desk.team.office,
      firstDay: `${monday.day}.${monday.month}.${monday.year}`,
      lastDay: '',
      reason: 'Betriebsausflug',
    }
    const preview = await send(closures, { ...typed, next: 'preview' })
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send(closures, { ...typed, all: 'move', next: 'save' })
    await city.runJobs()
    expect(saved.location).toContain('/aenderungen/')
    const moved = Temporal.Instant.from(await startOf(city, id))
      .toZonedDateTimeISO(CITY_TIME_ZONE)
      .toPlainDate()
    expect(moved.equals(monday)).toBe(false)
    const free = `/termine?service=${desk.service}&office=${desk.team.office}&from=${monday.toString()}&people=1`
    const isOpen = async () => timesOn(await city.get(free)).some((time) => time.startsWith(monday.toString()))
    expect(await isOpen()).toBe(false)

    const list = await city.get(closures, asLaura)
    expect(list.body).toContain('Betriebsausflug')
    const closure = new RegExp(`${closures}/([0-9a-f-]{36})`).exec(list.body)![1]!
    expect((await send(`${closures}/${closure}`, {}, BIRGIT)).status).toBe(404)
    expect((await send(`${closures}/${closure}`, {})).location).toContain('erledigt=entfernt')
    expect(await isOpen()).toBe(true)
  })

  test('are refused in the past, without a reason, the wrong way round, and for all offices by who plans for one', async () => {
    const typed = {
      ...hiddenOn(await city.get(closures, asLaura)),
      office: 'alle',
      firstDay: '1.1.2020',
      lastDay: '31.12.2019',
      reason: ' ',
    }
    const refused = await send(closures, { ...typed, next: 'save' })
    expect(refused.status).toBe(422)
    for (const words of [
      'Bitte wählen Sie eine Dienststelle.',
      'in der Vergangenheit',
      'liegt vor dem ersten',
      'warum geschlossen ist',
    ])
      expect(refused.body).toContain(words)
    const unread = await send(closures, { ...typed, firstDay: 'Ostern', lastDay: '31.2.2031', next: 'save' })
    expect(unread.body).toContain('„Ostern“ verstehen wir nicht als Tag.')
    expect(unread.body).toContain('Den Tag 31.2.2031 gibt es nicht.')
  })
})
