import { afterEach, expect, test } from 'vitest'
import { newId } from '#platform/db/id.ts'
import { exec, sql } from '#platform/db/db.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '#src/testing/city.ts'
import { insertClosure } from './store/plan.ts'

// A Wednesday at half past nine.
const city = await testCity({ seed: true })
const ctx = await city.ctx()
const day = today(city.clock)
const HOUSE = '/dienststellen/buergerbuero-mitte'

const page = async (path: string) =>
  (await city.get(path)).body
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',')
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
