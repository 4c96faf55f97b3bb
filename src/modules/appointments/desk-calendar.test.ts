import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { today } from '#platform/time/clock.ts'
import { at, freshDesk, type Desk } from './testing/desk.ts'
import { asLaura, deskOf } from './testing/desk-pages.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})
const { calendar } = deskOf(city, () => desk)

describe('the calendar of an office', () => {
  test('shows its counters with their appointments, by day and by week, and nobody by name', async () => {
    const monday = desk.mondays[0]!
    const id = await desk.book(at(monday, '08:00'), 'seen@example.org')
    const day = await calendar(monday)
    expect(day.body).toContain(`/workbench/termine/buchungen/${id}`)
    expect(day.body).toContain('Schalter 1')
    expect(day.body).not.toContain('Erika')
    const week = await calendar(monday.add({ days: 3 }), '&ansicht=woche')
    expect(week.body).toContain('1 Termin')
    expect(day.body).toContain('geöffnet 08:00–12:00')
    expect(day.body).toMatch(/kalender\?[^"]*tag=2030-\d\d-\d\d[^"]*"[^>]*>Heute</)
    expect(week.body).toContain('>Diese Woche<')
    const now = await calendar(today(city.clock))
    expect(now.body).not.toContain('>Heute<')
    const counter = await calendar(monday, `&ansicht=woche&schalter=${desk.team.id}/public/1`)
    expect(counter.body).toContain(`/workbench/termine/buchungen/${id}`)
    expect((await city.get('/workbench/termine/kalender?tag=gestern', asLaura)).status).toBe(422)
  })
})

test('the page of a service leads to its free times, where they are given', async () => {
  const page = await city.get(`/leistungen/${desk.service}`)
  expect(page.body).toContain(`href="/termine?service=${desk.service}"`)
})
