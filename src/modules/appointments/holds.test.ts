import pg from 'pg'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { testCity } from '#src/testing/city.ts'
import { jobContext } from '#platform/job-context.ts'
import { API, apiOf, at, newDays, solvedTask } from './testing/api.ts'
import { planOffices } from './testing/plan.ts'
import { findTimes } from './use-cases/find.ts'
import { holdTime, type HoldWish } from './use-cases/hold.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const { json, isFree, hold, book } = apiOf(city)
const newDay = newDays()

beforeAll(async () => {
  const ctx = await city.ctx()
  await planOffices(ctx)
  await addStaff(ctx, { name: 'Otto Fern', email: 'otto@example.org', unit: 'rathaus', roles: ['administrator'] })
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
    const other = await city.beside()
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
      for (const one of [ctx, beside])
        await vi.waitFor(
          async () => {
            const found = await findTimes(one, search)
            expect(found.ok && found.value.times).toHaveLength(16 - times.length)
          },
          { timeout: 5_000, interval: 100 },
        )
      // Also whoever is asked by many at once, and whom nobody has asked for minutes before the first answer.
      expect(await holdTime(ctx, wish('10:00'))).toMatchObject({ ok: true })
      await new Promise((done) => setTimeout(done, 800))
      for (const found of await Promise.all(Array.from({ length: 20 }, () => findTimes(beside, search))))
        expect(found.ok && found.value.times).toHaveLength(15 - times.length)
      expect(await holdTime(ctx, wish('10:15'))).toMatchObject({ ok: true })
      const minutesLater = performance.now() + 600_000
      const now = vi.spyOn(performance, 'now').mockImplementation(() => minutesLater)
      for (const found of await Promise.all(Array.from({ length: 20 }, () => findTimes(beside, search))))
        expect(found.ok && found.value.times).toHaveLength(14 - times.length)
      now.mockRestore()
    } finally {
      await other.tenants.close()
    }
  })

  test('of many who ask while the database dawdles over what others did one waits, and all others are answered', async () => {
    const day = newDay()
    await isFree(day, '08:00')
    const blocker = new pg.Client(city.databaseUrl)
    await blocker.connect()
    try {
      await blocker.query('begin')
      await blocker.query(`lock table ${city.tenant.schema}.appointments_change`)
      await new Promise((done) => setTimeout(done, 1_300))
      let answered = 0
      const asking = Array.from({ length: 20 }, async () => {
        await isFree(day, '08:00')
        answered += 1
      })
      await vi.waitFor(() => expect(answered).toBeGreaterThanOrEqual(19), 3_000)
      await blocker.query('rollback')
      await Promise.all(asking)
      expect(answered).toBe(20)
    } finally {
      await blocker.end()
    }
  })

  test('is free at once when whoever held it wants another', async () => {
    const day = newDay()
    const held = (await hold(day, '08:00')).json()
    expect((await json('DELETE', `${API}/bookings/${held.id}?code=geraten`)).status).toBe(404)
    expect(await isFree(day, '08:00')).toBe(false)
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    expect((await json('DELETE', path)).json()).toMatchObject({ state: 'cancelled' })
    expect(await isFree(day, '08:00')).toBe(true)
    expect((await json('DELETE', path)).status).toBe(404)
    expect((await book(held)).status).toBe(404)
  })
})

describe('times of the service centre', () => {
  test('are for staff who book for others, and for nobody else', async () => {
    const day = newDay()
    const centre = { audience: 'centre' }
    expect((await hold(day, '08:00', centre)).status).toBe(401)
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

  test('an appointment by telephone is not booked without a number', async () => {
    const advice = { service: ['beratung'], office: 'mitte', variant: 'telephone' }
    const held = (await hold(tomorrow, '09:00', advice)).json()
    expect((await book(held)).json()).toMatchObject({ status: 422, errors: [{ pointer: '#/telephone' }] })
    expect((await book(held, { telephone: '07199 0100-0' })).status).toBe(201)
  })

  test('a hold of somebody else is not found', async () => {
    const held = (await hold(tomorrow, '09:00')).json()
    expect((await book({ id: held.id, code: 'geraten' })).status).toBe(404)
    expect((await book({ id: 'keine-id', code: held.code })).status).toBe(404)
  })
})

describe('against programs that grab times', () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  const holdFrom = (address: string, time: string, more: object = {}) =>
    city.json('POST', `${API}/holds`, { ...PASSPORT_IN_MITTE, start: at(lateDay, time), ...more }, from(address))
  const lateDay = '2030-05-28'
  const PASSPORT_IN_MITTE = { service: ['reisepass'], office: 'mitte' }
  const solved = () => solvedTask(city)
  const times = ['08', '09', '10', '11'].flatMap((hour) =>
    ['00', '15', '30', '45'].map((minute) => `${hour}:${minute}`),
  )

  test('an address gets ten an hour, and further ones for a proof of work each, which is good once', async () => {
    const answers = []
    for (const time of times.slice(0, 11)) answers.push(await holdFrom('203.0.113.7', time))
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(201), 429])
    expect((await holdFrom('203.0.113.8', '11:00')).status).toBe(201)
    const altcha = await solved()
    expect((await holdFrom('203.0.113.7', '11:00', { altcha })).status).toBe(201)
    expect((await holdFrom('203.0.113.7', '11:15', { altcha })).status).toBe(429)
    const late = await solved()
    city.clock.advance({ minutes: 20 })
    expect((await holdFrom('203.0.113.7', '11:15', { altcha: late })).status).toBe(429)
    city.clock.advance({ minutes: 40 })
    expect((await holdFrom('203.0.113.7', '11:15')).status).toBe(201)
  })

  test.each([
    ['nothing but letters', 'unsinn'],
    [
      'a number that solves nothing',
      Buffer.from(
        '{"algorithm":"SHA-256","challenge":"00","number":1,"salt":"a?expires=99999999999&","signature":"00"}',
      ).toString('base64'),
    ],
    [
      'another algorithm',
      Buffer.from('{"algorithm":"MD5","challenge":"00","number":1,"salt":"a","signature":"00"}').toString('base64'),
    ],
    ['no object at all', Buffer.from('null').toString('base64')],
  ])('%s is no proof', async (_what, altcha) => {
    city.clock.advance({ hours: 1 })
    for (const time of times.slice(0, 10)) await holdFrom('203.0.113.9', time)
    expect((await holdFrom('203.0.113.9', '11:00', { altcha })).status).toBe(429)
  })

  test('what is refused uses nothing up, neither the ten nor a proof, and says what is wrong also after them', async () => {
    city.clock.advance({ hours: 1 })
    for (let i = 0; i < 12; i += 1)
      expect((await holdFrom('203.0.113.10', '03:00')).json()).toMatchObject({ errors: [{ pointer: '#/start' }] })
    for (const time of times.slice(0, 10)) expect((await holdFrom('203.0.113.10', time)).status).toBe(201)
    const full = await holdFrom('203.0.113.10', '11:00')
    expect(full.status).toBe(429)
    expect(Number(full.headers['retry-after'])).toBeGreaterThan(3000)
    const wrong = (more: object) => holdFrom('203.0.113.10', '11:00', more)
    expect((await wrong({ office: 'mond' })).json()).toMatchObject({ status: 422, errors: [{ pointer: '#/office' }] })
    expect((await wrong({ people: 500 })).json()).toMatchObject({ status: 422, errors: [{ pointer: '#/people' }] })
    expect((await wrong({ service: ['zaubern'] })).json()).toMatchObject({ errors: [{ pointer: '#/service' }] })
    const altcha = await solved()
    for (let seat = 0; seat < 2; seat += 1) await holdFrom('203.0.113.11', '11:15')
    expect((await holdFrom('203.0.113.10', '11:15', { altcha })).status).toBe(409)
    expect((await holdFrom('203.0.113.10', '11:00', { altcha })).status).toBe(201)
  })
})
