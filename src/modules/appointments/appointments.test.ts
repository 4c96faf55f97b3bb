import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen, addStaff } from '#modules/accounts/public.ts'
import { createApp } from '#src/app.ts'
import { testCity } from '#src/testing/city.ts'
import { jobContext } from '#platform/job-context.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import { many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { forgetCalendar } from './calendars.ts'
import { insertClosure } from './store/plan.ts'
import { holdTime, type HoldWish } from './use-cases/hold.ts'
import { findTimes } from './use-cases/find.ts'
import { planOffices } from './testing/plan.ts'

const API = '/api/v1/appointments'
/** Each test has a morning of its own. 13 March 2030 is a Wednesday. */
let day = Temporal.PlainDate.from('2030-04-02')
const newDay = () => {
  do day = day.add({ days: 1 })
  while (day.dayOfWeek > 5 || holidayOn(day) !== null)
  return day.toString()
}
const at = (day: string, time: string) =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Berlin').toInstant().toString()
const ida = { name: 'Ida Becker', email: 'ida@example.org' }

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })

/** From an address of its own each time: limits are another test's matter. */
let clients = 0
const json: typeof city.json = (method, path, body, asking) =>
  city.json(method, path, body, {
    ...asking,
    headers: { 'x-forwarded-for': `198.51.100.${(clients += 1) % 250}`, ...asking?.headers },
  })

const slotsOf = async (day: string, more = '') =>
  (await json('GET', `${API}/slots?service=reisepass&from=${day}&to=${day}${more}`)).json().slots as {
    start: string
    office: string
  }[]
const isFree = async (day: string, time: string, office = 'sued') =>
  (await slotsOf(day, `&office=${office}`)).some(({ start }) => Temporal.Instant.from(start).equals(at(day, time)))
const hold = (day: string, time: string, more: object = {}) =>
  json('POST', `${API}/holds`, { service: ['reisepass'], office: 'sued', start: at(day, time), ...more })
const book = (held: { id: string; code: string }, more: object = {}, asking = {}) =>
  json('POST', `${API}/bookings`, { hold: held.id, code: held.code, ...ida, ...more }, asking)
/** With the code of the link in the mail. */
async function confirm(id: string) {
  const { db } = await city.ctx()
  const rows = await many(
    db,
    sql<{ path: string }>`select link_path as path from notifications_message
      where key like ${`appointment:${id}:confirm:%`}`,
  )
  const code = rows[0]!.path.split('code=')[1]!
  return json('POST', `${API}/bookings/${id}/confirmation`, { code })
}
/** Held, booked and confirmed. */
async function booked(day: string, time: string): Promise<{ id: string; code: string }> {
  const held = (await hold(day, time)).json()
  expect((await book(held)).status).toBe(201)
  expect((await confirm(held.id)).json().state).toBe('booked')
  return held
}

beforeAll(async () => {
  const ctx = await city.ctx()
  await planOffices(ctx)
  await addCitizen(ctx, { name: 'Ida Becker', email: 'ida@example.org' })
  await addStaff(ctx, { name: 'Otto Fern', email: 'otto@example.org', unit: 'rathaus', roles: ['administrator'] })
})

describe('free times', () => {
  test('are those of all offices, the first ones first, with how many there are on each day', async () => {
    const day = newDay()
    const answer = (await json('GET', `${API}/slots?service=reisepass&from=${day}&to=${day}&limit=3`)).json()
    expect(answer).toEqual({
      minutes: 15,
      slots: [
        { start: at(day, '08:00'), office: 'mitte' },
        { start: at(day, '08:00'), office: 'sued' },
        { start: at(day, '08:15'), office: 'mitte' },
      ],
      days: [{ day, times: 32 }],
      more: true,
    })
  })

  test('of several matters at once are long enough for all of them, where somebody can do them all', async () => {
    const day = newDay()
    const answer = (
      await json('GET', `${API}/slots?service=reisepass&service=reisepass&service=beratung&from=${day}&to=${day}`)
    ).json()
    // Once 5 minutes, twice 10 and once 20.
    expect(answer.minutes).toBe(45)
    expect(answer.slots.map(({ office }: { office: string }) => office)).toEqual(Array(14).fill('mitte'))
  })

  test('for more people take longer', async () => {
    const day = newDay()
    expect((await slotsOf(day, '&people=3&office=sued')).length).toBe(14)
  })

  test('on Saturdays there are none where nobody works', async () => {
    const answer = (await json('GET', `${API}/slots?service=reisepass&weekday=6`)).json()
    expect(answer).toMatchObject({ slots: [], days: [], more: false })
  })

  test('there are none on a day on which the office is shut', async () => {
    const ctx = await city.ctx()
    const day = newDay()
    const shut = Temporal.PlainDate.from(day)
    await insertClosure(ctx, newId(), { office: 'sued', firstDay: shut, lastDay: shut }, 'Betriebsausflug')
    forgetCalendar(ctx)
    expect((await slotsOf(day)).every(({ office }) => office === 'mitte')).toBe(true)
    expect((await hold(day, '08:00')).status).toBe(422)
  })

  test('today are those that can still be reached', async () => {
    const slots = await slotsOf('2030-03-13')
    expect(slots[0]?.start).toBe('2030-03-13T08:45:00Z')
  })
})

describe('a time that is held', () => {
  test('is nobody else’s for ten minutes, and free the moment that they are over', async () => {
    const day = newDay()
    const held = await hold(day, '08:00')
    expect(held.status).toBe(201)
    expect(held.json()).toMatchObject({ office: 'sued', minutes: 15, start: at(day, '08:00') })
    expect(await isFree(day, '08:00')).toBe(false)
    expect(await isFree(day, '08:15')).toBe(true)
    expect((await hold(day, '08:00')).json()).toMatchObject({
      status: 409,
      title: 'Dieser Termin ist leider schon vergeben.',
    })
    city.clock.advance({ minutes: 9, seconds: 59 })
    expect(await isFree(day, '08:00')).toBe(false)
    city.clock.advance({ seconds: 1 })
    expect(await isFree(day, '08:00')).toBe(true)
    // No job has run: the next one takes it over, and the first comes too late.
    expect((await hold(day, '08:00')).status).toBe(201)
    expect((await book(held.json())).json()).toMatchObject({
      status: 409,
      type: expect.stringContaining('hold-expired'),
    })
  })

  test('can still be booked when it ran out and nobody else wanted it', async () => {
    const day = newDay()
    const held = (await hold(day, '08:00')).json()
    city.clock.advance({ minutes: 11 })
    expect((await book(held)).status).toBe(201)
    expect(await isFree(day, '08:00')).toBe(false)
  })

  test('of fifty who want it at once is given to as many as there are seats', async () => {
    const day = newDay()
    const ctx = await city.ctx()
    const wish: HoldWish = {
      services: ['reisepass'],
      people: 1,
      variant: 'in-person',
      office: 'mitte',
      start: Temporal.Instant.from(at(day, '09:00')),
      audience: 'public',
    }
    const answers = await Promise.all(Array.from({ length: 50 }, () => holdTime(ctx, wish)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2)
    expect(answers.filter((one) => !one.ok && one.problem === 'time-taken')).toHaveLength(48)
  })

  test('is held once, also where two programs share the database', async () => {
    const day = newDay()
    const ctx = await city.ctx()
    const { app } = city
    const other = await createApp({
      config: app.config,
      databaseUrl: city.databaseUrl,
      modules: app.modules,
      clock: city.clock,
      log: app.log,
    })
    try {
      const beside = jobContext(other, city.tenant)
      const wish = (time: string): HoldWish => ({
        services: ['reisepass'],
        people: 1,
        variant: 'in-person',
        office: 'sued',
        start: Temporal.Instant.from(at(day, time)),
        audience: 'public',
      })
      const search = {
        services: ['reisepass'],
        people: 1,
        variant: 'in-person',
        offices: ['sued'],
        from: day,
        to: day,
        weekdays: [],
        audience: 'public',
        limit: 100,
      } as const
      // Both have read the calendar before anything is held.
      for (const one of [ctx, beside]) await findTimes(one, search)
      const times = ['08:00', '08:15', '08:30', '08:45', '09:00', '09:15', '09:30', '09:45']
      const answers = await Promise.all(
        times.flatMap((time) => [holdTime(ctx, wish(time)), holdTime(beside, wish(time))]),
      )
      expect(answers.filter(({ ok }) => ok)).toHaveLength(times.length)
      // A moment later each knows what the other has given away.
      await new Promise((done) => setTimeout(done, 300))
      for (const one of [ctx, beside]) {
        const found = await findTimes(one, search)
        expect(found.ok && found.value.times).toHaveLength(16 - times.length)
      }
    } finally {
      await other.tenants.close()
    }
  })
})

describe('a booking', () => {
  /** Mails about a booking: what they say, and its version then. */
  const mailsOf = async (id: string) => {
    const { db } = await city.ctx()
    const rows = await many(
      db,
      sql<{
        key: string
      }>`select key from notifications_message where key like ${`appointment:${id}:%`} order by key`,
    )
    return rows.map(({ key }) => key.split(':').slice(2).toReversed().join(' ')).toSorted()
  }

  test('without an account is reserved until the link in the mail is followed, once or twice', async () => {
    const day = newDay()
    const held = (await hold(day, '10:00')).json()
    expect((await book(held)).json()).toMatchObject({ state: 'reserved', name: 'Ida Becker' })
    // A double click: the same again, and no second mail.
    expect((await book(held)).json()).toMatchObject({ state: 'reserved' })
    const withItsOwnCode = await json('POST', `${API}/bookings/${held.id}/confirmation`, { code: held.code })
    expect(withItsOwnCode.status).toBe(404)
    expect((await confirm(held.id)).json()).toMatchObject({ state: 'booked', sequence: 1 })
    expect((await confirm(held.id)).json()).toMatchObject({ state: 'booked', sequence: 1 })
    expect(await mailsOf(held.id)).toEqual(['0 confirm', '1 booked'])
  })

  test('that is not confirmed within an hour is given to the next', async () => {
    const day = newDay()
    const held = (await hold(day, '10:00')).json()
    await book(held)
    city.clock.advance({ minutes: 60 })
    expect((await json('GET', `${API}/bookings/${held.id}?code=${held.code}`)).status).toBe(404)
    expect((await hold(day, '10:00')).status).toBe(201)
    const late = await confirm(held.id)
    expect(late.json()).toMatchObject({ status: 409, title: expect.stringContaining('vorbei') })
  })

  test('with an account is booked at once and belongs to it', async () => {
    const day = newDay()
    const held = (await hold(day, '10:00')).json()
    expect((await book(held, {}, { as: 'ida@example.org' })).json().state).toBe('booked')
    expect((await json('GET', `${API}/bookings/${held.id}`, undefined, { as: 'ida@example.org' })).status).toBe(200)
    expect((await json('GET', `${API}/bookings/${held.id}`, undefined, { as: 'otto@example.org' })).status).toBe(404)
    expect((await json('GET', `${API}/bookings/${held.id}?code=falsch`)).status).toBe(404)
    expect((await json('GET', `${API}/bookings/${held.id}`)).status).toBe(404)
  })

  test('cannot be given to somebody else', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const other = await book(held, { name: 'Otto Händler', email: 'otto@example.org' })
    expect(other.json()).toMatchObject({ status: 409, detail: expect.stringContaining('Name') })
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    expect((await json('PATCH', path, { name: 'Otto Händler' })).status).toBe(400)
    expect((await json('GET', path)).json().name).toBe('Ida Becker')
    await json('DELETE', path)
  })

  test('that is cancelled comes back later, at a moment that nobody knows', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    expect((await json('DELETE', path)).json()).toMatchObject({ state: 'cancelled', sequence: 2 })
    expect(await isFree(day, '08:00')).toBe(false)
    city.clock.advance({ seconds: 59 })
    expect(await isFree(day, '08:00')).toBe(false)
    city.clock.advance({ minutes: 90 })
    expect(await isFree(day, '08:00')).toBe(true)
    expect((await json('DELETE', path)).json()).toMatchObject({ status: 409 })
    expect(await mailsOf(held.id)).toEqual(['0 confirm', '1 booked', '2 cancelled'])
  })

  test('moves to a time that is held, with its number and its version, and what it had comes back later', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const to = (await hold(day, '11:00', { office: 'mitte' })).json()
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const moved = await json('PATCH', path, { hold: to.id, holdCode: to.code }, { headers: { 'if-match': '"1"' } })
    expect(moved.json()).toMatchObject({ id: held.id, start: at(day, '11:00'), office: 'mitte', sequence: 2 })
    expect(await isFree(day, '08:00')).toBe(false)
    city.clock.advance({ minutes: 91 })
    expect(await isFree(day, '08:00')).toBe(true)
    // The hold is used up.
    expect((await json('PATCH', path, { hold: to.id, holdCode: to.code })).json()).toMatchObject({ status: 409 })
    await json('DELETE', path)
  })

  test('that two change at once is changed by the first, and the second is told', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const [one, two] = [(await hold(day, '11:00')).json(), (await hold(day, '11:15')).json()]
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const move = (to: { id: string; code: string }) =>
      json('PATCH', path, { hold: to.id, holdCode: to.code }, { headers: { 'if-match': '"1"' } })
    const answers = await Promise.all([move(one), move(two)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.json().type).toContain('edited-by-others')
    await json('DELETE', path)
  })

  test('does not move to a hold that is somebody else’s, or for another matter', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const other = (await hold(day, '11:00')).json()
    expect((await json('PATCH', path, { hold: other.id, holdCode: 'falsch' })).json()).toMatchObject({ status: 409 })
    const longer = (await hold(day, '10:00', { people: 2 })).json()
    expect((await json('PATCH', path, { hold: longer.id, holdCode: longer.code })).status).toBe(422)
    expect((await json('GET', path)).json()).toMatchObject({ start: at(day, '08:00'), sequence: 1 })
    await json('DELETE', path)
  })

  test('is refused where a mail address has five to come already', async () => {
    const day = newDay()
    const mine = { email: 'viel@example.org' }
    for (const time of ['08:00', '08:15', '08:30', '08:45', '09:00'])
      expect((await book((await hold(day, time)).json(), mine)).status).toBe(201)
    expect((await book((await hold(day, '09:15')).json(), mine)).json()).toMatchObject({
      status: 409,
      title: 'Unter dieser E-Mail-Adresse sind schon viele Termine gebucht.',
    })
  })
})

describe('times of the service centre', () => {
  test('are for staff who book for others, and for nobody else', async () => {
    const day = newDay()
    const centre = { audience: 'centre' }
    expect((await hold(day, '08:00', centre)).status).toBe(403)
    const held = await json(
      'POST',
      `${API}/holds`,
      { service: ['reisepass'], office: 'sued', start: at(day, '08:00'), ...centre },
      { as: 'otto@example.org' },
    )
    expect(held.status).toBe(201)
    expect(await isFree(day, '08:00')).toBe(true)
  })
})

describe('what cannot be', () => {
  const tomorrow = '2030-04-01'
  test.each([
    ['a time in the past', { start: '2030-01-07T08:00:00Z' }, 422],
    ['a time outside the hours', { start: at(tomorrow, '13:00') }, 422],
    ['a time that ends after the hours', { start: at(tomorrow, '11:45'), people: 2 }, 422],
    ['a time between the steps', { start: at(tomorrow, '08:05') }, 422],
    ['a second too late', { start: '2030-04-01T06:00:01Z' }, 422],
    ['a day that is not released', { start: at('2030-12-02', '08:00') }, 422],
    ['the hour that does not exist', { start: '2030-03-31T02:30:00[Europe/Berlin]' }, 400],
    ['no time at all', { start: 'morgen' }, 400],
    ['30 February', { start: '2030-02-30T08:00:00Z' }, 400],
    ['nobody', { people: 0 }, 400],
    ['500 people', { people: 500 }, 422],
    ['half a person', { people: 1.5 }, 400],
    ['an unknown service', { service: ['zaubern'] }, 422],
    ['no service', { service: [] }, 400],
    ['a service that this office does not have', { service: ['beratung'] }, 422],
    ['twenty-one services', { service: Array.from({ length: 21 }, () => 'reisepass') }, 400],
    ['seven services', { service: Array.from({ length: 7 }, () => 'reisepass') }, 422],
    ['an unknown office', { office: 'mond' }, 422],
    ['a passport by telephone', { variant: 'telephone' }, 422],
    ['by pigeon', { variant: 'pigeon' }, 400],
  ])('%s is refused with a sentence', async (_what, more, status) => {
    const answer = await hold(tomorrow, '08:00', more)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json().detail ?? answer.json().title).toMatch(/[a-zäöü]{3,}/)
  })

  test.each([
    ['no mail address', { email: 'ida' }],
    ['two mail addresses', { email: 'ida@example.org, otto@example.org' }],
    ['no name', { name: '   ' }],
    ['no telephone number', { telephone: 'keine' }],
  ])('%s is refused, and the time stays held', async (_what, more) => {
    const held = (await hold(tomorrow, '08:30')).json()
    const answer = await book(held, more)
    expect(answer.status).toBe(422)
    expect(Object.keys(answer.json().errors ?? answer.json().fields ?? {}).length).toBeGreaterThan(0)
    expect((await json('GET', `${API}/bookings/${held.id}?code=${held.code}`)).json().state).toBe('held')
    city.clock.advance({ minutes: 10 })
  })

  test('a hold of somebody else is not found', async () => {
    const held = (await hold(tomorrow, '09:00')).json()
    expect((await book({ id: held.id, code: 'geraten' })).status).toBe(404)
    expect((await book({ id: 'keine-id', code: held.code })).status).toBe(404)
  })
})
