import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { many, sql } from '#platform/db/db.ts'
import { today } from '#platform/time/clock.ts'
import { mailsTo } from './testing/booked.ts'
import { at, BIRGIT, fieldsOn, freshDesk, type Desk } from './testing/desk.ts'
import { asLaura, dayText, deskOf } from './testing/desk-pages.ts'
import { hiddenOn, holdLast, timesOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})
const { send, calendar, audited, isFree } = deskOf(city, () => desk)

/** As if it had been booked for then; ten minutes long. */
const beginsIn = async (id: string, time: Temporal.DurationLike) =>
  many(
    (await city.ctx()).db,
    sql`update appointments_booking set starts_at = ${city.clock.now().add(time)}::timestamptz,
      ends_at = ${city.clock.now().add(time).add({ minutes: 10 })}::timestamptz where id = ${id}::uuid`,
  )

describe('an appointment, for staff of its office', () => {
  test('says who it is and leaves a trace of who looked; others do not find it', async () => {
    const id = await desk.book(at(desk.mondays[4]!, '08:00'), 'who@example.org')
    const page = await city.get(`/workbench/termine/buchungen/${id}`, asLaura)
    expect(page.body).toContain('Erika Muster')
    expect(page.body).toContain('who@example.org')
    expect(await audited(id)).toContain('appointments.looked-at')
    for (const path of ['', '/verschieben'])
      expect((await city.get(`/workbench/termine/buchungen/${id}${path}`, { as: BIRGIT })).status).toBe(404)
    expect((await send(`/workbench/termine/buchungen/${id}/absage`, { sequence: '1' }, BIRGIT)).status).toBe(404)
  })

  test('is not moved to the time that it has, where another seat is free then', async () => {
    desk = await freshDesk(city, { seats: { public: 2, centre: 0, 'walk-in': 0 } })
    const start = at(desk.mondays[0]!, '08:00')
    const base = `/workbench/termine/buchungen/${await desk.book(start, 'beside@example.org')}/verschieben`
    const own = `${start.toString()} ${desk.team.office}`
    expect(await isFree(desk.mondays[0]!, '08:00')).toBe(true)
    const page = await city.get(base, asLaura)
    expect(timesOn(page)).not.toContain(own)
    const refused = await send(base, { ...hiddenOn(page), time: own })
    expect(refused.location).toContain('hinweis=dieselbe')
    expect((await city.get(refused.location, asLaura)).body).toContain('Der Termin ist schon zu dieser Zeit')
  })

  test('is moved and cancelled with a message; an old version of it is not', async () => {
    const id = await desk.book(at(desk.mondays[5]!, '08:00'), 'moved@example.org')
    const base = `/workbench/termine/buchungen/${id}`
    const page = await city.get(`${base}/verschieben`, asLaura)
    const stale = hiddenOn(page)
    const moved = await send(`${base}/verschieben`, { ...stale, time: timesOn(page)[1]! })
    expect(moved.location).toContain('erledigt=verschoben')
    const again = await send(`${base}/verschieben`, { ...stale, time: timesOn(page)[2]! })
    expect(again.status).toBe(409)
    expect(again.body).toContain('Dieser Termin wurde inzwischen geändert')

    const ctx = await city.ctx()
    const link = (await mailsTo(ctx, 'moved@example.org')).at(-1)!.path!
    expect((await visitorOf(city).get(link)).body).toContain('Termin verschieben')

    const form = hiddenOn(await city.get(base, asLaura))
    await send(`${base}/absage`, { ...form, message: 'Bitte kommen Sie in die Südstadt.' })
    const mail = (await mailsTo(ctx, 'moved@example.org')).at(-1)!
    expect(mail.subject).toContain('ist abgesagt')
    expect(mail.body).toContain('Bitte kommen Sie in die Südstadt.')
    expect(await audited(id)).toContain('appointments.cancelled')
  })

  test('that staff have cancelled is booked anew by the link in the mail, by whoever has no account', async () => {
    const id = await desk.book(at(desk.mondays[5]!, '08:00'), 'anew@example.org')
    const base = `/workbench/termine/buchungen/${id}`
    await send(`${base}/absage`, { ...hiddenOn(await city.get(base, asLaura)), message: '' })
    const { path } = (await mailsTo(await city.ctx(), 'anew@example.org')).at(-1)!
    const visitor = visitorOf(city)
    const times = await visitor.get(path!)
    expect(times.status).toBe(200)
    expect(times.body).toContain('Freie Termine')
    expect(hiddenOn(times)).toMatchObject({ service: [desk.service], people: ['1'] })
    const { page, path: held } = await holdLast(visitor, path!)
    expect(page.body).toContain('Name')
    const person = { ...fieldsOn(page), name: 'Erika Muster', email: 'anew@example.org' }
    expect((await visitor.post(held, person)).body).toContain('Bitte bestätigen Sie')
    const confirm = (await mailsTo(await city.ctx(), 'anew@example.org')).at(-1)!.path!
    await visitor.get(confirm)
    expect((await visitor.post(`${held}/bestaetigung`, {})).body).toContain('Termin verschieben')
  })

  test('is noted as arrived on its day and not before; who was taken for another is not', async () => {
    const id = await desk.book(at(desk.mondays[6]!, '08:00'), 'came@example.org')
    const base = `/workbench/termine/buchungen/${id}`
    const before = await city.get(base, asLaura)
    expect(before.body).not.toContain('Als angekommen vermerken')
    expect(before.body).toMatch(/Code für die Ankunft[\s\S]{0,200}[2-9A-Z]{4} [2-9A-Z]{4}/)
    expect((await send(`${base}/ankunft`, {})).status).toBe(409)
    await beginsIn(id, { minutes: 1 })
    expect((await send(`${base}/ankunft`, {})).location).toContain('erledigt=da')
    const line = async () => new RegExp(`${id}"[\\s\\S]*?</a>`).exec((await calendar(today(city.clock))).body)![0]
    expect(await line()).toContain('ist da')
    await send(`${base}/doch-nicht-da`, {})
    expect(await line()).not.toContain('ist da')
    expect(await audited(id)).toContain('appointments.arrival-taken-back')
    // On the next day it is in the figures.
    await send(`${base}/ankunft`, {})
    await beginsIn(id, { hours: -30 })
    expect((await send(`${base}/doch-nicht-da`, {})).status).toBe(409)
  })

  test('is moved for somebody who stands in a jam, until it is over; the person can do so until it begins', async () => {
    const id = await desk.book(at(desk.mondays[6]!, '08:00'), 'late@example.org')
    const base = `/workbench/termine/buchungen/${id}/verschieben`
    const visitor = visitorOf(city)
    await visitor.get((await mailsTo(await city.ctx(), 'late@example.org')).at(-1)!.path!)
    await beginsIn(id, { minutes: -5 })
    expect((await visitor.get(`/termine/${id}/verschieben`)).body).not.toContain('name="time"')
    const page = await city.get(`${base}?from=${dayText(desk.mondays[7]!)}`, asLaura)
    expect(timesOn(page)[0]).toContain(desk.mondays[7]!.toString())
    expect((await city.get(`${base}?from=morgen`, asLaura)).status).toBe(422)
    const moved = await send(base, { ...hiddenOn(page), time: timesOn(page)[0]! })
    expect(moved.location).toContain('erledigt=verschoben')
    await beginsIn(id, { minutes: -20 })
    expect((await city.get(base, asLaura)).status).toBe(303)
  })
})
