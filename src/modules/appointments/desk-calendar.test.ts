import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { exec, sql } from '#platform/db/db.ts'
import { formatDay } from '#platform/i18n/format.ts'
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

test('a closing day and a holiday are called so in the calendar, by day and by week', async () => {
  const { db } = await city.ctx()
  const monday = desk.mondays[0]!
  await exec(
    db,
    sql`insert into appointments_closure (id, office, first_day, last_day, reason)
      values (gen_random_uuid(), ${desk.team.office}, ${monday}, ${monday}, 'Umzug')`,
  )
  const day = await calendar(monday)
  expect(day.body).toContain('Schließtag: Umzug')
  expect(day.body).not.toContain('An diesem Tag ist nicht geöffnet')
  const week = await calendar(monday.add({ days: 2 }), '&ansicht=woche')
  expect(week.body).toMatch(new RegExp(`${formatDay({ locale: 'de' }, monday)}: Schließtag: Umzug`))
  expect((await calendar(Temporal.PlainDate.from('2030-04-19'))).body).toContain('Feiertag: Karfreitag')
  expect((await calendar(monday.add({ days: 6 }))).body).toContain('An diesem Tag ist nicht geöffnet')
  await exec(db, sql`delete from appointments_closure`)
})

test('the name of a file is read with and without umlauts', async () => {
  const { headers } = await city.get('/workbench/termine.csv', asLaura)
  expect(headers['content-disposition']).toBe(
    `attachment; filename="Oeffnungszeiten fuer Termine.csv"; filename*=UTF-8''${encodeURIComponent('Öffnungszeiten für Termine.csv')}`,
  )
})

test('the page of a service leads to its free times, where they are given', async () => {
  const page = await city.get(`/leistungen/${desk.service}`)
  expect(page.body).toContain(`href="/termine?service=${desk.service}"`)
})
