import ICAL from 'ical.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, at, codeInMail, mailsOf, newDays } from './testing/api.ts'
import { planOffices } from './testing/plan.ts'
import { visitorOf } from './testing/visitor.ts'
import { remindPeople } from './use-cases/remind.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const { json, hold, book, booked } = apiOf(city)
const newDay = newDays()
const dayBefore = (day: string, time: string) => Temporal.Instant.from(at(day, time)).subtract({ hours: 23 }).toString()

beforeAll(async () => {
  const ctx = await city.ctx()
  await planOffices(ctx)
  await addCitizen(ctx, { name: 'Ida Becker', email: 'ida@example.org' })
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
    const channels = await many(
      ctx.db,
      sql<{
        channel: string
      }>`select d.channel from notifications_delivery d join notifications_message m on m.id = d.message
        where m.key = ${`appointment:${held.id}:reminder:1`} order by 1`,
    )
    expect(channels.map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    // Its link opens the booking, and the older ones still do.
    for (const code of [await codeInMail(city, held.id, 'reminder'), held.code])
      expect((await json('GET', `${API}/bookings/${held.id}?code=${code}`)).status).toBe(200)
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
