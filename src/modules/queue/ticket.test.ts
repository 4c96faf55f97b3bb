import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { texts } from './texts/index.ts'
import { waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine, as the demo city was made.
const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const { email: ada, counter } = room.clerks[0]!

beforeEach(() => room.empty())

describe('a ticket', () => {
  test('is nobody else’s, however many machines print at once', async () => {
    const drawn = await Promise.all(Array.from({ length: 20 }, () => room.draw()))
    expect(drawn.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201))
    expect(new Set(drawn.map((answer) => answer.json().ticket)).size).toBe(20)
  })

  test('is given for what the office does, for as many as come', async () => {
    expect((await room.draw({ service: ['hundesteuer-anmelden'] })).status).toBe(422)
    expect((await room.draw({ service: [] })).status).toBe(400)
    expect((await room.draw({ people: 500 })).status).toBe(400)
  })

  test.each([
    [1, 'etwa 1 Minute', 'about 1 minute'],
    [115, 'etwa 115 Minuten', 'about 115 minutes'],
    [120, 'etwa 2 Stunden', 'about 2 hours'],
    [150, 'etwa 2,5 Stunden', 'about 2.5 hours'],
    [295, 'etwa 5 Stunden', 'about 5 hours'],
  ])('whose turn is in %i minutes says so in hours where it is long', (minutes, de, en) => {
    expect([texts({ locale: 'de' }).wait.about(minutes), texts({ locale: 'en' }).wait.about(minutes)]).toEqual([de, en])
  })

  test('is shown to who has its code, on its day and no longer', async () => {
    const { code, ticket } = (await room.draw()).json()
    expect((await city.get(`/warten/${code}`)).body).toContain(ticket)
    expect((await city.get(`/warten/${code.slice(0, -1)}x`)).status).toBe(404)
    city.clock.advance({ days: 1 })
    expect((await city.get(`/warten/${code}`)).status).toBe(404)
    expect((await room.json('GET', `/tickets/${code}`)).status).toBe(404)
    city.clock.advance({ days: -1 })
  })

  test('is on the desk with how long it waits, and with how long the one waits who has waited longest', async () => {
    await room.json('PUT', '/seat', { counter }, { as: ada })
    await room.draw()
    const desk = async () => (await city.get('/workbench/aufruf', { as: ada })).body
    expect(await desk()).not.toContain('am längsten')
    city.clock.advance({ minutes: 15 })
    await room.draw()
    expect(await desk()).toMatch(/Es warten: 2<span class="qu-longest">, am längsten seit 15 Min\.<\/span>/)
    // Nothing is said of priority where there is none.
    expect(await desk()).toMatch(/<td class="kern-table__cell"[^>]*><\/td>/)
    city.clock.advance({ minutes: -15 })
  })

  test('can be given up; said twice, it is given up; who is at a counter has no place', async () => {
    const { code, id } = (await room.draw()).json()
    expect((await city.post(`/warten/${code}/aufgeben`)).location).toBe(`/warten/${code}`)
    expect(await room.state(id)).toBe('absent')
    expect((await room.json('DELETE', `/tickets/${code}`)).json()).toMatchObject({ state: 'absent', gaveUp: true })
    expect((await room.json('GET', `/tickets/${code}`)).json()).toMatchObject({ state: 'absent', gaveUp: true })
    const absent = async () =>
      (await room.json('GET', '/offices/verkehr/visits', undefined, { as: ada })).json().absent as { id: string }[]
    expect((await absent()).find((one) => one.id === id)).toMatchObject({ state: 'absent', gaveUp: true })
    // For clerks they did not fail to come; whoever is there after all waits again.
    await room.json('PUT', '/seat', { counter }, { as: ada })
    const lists = async () => (await city.get('/workbench/aufruf', { as: ada })).body
    expect(await lists()).toMatch(/Nummer zurückgegeben<\/h2>(?:(?!<h2)[^])*A \d{3}/)
    expect((await city.get(`/workbench/aufruf/besuch/${id}`, { as: ada })).body).toContain(
      'hat die Nummer zurückgegeben',
    )
    expect((await room.does(ada, id, 'queue-again')).json()).toMatchObject({ state: 'waiting', gaveUp: false })
    await room.json('POST', '/calls', { visit: id }, { as: ada })
    await room.does(ada, id, 'begin')
    const refused = await room.json('DELETE', `/tickets/${code}`)
    expect([refused.status, refused.json().detail]).toEqual([409, expect.stringContaining('wartet nicht mehr')])
    await room.does(ada, id, 'finish')
    expect((await absent()).some((one) => one.id === id)).toBe(false)
    expect(await lists()).not.toContain('Nummer zurückgegeben')
  })
})

test('programs are told when in whole seconds', async () => {
  city.clock.set('2030-03-13T08:30:12.345Z')
  await room.draw()
  const { visit } = (await room.next(ada)).json()
  const { visits } = (await room.json('GET', '/offices/verkehr/visits', undefined, { as: ada })).json()
  const { calls } = (await room.json('GET', '/offices/verkehr/waiting')).json()
  await room.does(ada, visit.id, 'begin')
  await room.does(ada, visit.id, 'finish')
  await room.json('DELETE', '/seat', undefined, { as: ada })
  await room.json('PUT', '/seat', { counter }, { as: ada })
  const { counters } = (await room.json('GET', '/counters', undefined, { as: ada })).json()
  const { since } = counters.find((one: { id: string }) => one.id === counter).clerk
  const told = [visit.arrivedAt, visit.dueAt, visits[0].arrivedAt, visits[0].dueAt, calls[0].at, since]
  expect(new Set(told)).toEqual(new Set(['2030-03-13T08:30:12Z']))
  city.clock.set('2030-03-13T08:30:00Z')
})

test('everybody may know how many wait and who was called, and nobody’s name', async () => {
  const { ticket } = (await room.draw()).json()
  const { id } = (await room.next(ada)).json().visit
  expect((await room.draw()).json().minutes).toSatisfy(Number.isInteger)
  const { people, openCounters, services, calls } = (
    await city.json('GET', '/api/v1/queue/offices/verkehr/waiting')
  ).json()
  expect([people, calls[0].ticket, calls[0].counter]).toEqual([1, ticket, 'Schalter 1'])
  expect(openCounters).toBeGreaterThan(1)
  // So does the page of the office, in words.
  expect((await city.get('/dienststellen/verkehr')).body).toMatch(/Wartezeit ohne Termin[^]*Zurzeit (?:etwa|ohne)/)
  expect(services.find((one: { service: string }) => one.service === room.service).minutes).toBeGreaterThanOrEqual(0)
  await room.does(ada, id, 'begin')
  await room.does(ada, id, 'finish')
  expect((await city.json('GET', '/api/v1/queue/offices/nowhere/waiting')).status).toBe(404)
})
