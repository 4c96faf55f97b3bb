import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, at, ida, mailsOf, newDays, type Held } from './testing/api.ts'
import { planOffices } from './testing/plan.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const ctx = await city.ctx()
await planOffices(ctx)
const { json, confirm } = apiOf(city)
const newDay = newDays()

const withKey = (key: string, more: object = {}) => ({ headers: { 'idempotency-key': key }, ...more })
const hold = (day: string, key: string, more: object = {}, asking: object = {}) => {
  const wish = { service: ['reisepass'], office: 'mitte', start: at(day, '09:00'), ...more }
  return json('POST', `${API}/holds`, wish, withKey(key, asking))
}
const book = (held: Held, key: string, more: object = {}) =>
  json('POST', `${API}/bookings`, { hold: held.id, code: held.code, ...ida, ...more }, withKey(key))
const bookingsAt = async (day: string) =>
  (
    await one(
      ctx.db,
      sql<{ n: number }>`select count(*)::int as n from appointments_booking where starts_at = ${at(day, '09:00')}`,
    )
  ).n
const problemOf = (answer: { status: number; json(): any }) => [answer.status, answer.json().type?.split('/').pop()]

describe('a client whose answer was lost', () => {
  it('asks for the time again, from another network, and has the one hold with its code', async () => {
    const [day, key] = [newDay(), randomUUID()]
    const first = await hold(day, key)
    const again = await hold(day, key)
    expect([again.status, again.json()]).toEqual([201, first.json()])
    expect(await bookingsAt(day)).toBe(1)
    const { id, code } = again.json()
    expect((await json('GET', `${API}/bookings/${id}?code=${code}`)).json()).toMatchObject({ state: 'held' })
  })

  it('two at once with one key hold one time, and others get theirs', async () => {
    const [day, key] = [newDay(), randomUUID()]
    const [a, b, other] = await Promise.all([hold(day, key), hold(day, key), hold(day, randomUUID())])
    expect(a.json()).toEqual(b.json())
    expect([a.status, b.status, other.status]).toEqual([201, 201, 201])
    expect(await bookingsAt(day)).toBe(2)
  })

  it('with the key of another time is told so, and holds nothing more', async () => {
    const [day, key] = [newDay(), randomUUID()]
    await hold(day, key)
    expect(problemOf(await hold(day, key, { start: at(day, '10:00') }))).toEqual([422, 'key-reused'])
    expect(await bookingsAt(day)).toBe(1)
  })

  it('has no answer to somebody else’s time, which was refused: the same key may be used for another', async () => {
    const [day, key] = [newDay(), randomUUID()]
    for (const _ of [1, 2]) await hold(day, randomUUID())
    expect(problemOf(await hold(day, key))).toEqual([409, 'time-taken'])
    expect((await hold(day, key, { start: at(day, '10:00') })).status).toBe(201)
  })

  it('books again and has the one booking and the one mail, as it was answered, also when it is confirmed by then', async () => {
    const [day, key] = [newDay(), randomUUID()]
    const held = (await hold(day, randomUUID())).json()
    const [first, atOnce] = await Promise.all([book(held, key), book(held, key)])
    expect(first.json()).toMatchObject({ id: held.id, state: 'reserved' })
    expect(atOnce.json()).toEqual(first.json())
    await confirm(held.id)
    const again = await book(held, key)
    expect([again.json(), again.headers['etag']]).toEqual([first.json(), first.headers['etag']])
    expect(await mailsOf(city, held.id)).toEqual(['0 confirm', '1 booked'].toSorted())
  })

  it('with another name under the same key is told so', async () => {
    const [day, key] = [newDay(), randomUUID()]
    const held = (await hold(day, randomUUID())).json()
    await book(held, key)
    expect(problemOf(await book(held, key, { name: 'Somebody Else' }))).toEqual([422, 'key-reused'])
  })
})

describe('a stranger', () => {
  it('who has an account and the same key gets a time of their own', async () => {
    const day = newDay()
    const answers = []
    for (const name of ['nele', 'otto']) {
      await addCitizen(ctx, { name, email: `${name}@example.org` })
      answers.push(await hold(day, 'holiday1', {}, { as: `${name}@example.org` }))
    }
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[0]!.json().id).not.toBe(answers[1]!.json().id)
    expect((await hold(day, 'holiday1', {}, { as: 'nele@example.org' })).json()).toEqual(answers[0]!.json())
  })

  it('who guesses at keys of those without an account is refused, and holds nothing', async () => {
    const day = newDay()
    expect(problemOf(await hold(day, '12345678'))).toEqual([400, 'key-missing'])
    expect(await bookingsAt(day)).toBe(0)
  })
})
