import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, at, newDays } from './testing/api.ts'
import { planOffices } from './testing/plan.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const { json, hold, book } = apiOf(city)
const newDay = newDays()
const ROSA = 'rosa@example.org'
const asIda = { as: 'ida@example.org' }
const asRosa = { as: ROSA }

beforeAll(async () => {
  const ctx = await city.ctx()
  await planOffices(ctx)
  await addCitizen(ctx, { name: 'Ida Becker', email: 'ida@example.org' })
  await addCitizen(ctx, { name: 'Rosa Roth', email: ROSA })
})

const ofAccount = async (asking: object) => (await json('GET', `${API}/bookings`, undefined, asking)).json().bookings
const statesOf = async (asking: object) => (await ofAccount(asking)).map((one: any) => [one.id, one.state])

describe('the app of somebody who is signed in', () => {
  test('has their appointments by their beginning, as each of them is read, and nobody else’s', async () => {
    const [day, later] = [newDay(), newDay()]
    const [second, first] = [(await hold(later, '08:00')).json(), (await hold(day, '08:00')).json()]
    for (const held of [second, first]) await book(held, {}, asIda)
    const of = async () => (await statesOf(asIda)).filter(([id]: [string]) => [first.id, second.id].includes(id))
    expect(await of()).toEqual([
      [first.id, 'booked'],
      [second.id, 'booked'],
    ])
    const alone = (await json('GET', `${API}/bookings/${first.id}`, undefined, asIda)).json()
    expect((await ofAccount(asIda))[0]).toEqual(alone)
    expect(JSON.stringify(alone.links)).not.toContain('code=')
    await json('DELETE', `${API}/bookings/${first.id}`, undefined, asIda)
    expect(await of()).toEqual([
      [first.id, 'cancelled'],
      [second.id, 'booked'],
    ])
    expect(await ofAccount(asRosa)).toEqual([])
    expect((await json('GET', `${API}/bookings`)).status).toBe(401)
  })

  test('has no times that ran out', async () => {
    const wish = { service: ['reisepass'], office: 'sued', start: at(newDay(), '08:00') }
    const mine = (await json('POST', `${API}/holds`, wish, asRosa)).json()
    expect(await statesOf(asRosa)).toEqual([[mine.id, 'held']])
    city.clock.advance({ minutes: 11 })
    expect(await statesOf(asRosa)).toEqual([])
  })

  test('has what they wait for', async () => {
    const wanted = { service: ['reisepass'], email: ROSA, to: newDay() }
    const { code: _code, ...made } = (await json('POST', `${API}/waiting-list`, wanted, asRosa)).json()
    expect(made.id).toBeTruthy()
    const listed = async (asking: object) =>
      (await json('GET', `${API}/waiting-list`, undefined, asking)).json().waiting as unknown[]
    expect(await listed(asRosa)).toEqual([made])
    expect(await listed(asIda)).toEqual([])
    expect((await json('GET', `${API}/waiting-list`)).status).toBe(401)
  })

  test('makes the address for a calendar program, and ends it', async () => {
    const make = async () => {
      const reply = await json('POST', `${API}/calendar-feed`, undefined, asIda)
      expect(reply.status).toBe(201)
      return new URL(reply.json().address).pathname
    }
    const first = await make()
    expect((await city.get(first)).headers['content-type']).toContain('text/calendar')
    const second = await make()
    expect([(await city.get(first)).status, (await city.get(second)).status]).toEqual([404, 200])
    expect((await json('DELETE', `${API}/calendar-feed`, undefined, asIda)).json()).toEqual({ removed: true })
    expect((await city.get(second)).status).toBe(404)
    expect((await json('POST', `${API}/calendar-feed`)).status).toBe(401)
  })
})
