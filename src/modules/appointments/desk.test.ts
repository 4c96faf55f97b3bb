import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { today } from '#platform/time/clock.ts'
import { mailsTo } from './testing/booked.ts'
import { at, BIRGIT, fieldsOn, freshDesk, LAURA, type Desk, type Typed } from './testing/desk.ts'
import { hiddenOn, timesOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const asLaura = { as: LAURA }
const send = (to: string, fields: Typed, as = LAURA) => city.post(to, fields, { as })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})

const dayText = ({ day, month, year }: Temporal.PlainDate) => `${day}.${month}.${year}`
const calendar = (day: Temporal.PlainDate, more = '') =>
  city.get(`/workbench/termine/kalender?dienststelle=${desk.team.office}&tag=${day.toString()}${more}`, asLaura)
const audited = async (id: string) =>
  (
    await many(
      (await city.ctx()).db,
      sql<{ action: string }>`select action from audit_entry where subject = ${`appointment:${id}`} order by position`,
    )
  ).map(({ action }) => action)

/** As if it had been booked for then; ten minutes long. */
const beginsIn = async (id: string, time: Temporal.DurationLike) =>
  many(
    (await city.ctx()).db,
    sql`update appointments_booking set starts_at = ${city.clock.now().add(time)}::timestamptz,
      ends_at = ${city.clock.now().add(time).add({ minutes: 10 })}::timestamptz where id = ${id}::uuid`,
  )

const form = async (monday: Temporal.PlainDate): Promise<Typed> => ({
  ...fieldsOn(await city.get(`/workbench/termine/sperren/neu?dienststelle=${desk.team.office}`, asLaura)),
  lane: `${desk.team.id}/public/1`,
  day: dayText(monday),
  from: '8',
  to: '10',
  reason: 'sick',
})
const isFree = async (monday: Temporal.PlainDate, time: string) => {
  const found = `/termine?service=${desk.service}&office=${desk.team.office}&from=${monday.toString()}&people=1`
  return timesOn(await city.get(found)).some((one) => one.startsWith(at(monday, time).toString()))
}

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

describe('a blocked time', () => {
  test('is given to nobody, hits whoever has it, and is free again afterwards', async () => {
    const monday = desk.mondays[1]!
    const id = await desk.book(at(monday, '08:30'), 'ill@example.org')
    const typed = await form(monday)
    const preview = await send('/workbench/termine/sperren/neu', { ...typed, next: 'preview' })
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send('/workbench/termine/sperren/neu', { ...typed, all: 'move', next: 'save' })
    expect(saved.location).toContain('/aenderungen/')
    await city.runJobs()
    expect(await isFree(monday, '09:00')).toBe(false)
    const mail = (await mailsTo(await city.ctx(), 'ill@example.org')).at(-1)!
    expect(mail.body).toContain('fällt jemand aus unserem Team aus')
    expect(mail.body).not.toContain('krank')
    const moved = await maybe(
      (await city.ctx()).db,
      sql<{ at: Temporal.Instant }>`select starts_at as at from appointments_booking where id = ${id}::uuid`,
    )
    expect(Temporal.Instant.compare(moved!.at, at(monday, '10:00'))).toBeGreaterThanOrEqual(0)

    const page = await calendar(monday)
    expect(page.body).toContain('gesperrt: Krankheit')
    const block = /sperren\/([0-9a-f-]{36})/.exec(page.body)![1]!
    expect((await send(`/workbench/termine/sperren/${block}`, {}, BIRGIT)).status).toBe(404)
    await send(`/workbench/termine/sperren/${block}`, {})
    expect(await isFree(monday, '09:00')).toBe(true)
  })

  test('is held by the constraint that holds appointments: the database gives no piece of it away', async () => {
    const monday = desk.mondays[2]!
    await desk.book(at(monday, '08:30'), 'between@example.org')
    await send('/workbench/termine/sperren/neu', { ...(await form(monday)), all: 'leave', next: 'save' })
    const page = (await calendar(monday)).body
    expect(page).toMatch(/ap-entry--block" data-side="left" data-at-h="0" data-at-m="0" data-for-h="2" data-for-m="0"/)
    expect(page).toMatch(/ap-entry--outside" data-side="right" data-at-h="0" data-at-m="30" data-for-h="0"/)
    const { db } = await city.ctx()
    const rows = await many(
      db,
      sql<{
        minutes: number
        block: boolean
      }>`select extract(epoch from upper(during) - lower(during))::int / 60 as minutes,
        block is not null as block from appointments_occupancy where team = ${desk.team.id} order by during`,
    )
    expect(rows.map(({ block }) => block)).toEqual([true, false, true])
    expect(rows.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(120)
  })

  test('of a week is one block, shown on each of its days within the hours of the office', async () => {
    const [monday, next] = [desk.mondays[0]!, desk.mondays[1]!]
    const typed = { ...(await form(monday)), lastDay: dayText(next), all: 'leave', next: 'save' }
    expect((await send('/workbench/termine/sperren/neu', { ...typed, lastDay: '1.1.2020' })).status).toBe(422)
    expect((await send('/workbench/termine/sperren/neu', typed)).location).toContain('erledigt=gesperrt')
    for (const day of [monday, next]) {
      expect(await isFree(day, '08:00')).toBe(false)
      const { body } = await calendar(day)
      expect(body).toContain('gesperrt: Krankheit')
      expect(body).toContain('>08:00</span>')
      expect(body).not.toMatch(/ap-scale__hour"[^>]*>0[1-5]:00/)
    }
    expect(await isFree(next, '10:00')).toBe(true)
  })

  test('is on the day that is typed, however people write it, with or without its year', async () => {
    const monday = desk.mondays[3]!
    const { day, month, year } = monday
    const seen = async (typed: Typed) => {
      const { body } = await send('/workbench/termine/sperren/neu', {
        ...(await form(monday)),
        ...typed,
        next: 'preview',
      })
      return /Schalter 1: [^<]*/.exec(body)?.[0]
    }
    const usual = await seen({ day: `${day}.${month}.${year}` })
    expect(usual).toContain('08:00')
    for (const typed of [
      `${day}.${month}.`,
      `${day}. ${month}. ${year % 100}`,
      `${day}/${month}/${year}`,
      monday.toString(),
    ])
      expect(await seen({ day: typed }), typed).toBe(usual)
    // The last day without a year comes after the first.
    const next = monday.add({ days: 2 })
    expect(await seen({ day: monday.toString(), lastDay: `${next.day}.${next.month}.` })).toBe(
      await seen({ day: monday.toString(), lastDay: next.toString() }),
    )
    const shown = async (typed: string) =>
      /<h2[^>]*>([^<]*2030)</.exec(
        (await city.get(`/workbench/termine/kalender?dienststelle=${desk.team.office}&tag=${typed}`, asLaura)).body,
      )?.[1]
    expect(await shown(`${day}.${month}.`)).toBe(await shown(monday.toString()))
  })

  test('the wrong way round, past, beside the grid or at no counter is refused at its field', async () => {
    const monday = desk.mondays[3]!
    const refused = async (more: Typed) => {
      const answer = await send('/workbench/termine/sperren/neu', { ...(await form(monday)), ...more, next: 'save' })
      expect(answer.status).toBe(422)
      return answer.body
    }
    expect(await refused({ from: '10', to: '8' })).toContain('Das Ende muss nach dem Beginn liegen.')
    expect(await refused({ day: '1.1.2020' })).toContain('schon vorbei')
    expect(await refused({ day: '31.2.2030' })).toContain('Den Tag 31.2.2030 gibt es nicht.')
    expect(await refused({ day: 'morgen' })).toContain('„morgen“ verstehen wir nicht als Tag.')
    expect(await refused({ day: '' })).toContain('Bitte geben Sie einen Tag an, zum Beispiel 24.12.2030.')
    expect(await refused({ lastDay: '31.4.' })).toContain('Den Tag 31.4. gibt es nicht.')
    expect(await refused({ from: '8:03' })).toContain('auf fünf Minuten genau')
    expect(await refused({ lane: 'nirgends/public/1' })).toContain('Bitte wählen Sie einen Schalter.')
    expect(await refused({ reason: 'Grippe' })).toContain('Bitte wählen Sie einen Grund.')
  })
})

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

describe('the service centre books for whoever calls', () => {
  const book = async (more: Typed) => {
    const times = await city.get(
      `/workbench/termine/buchen?service=${desk.service}&office=${desk.team.office}&people=1`,
      asLaura,
    )
    const clerk = visitorOf(city, LAURA)
    const who = await clerk.post('/workbench/termine/buchen/halten', { ...hiddenOn(times), time: timesOn(times)[0]! })
    expect(who.body).toContain('Für wen ist der Termin?')
    // Staff read it, who want no appointment themselves.
    for (const { body } of [times, who])
      expect(body).not.toMatch(/Ihr Anliegen|möchten Sie mit uns|für Sie frei|Ihre Adresse/)
    const fields = { ...fieldsOn(who), ...more }
    const { path } = clerk
    return { clerk, path, fields, answer: await clerk.post(path, fields) }
  }

  test('from its own seats first, by telephone alone, and nobody is mailed; it belongs to no account', async () => {
    const refused = await book({ name: 'Otto Fern', telephone: '', email: '' })
    expect(refused.answer.status).toBe(422)
    expect(refused.answer.body).toContain('eine Telefonnummer oder eine E-Mail-Adresse')
    const { clerk, path } = refused
    // Loaded again, the page holds no second time.
    expect((await clerk.get(path)).body).toContain('Für wen ist der Termin?')
    const fields = { ...refused.fields, telephone: '0711 1234-0' }
    const booked = await clerk.post(path, fields)
    expect(booked.body).toContain('Der Termin ist gebucht')
    expect(booked.body).toContain('/workbench/termine/buchungen/')
    // A double click is one appointment.
    expect((await clerk.post(path, fields)).body).toContain('Der Termin ist gebucht')
    expect((await city.get(path, { as: BIRGIT })).status).toBe(404)
    const rows = await many(
      (await city.ctx()).db,
      sql<{ lane: string; account: string | null; state: string }>`select lane, account, state from appointments_booking
        where name = 'Otto Fern'`,
    )
    expect(rows).toEqual([{ lane: `${desk.team.id}/centre/1`, account: null, state: 'booked' }])
  })

  test('and the browser of the clerk keeps the code no longer than the time is held, and none once it is booked or given back', async () => {
    const search = `/workbench/termine/buchen?service=${desk.service}&office=${desk.team.office}&people=1`
    const hold = async () => {
      const times = await city.get(search, asLaura)
      const held = await send('/workbench/termine/buchen/halten', { ...hiddenOn(times), time: timesOn(times)[0]! })
      const id = held.location.split('/').at(-1)!
      const cookie = [held.headers['set-cookie']].flat().find((one) => one?.startsWith(`rathaus_termin_${id}=`))
      expect(cookie).toContain('Max-Age=600')
      return { path: held.location, name: `rathaus_termin_${id}`, cookies: held.cookies }
    }
    const isDropped = ({ headers }: Answer, name: string) =>
      [headers['set-cookie']].flat().some((one) => one?.startsWith(`${name}=;`) && one.includes('Max-Age=0'))

    const first = await hold()
    const given = await city.post(`${first.path}/freigabe`, {}, { ...asLaura, cookies: first.cookies })
    expect(given.location).toContain('hinweis=zurueckgegeben')
    expect(isDropped(given, first.name)).toBe(true)
    expect((await city.get(given.location, asLaura)).body).toContain('zurückgegeben')

    const second = await hold()
    const fields = { name: 'Ute Kurz', telephone: '0711 99887-0', email: '' }
    const booked = await city.post(second.path, fields, { ...asLaura, cookies: second.cookies })
    expect(isDropped(booked, second.name)).toBe(true)
    // Who has booked it reads it without a code, for half an hour, and nobody else; on the public page nothing opens it.
    expect((await city.get(second.path, asLaura)).body).toContain('Der Termin ist gebucht')
    expect((await city.get(second.path.replace('/workbench/termine/buchen', '/termine'), asLaura)).status).toBe(404)
    expect((await city.get(second.path, { as: BIRGIT })).status).toBe(404)

    const { db } = await city.ctx()
    const subject = `appointment:${second.path.split('/').at(-1)}`
    await many(db, sql`update audit_entry set at = at - interval '31 minutes' where subject = ${subject}`)
    expect((await city.get(second.path, asLaura)).status).toBe(404)

    const third = await hold()
    city.clock.advance({ minutes: 11 })
    const late = await city.get(third.path, { ...asLaura, cookies: third.cookies })
    expect(late.location).toContain('hinweis=abgelaufen')
    expect(isDropped(late, third.name)).toBe(true)
  })

  test('what nobody deals with together is said, with a search for each of them', async () => {
    const rows = await many(
      (await city.ctx()).db,
      sql<{ service: string }>`select s.slug as service from appointments_service s
        where exists (select from appointments_team t where s.slug = any(t.services))
          and not exists (select from appointments_team t where s.slug = any(t.services) and ${desk.service} = any(t.services))
        order by s.slug limit 1`,
    )
    const other = rows[0]!.service
    const page = await city.get(
      `/workbench/termine/buchen?service=${desk.service}&service=${other}&people=1&office=${desk.team.office}`,
      asLaura,
    )
    expect(page.status).toBe(422)
    expect(page.body).toContain('Das geht nicht in einem Termin')
    const links = [...page.body.matchAll(/href="(\/workbench\/termine\/buchen\?[^"]+)"/g)].map(([, to]) =>
      to!.replaceAll('&amp;', '&'),
    )
    expect(links.map((to) => new URLSearchParams(to.split('?')[1]).getAll('service'))).toEqual([
      [desk.service],
      [other],
    ])
    for (const to of links) expect((await city.get(to, asLaura)).body).toContain('Diese Zeit nehmen')
  })

  test('who has a mobile number alone is told by SMS, also when staff move and cancel it', async () => {
    const { answer } = await book({ name: 'Mo Fern', telephone: '0171 7654321', email: '' })
    const base = /\/workbench\/termine\/buchungen\/[0-9a-f-]{36}/.exec(answer.body)![0]
    const page = await city.get(`${base}/verschieben`, asLaura)
    expect(page.body).toContain('bekommt eine SMS')
    await send(`${base}/verschieben`, { ...hiddenOn(page), time: timesOn(page)[1]! })
    const before = await city.get(base, asLaura)
    expect(before.body).toContain('Steht in der SMS')
    await send(`${base}/absage`, hiddenOn(before))
    const told = await many(
      (await city.ctx()).db,
      sql<{ subject: string; channel: string }>`select m.subject, d.channel from notifications_message m
        join notifications_delivery d on d.message = m.id where m.telephone = '0171 7654321' order by m.id`,
    )
    expect(told.map(({ channel }) => channel)).toEqual(['sms', 'sms', 'sms'])
    expect(told.at(-1)!.subject).toContain('abgesagt')
  })

  test('with a mail address the person can change it alone', async () => {
    await book({ name: 'Uta Fern', telephone: '', email: 'uta.fern@example.org' })
    const [mail] = await mailsTo(await city.ctx(), 'uta.fern@example.org')
    expect((await visitorOf(city).get(mail!.path!)).body).toContain('Termin verschieben')
    expect((await city.get('/workbench/termine/buchen', { as: 'anna.becker@musterstadt.example' })).status).toBe(403)
  })
})

test('the page of a service leads to its free times, where they are given', async () => {
  const page = await city.get(`/leistungen/${desk.service}`)
  expect(page.body).toContain(`href="/termine?service=${desk.service}"`)
})

describe('who sits where', () => {
  const path = '/workbench/termine/personal'
  const people = () => city.get(`${path}?dienststelle=${desk.team.office}`, asLaura)
  const accountOf = ({ body }: { body: string }, name: string) =>
    new RegExp(`<option value="([0-9a-f-]{36})"[^>]*>${name}</option>`).exec(body)![1]!

  test('is warned of a counter that is blocked at that time, on the page and in its list', async () => {
    const monday = desk.mondays[4]!
    await desk.book(at(monday, '11:00'), 'listed@example.org')
    await send('/workbench/termine/sperren/neu', { ...(await form(monday)), all: 'leave', next: 'save' })
    const page = await people()
    const typed = {
      ...hiddenOn(page),
      account: accountOf(page, 'Laura Öztürk'),
      lane: `${desk.team.id}/public/1`,
      day: dayText(monday),
      from: '9',
      to: '12',
    }
    expect((await send(path, typed)).location).toContain('erledigt=gesperrt')
    expect((await people()).body).toMatch(/Achtung, Schalter gesperrt 0?8:00 bis 10:00 Uhr: Krankheit/)
    const list = await city.get(`${path}.csv?dienststelle=${desk.team.office}`, asLaura)
    expect(list.body).toContain(`;${monday.toString()};09:00;12:00;`)
    const file = `/workbench/termine/kalender.csv?dienststelle=${desk.team.office}&tag=${monday.toString()}`
    const { body } = await city.get(file, asLaura)
    expect(body).toContain(`${monday.toString()};Schalter 1;08:00;10:00;;;gesperrt: Krankheit`)
    expect(body).toContain(`${monday.toString()};Schalter 1;11:00;`)
    expect(body).not.toContain('Erika')
    expect((await city.get(file, { as: BIRGIT })).body).not.toContain('Krankheit')
  })

  test('is warned of what somebody cannot do, and nobody is at two counters at once', async () => {
    const monday = desk.mondays[2]!
    const page = await people()
    const laura = accountOf(page, 'Laura Öztürk')
    const typed = {
      ...hiddenOn(page),
      account: laura,
      lane: `${desk.team.id}/public/1`,
      day: dayText(monday),
      from: '8',
      to: '10',
    }
    expect((await send(path, typed)).location).toContain('erledigt=eingeteilt')
    expect((await people()).body).toMatch(/> *alle Anliegen buchbar *</)
    const { office, unit, services } = desk.team
    const note = (seen: string, can: readonly string[]) =>
      send(`${path}/${laura}/anliegen`, {
        office,
        unit,
        seen,
        [`which-${laura}-${unit}`]: 'only',
        [`can-${laura}-${unit}`]: [...can],
      })
    await note('1', [desk.service])
    expect((await people()).body).toMatch(/nur für: [^,]+</)
    await note('2', services)
    expect((await people()).body).toContain('kann alles')

    const elsewhere = { ...typed, id: newId(), lane: `${desk.team.id}/centre/1`, from: '9', to: '11' }
    const refused = await send(path, elsewhere)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Zu dieser Zeit ist die Person schon eingeteilt')

    const mine = await desk.book(at(monday, '08:30'), 'mine@example.org')
    const later = await desk.book(at(monday, '11:00'), 'later@example.org')
    const calendarOfLaura = await calendar(monday, `&person=${laura}`)
    expect(calendarOfLaura.body).toContain(mine)
    expect(calendarOfLaura.body).not.toContain(later)
    expect((await send(path, { ...typed, id: newId() }, BIRGIT)).status).toBe(400)
  })
})

// Last, for it moves the clock on.
test('what a moved appointment gave up stays blocked, though old times come back some day', async () => {
  const monday = desk.mondays[7]!
  await desk.book(at(monday, '08:30'), 'gone@example.org')
  await send('/workbench/termine/sperren/neu', { ...(await form(monday)), all: 'move', next: 'save' })
  await city.runJobs()
  city.clock.advance({ hours: 3 })
  expect(await isFree(monday, '08:30')).toBe(false)
  expect(await isFree(monday, '10:30')).toBe(true)
})
