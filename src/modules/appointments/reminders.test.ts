import ICAL from 'ical.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, at, codeInMail, mailsOf, newDays } from './testing/api.ts'
import { planOffices } from './testing/plan.ts'
import { visitorOf } from './testing/visitor.ts'
import { remindPeople } from './use-cases/remind.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const { json, hold, book, confirm, booked } = apiOf(city)
const newDay = newDays()
const ROSA = 'rosa@example.org'
const dayBefore = (day: string, time: string) => Temporal.Instant.from(at(day, time)).subtract({ hours: 23 }).toString()
async function isBySms(id: string): Promise<boolean> {
  const row = await one(
    (await city.ctx()).db,
    sql<{ noSms: boolean }>`select no_sms as "noSms" from appointments_booking where id = ${id}`,
  )
  return !row.noSms
}

/** By which ways somebody was reminded. */
async function channelsOf(id: string): Promise<string[]> {
  const rows = await many(
    (await city.ctx()).db,
    sql<{ channel: string }>`select d.channel from notifications_delivery d
      join notifications_message m on m.id = d.message where m.key = ${`appointment:${id}:reminder:1`} order by 1`,
  )
  return rows.map(({ channel }) => channel)
}

beforeAll(async () => {
  const ctx = await city.ctx()
  await planOffices(ctx)
  await addCitizen(ctx, { name: 'Ida Becker', email: 'ida@example.org' })
  await addCitizen(ctx, { name: 'Rosa Roth', email: ROSA })
})

describe('whoever has an appointment', () => {
  test('is reminded the day before, once, and by SMS where a mobile number was given', async () => {
    const ctx = await city.ctx()
    const [day, other] = [newDay(), newDay()]
    const held = await booked(day, '08:00', { telephone: '0170 1234567' })
    const later = await booked(other, '08:00')
    city.clock.set(dayBefore(day, '08:00'))
    expect([await remindPeople(ctx), await remindPeople(ctx)]).toEqual([1, 0])
    expect(await mailsOf(city, held.id)).toContain('1 reminder')
    expect(await mailsOf(city, later.id)).not.toContain('1 reminder')
    expect(await channelsOf(held.id)).toEqual(['mail', 'sms'])
    // Its link opens the booking, and the older ones still do.
    for (const code of [await codeInMail(city, held.id, 'reminder'), held.code])
      expect((await json('GET', `${API}/bookings/${held.id}?code=${code}`)).status).toBe(200)
  })

  test('is reminded as they choose when they book or later, on the page and as JSON', async () => {
    const ctx = await city.ctx()
    const day = newDay()
    const mine = { email: 'wahl@example.org' }
    const mobile = { ...mine, telephone: '0170 7654321' }
    const byMail = await booked(day, '10:00', { ...mobile, reminder: 'mail' })
    const never = await booked(day, '10:15', { ...mobile, reminder: 'none' })
    const later = await booked(day, '10:30', mobile)
    const page = await booked(day, '10:45', { ...mine, reminder: 'none' })
    const path = (held: { id: string; code: string }) => `${API}/bookings/${held.id}?code=${held.code}`
    expect((await json('PATCH', path(later), { reminder: 'none' })).json()).toMatchObject({
      reminder: 'none',
      sequence: 1,
    })
    expect((await json('PATCH', path(later), { reminder: 'brieftaube' })).status).toBe(400)
    expect((await json('PATCH', path(later), { reminder: 'mail', hold: page.id, holdCode: 'x' })).status).toBe(422)
    const visitor = visitorOf(city)
    expect((await visitor.get(`/termine/${page.id}?code=${page.code}`)).body).toContain(
      'Erinnerung am Tag vorher: keine',
    )
    const saved = await visitor.post(`/termine/${page.id}/erinnerung`, { reminder: 'mail' })
    expect(saved.body).toContain('Ihre Wahl ist gespeichert')
    expect((await visitorOf(city).post(`/termine/${page.id}/erinnerung`, { reminder: 'none' })).status).toBe(404)
    city.clock.set(dayBefore(day, '10:30'))
    await remindPeople(ctx)
    expect(await Promise.all([byMail, never, later, page].map(({ id }) => channelsOf(id)))).toEqual([
      ['mail'],
      [],
      [],
      ['mail'],
    ])
  })

  test('makes the city pay for few SMS: three bookings a day to one number, twenty from one sender, and a mail for each', async () => {
    const ctx = await city.ctx()
    const day = newDay()
    const times = ['08:00', '08:15', '08:30', '08:45', '09:00', '09:15']
    const all: { id: string; telephone: string; bySms: boolean }[] = []
    const bookAt = async (time: string, office: string, telephone: string, asking = {}) => {
      const held = (await hold(day, time, { office })).json()
      const email = `sms-${all.length}@example.org`
      expect((await book(held, { email, telephone }, asking)).status).toBe(201)
      expect((await confirm(held.id)).json().state).toBe('booked')
      const bySms = await isBySms(held.id)
      all.push({ id: held.id, telephone, bySms })
      return bySms
    }
    const spellings = ['0171 5550001', '+49 171 5550001', '0049171/5550001']
    const toOne = []
    for (const [i, time] of times.slice(0, 5).entries()) toOne.push(await bookAt(time, 'sued', spellings[i % 3]!))
    expect(toOne).toEqual([true, true, true, false, false])
    // A landline costs nothing, and is not counted.
    expect(await bookAt(times[5]!, 'sued', '0711 1234')).toBe(true)
    const sender = { headers: { 'x-forwarded-for': '203.0.113.77' } }
    const toMany = []
    for (const minutes of Array.from({ length: 21 }, (_, i) => i)) {
      const [hour, minute] = [9 + Math.floor((minutes % 12) / 4), ((minutes % 12) % 4) * 15]
      const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
      toMany.push(await bookAt(time, 'mitte', `0171 66600${String(minutes).padStart(2, '0')}`, sender))
    }
    expect(toMany).toEqual([...Array(20).fill(true), false])
    city.clock.set(dayBefore(day, '08:00'))
    while ((await remindPeople(ctx)) > 0);
    city.clock.advance({ hours: 4 })
    await remindPeople(ctx)
    for (const { id, telephone, bySms } of all) {
      const channels = await channelsOf(id)
      expect(channels).toContain('mail')
      expect(channels.includes('sms'), telephone).toBe(bySms && telephone.includes('171'))
    }
  })

  test('gets no more than five SMS a day for an account, however often it cancels and whatever numbers it types', async () => {
    const day = newDay()
    const asRosa = { as: ROSA }
    const bySms: boolean[] = []
    for (let i = 0; i < 6; i += 1) {
      const held = (await hold(day, `${10 + Math.floor(i / 4)}:${['00', '15', '30', '45'][i % 4]}`)).json()
      expect((await book(held, { email: ROSA, telephone: `0151 777000${i}` }, asRosa)).json().state).toBe('booked')
      bySms.push(await isBySms(held.id))
      await json('DELETE', `${API}/bookings/${held.id}?code=${held.code}`)
    }
    expect(bySms).toEqual([true, true, true, true, true, false])
  })

  test('is reminded of the new time after a move, and not of one that was cancelled or has only just been booked', async () => {
    const ctx = await city.ctx()
    const [day, next] = [newDay(), newDay()]
    const [moved, cancelled] = [await booked(day, '09:00'), await booked(day, '09:15')]
    city.clock.set(dayBefore(day, '09:00'))
    const path = ({ id, code }: { id: string; code: string }) => `${API}/bookings/${id}?code=${code}`
    await json('DELETE', path(cancelled))
    const fresh = await booked(day, '11:00')
    expect(await remindPeople(ctx)).toBe(1)
    const to = (await hold(next, '09:00')).json()
    await json('PATCH', path(moved), { hold: to.id, holdCode: to.code })
    city.clock.set(dayBefore(next, '09:00'))
    expect(await remindPeople(ctx)).toBe(1)
    expect(await mailsOf(city, moved.id)).toEqual(expect.arrayContaining(['1 reminder', '2 reminder']))
    for (const { id } of [fresh, cancelled]) expect((await mailsOf(city, id)).join()).not.toContain('reminder')
  })
})

describe('an appointment on the next day', () => {
  const hoursBefore = (hours: number, time: string) => {
    const day = newDay()
    city.clock.set(Temporal.Instant.from(at(day, time)).subtract({ hours }).toString())
    return day
  }

  test('booked or moved in the afternoon before wakes nobody at night: whoever has just read of it is not reminded', async () => {
    const ctx = await city.ctx()
    const day = hoursBefore(18, '10:00')
    const later = await booked(newDay(), '09:00')
    const near = await booked(day, '10:00', { telephone: '0172 1234567' })
    const to = (await hold(day, '10:15')).json()
    expect(
      (await json('PATCH', `${API}/bookings/${later.id}?code=${later.code}`, { hold: to.id, holdCode: to.code }))
        .status,
    ).toBe(200)
    for (let hour = 0; hour < 18; hour += 1) {
      await remindPeople(ctx)
      city.clock.advance({ hours: 1 })
    }
    for (const { id } of [near, later]) expect((await mailsOf(city, id)).join()).not.toContain('reminder')
  })

  test('is asked about a reminder only where there will be one', async () => {
    const far = hoursBefore(31, '11:00')
    const asked = async (held: { id: string; code: string }) =>
      (await visitorOf(city).get(`/termine/${held.id}?code=${held.code}`)).body.includes('Erinnerung am Tag vorher')
    const held = (await hold(far, '11:00')).json()
    expect(await asked(held)).toBe(true)
    await book(held)
    await confirm(held.id)
    expect(await asked(held)).toBe(true)
    city.clock.advance({ hours: 2 })
    expect(await asked((await hold(far, '11:15')).json())).toBe(false)
    const near = await booked(far, '11:30')
    expect(await asked(near)).toBe(false)
    // This one is still to be reminded.
    expect(await asked(held)).toBe(true)
    city.clock.advance({ hours: 6 })
    await remindPeople(await city.ctx())
    expect(await asked(held)).toBe(false)
    expect(await mailsOf(city, held.id)).toContain('1 reminder')
  })

  test('is called today where the reminder could not go out before midnight', async () => {
    const day = newDay()
    const held = await booked(day, '11:30')
    city.clock.set(at(day, '01:00'))
    await remindPeople(await city.ctx())
    const { db } = await city.ctx()
    const { subject } = await one(
      db,
      sql<{
        subject: string
      }>`select subject from notifications_message where key = ${`appointment:${held.id}:reminder:1`}`,
    )
    expect(subject).toMatch(/^Ihr Termin heute: /)
  })
})

describe('the calendar feed of an account', () => {
  const eventsOf = (body: string) =>
    new ICAL.Component(ICAL.parse(body)).getAllSubcomponents('vevent').map((event) => ({
      uid: event.getFirstPropertyValue('uid'),
      sequence: event.getFirstPropertyValue('sequence'),
      status: event.getFirstPropertyValue('status'),
    }))

  test('follows moves and cancellations under the same UID, and ends when the account says so', async () => {
    const day = newDay()
    const held = (await hold(day, '10:00')).json()
    await book(held, {}, { as: 'ida@example.org' })
    const ida = visitorOf(city, 'ida@example.org')
    const made = await ida.post('/konto/termine/kalender', {})
    const path = new URL(/data-value="([^"]+)"/.exec(made.body)![1]!).pathname
    const calendar = visitorOf(city)
    const first = await calendar.get(path)
    expect(first.headers['content-type']).toContain('text/calendar')
    expect(eventsOf(first.body)).toEqual([{ uid: held.id, sequence: 0, status: 'CONFIRMED' }])
    await json('DELETE', `${API}/bookings/${held.id}?code=${held.code}`)
    expect(eventsOf((await calendar.get(path)).body)).toEqual([{ uid: held.id, sequence: 1, status: 'CANCELLED' }])
    // A new address ends the old one; nobody guesses one.
    const again = await ida.post('/konto/termine/kalender', {})
    expect((await calendar.get(path)).status).toBe(404)
    const newer = new URL(/data-value="([^"]+)"/.exec(again.body)![1]!).pathname
    expect((await calendar.get(newer)).status).toBe(200)
    const disabled = async (is: boolean) =>
      many(
        (await city.ctx()).db,
        sql`update accounts_account set disabled_at = case when ${is} then now() end
        where email = 'ida@example.org'`,
      )
    await disabled(true)
    expect((await calendar.get(newer)).status).toBe(404)
    await disabled(false)
    expect((await ida.get('/konto/termine/kalender')).body).not.toContain(newer)
    await ida.post('/konto/termine/kalender/ende', {})
    expect((await calendar.get(newer)).status).toBe(404)
  })
})
