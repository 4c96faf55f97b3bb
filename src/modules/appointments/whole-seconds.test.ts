import { expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, at, newDays, type Held } from './testing/api.ts'
import { freshDesk, LAURA } from './testing/desk.ts'
import { planOffices } from './testing/plan.ts'

/** Each time of a reply, as it stands there. */
const timesIn = (body: string): string[] => body.match(/\d{4}-\d{2}-\d{2}T[^"]*/g) ?? []
const WHOLE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/

test('people’s programs are told when in whole seconds', async () => {
  const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
  await planOffices(await city.ctx())
  city.clock.set('2030-03-13T08:30:12.345Z')
  const { json, hold, book, confirm } = apiOf(city)
  const day = newDays()()
  const held = await hold(day, '08:00')
  const { id, code } = held.json() as Held
  const reserved = await book({ id, code })
  expect(reserved.json()).toMatchObject({ start: at(day, '08:00'), expiresAt: '2030-03-13T09:30:12Z' })
  const wish = { service: ['reisepass'], office: ['sued'], people: 1, email: 'ida@example.org' }
  const waits = await json('POST', `${API}/waiting-list`, wish)
  const slots = await json('GET', `${API}/slots?service=reisepass&from=${day}&to=${day}`)
  for (const { status, body } of [held, reserved, await confirm(id), waits, slots]) {
    expect(status, body).toBeLessThan(300)
    expect(timesIn(body).length).toBeGreaterThan(0)
    for (const told of timesIn(body)) expect(told).toMatch(WHOLE)
  }
})

test('programs of the staff, too: duties, and the appointments that a change hits', async () => {
  const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
  const desk = await freshDesk(city)
  const monday = desk.mondays[0]!.toString()
  await desk.book(Temporal.Instant.from(at(monday, '08:00')), 'ida@example.org')
  const ask = (method: 'GET' | 'PUT' | 'POST', path: string, body?: object, version = '') =>
    city.json(method, `${API}${path}`, body, { as: LAURA, headers: version ? { 'if-match': version } : {} })
  const roster = `/teams/${desk.team.id}/duties?from=${monday}&to=${monday}`
  const { units } = (await ask('GET', '/qualifications')).json()
  const { account } = units.find(({ unit }: { unit: string }) => unit === desk.team.unit).people[0]
  const empty = await ask('GET', roster)
  const [start, end] = [at(monday, '08:00'), at(monday, '12:00')]
  const duties = [{ account, lane: `${desk.team.id}/public/1`, start, end }]
  expect((await ask('PUT', roster, { duties }, String(empty.headers['etag']))).status).toBe(200)
  const closure = { office: desk.team.office, firstDay: monday, lastDay: monday, reason: 'Umzug', preview: true }
  const shut = await ask('POST', '/closures', closure)
  for (const { body } of [await ask('GET', roster), shut]) {
    expect(timesIn(body), body).toHaveLength(2)
    for (const told of timesIn(body)) expect(told).toMatch(WHOLE)
  }
})
