import { beforeEach, describe, expect, test, vi } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { jobContext } from '#platform/job-context.ts'
import { testCity } from '#src/testing/city.ts'
import { callsIn } from './domain/room.ts'
import { watchRoom } from './live.ts'
import { called, idOf, waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine, as the demo city was made.
const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const [ada, ben] = room.clerks.map(({ email }) => email) as [string, string]
const second = room.clerks[1]!

beforeEach(() => room.empty())

describe('calling', () => {
  test('two clerks who press "next" at once get two people, and all of them one each', async () => {
    await Promise.all(Array.from({ length: room.clerks.length }, () => room.draw()))
    const calls = await Promise.all(room.clerks.map(({ email }) => room.next(email)))
    expect(new Set(calls.map((call) => called(call).id)).size).toBe(room.clerks.length)
  })

  test('a button that is pressed twice calls one person', async () => {
    await Promise.all([room.draw(), room.draw(), room.draw()])
    const calls = await Promise.all([room.next(ada), room.next(ada), room.next(ada)])
    expect(new Set(calls.map((call) => called(call).id)).size).toBe(1)
    const { id } = called(calls[0])
    const again = await Promise.all([room.next(ada, id), room.next(ada, id)])
    expect(new Set(again.map((call) => called(call).id)).size).toBe(1)
    expect(await room.state(id)).toBe('done')
  })

  test('who was only called is not finished with: not by a key, not by a program', async () => {
    await Promise.all([room.draw(), room.draw()])
    const { id } = called(await room.next(ada))
    const desk = (was: string) => city.post('/workbench/aufruf/besuch', { was, besuch: id }, { as: ada })
    for (const was of ['weiter', 'fertig']) {
      const refused = await desk(was)
      expect([refused.status, refused.body.includes('„Ist da“ oder „Nicht da“')]).toEqual([409, true])
    }
    const byProgram = await room.json('POST', '/calls', { after: id }, { as: ada })
    expect([byProgram.status, byProgram.json().type]).toEqual([409, '/api/v1/problems/somebody-here'])
    expect((await room.does(ada, id, 'finish')).json().type).toBe('/api/v1/problems/somebody-here')
    expect(await room.state(id)).toBe('called')
    await desk('da')
    await desk('weiter')
    expect(await room.state(id)).toBe('done')
  })

  test('nobody is called where nobody waits, and a closed counter calls nobody', async () => {
    expect((await room.next(ada)).json()).toEqual({ visit: null })
    await room.draw()
    await room.json('PUT', '/seat', { isOpen: false }, { as: ada })
    const refused = await room.next(ada)
    expect([refused.status, refused.json().type]).toEqual([409, '/api/v1/problems/counter-closed'])
    await room.json('PUT', '/seat', { isOpen: true }, { as: ada })
    const { id, ticket } = called(await room.next(ada))
    expect(ticket).toMatch(/^A \d{3}$/)
    // Nor whoever was parked.
    await room.does(ada, id, 'begin')
    await room.does(ada, id, 'park')
    const offers = async () => (await city.get('/workbench/aufruf', { as: ada })).body.includes('value="zurueck"')
    expect(await offers()).toBe(true)
    await room.json('PUT', '/seat', { isOpen: false }, { as: ada })
    expect(await offers()).toBe(false)
    expect((await room.does(ada, id, 'take-back')).json().type).toBe('/api/v1/problems/counter-closed')
    await room.json('PUT', '/seat', { isOpen: true }, { as: ada })
    expect((await room.does(ada, id, 'take-back')).json().state).toBe('called')
  })

  test('who is not there is called again later, and after three calls no more; then they can come back', async () => {
    const { id: late, code } = (await room.draw()).json()
    const phone = async () => (await city.get(`/warten/${code}`)).body
    expect(await phone()).not.toContain('Sie waren nicht da')
    for (const expected of ['waiting', 'waiting', 'absent']) {
      expect(called(await room.next(ada)).id).toBe(late)
      await room.does(ada, late, 'not-there')
      expect(await room.state(late)).toBe(expected)
      expect(await phone()).toContain('aber Sie waren nicht da.')
      expect(await phone()).not.toContain('Sie kommen gleich dran')
    }
    expect((await room.does(ben, late, 'queue-again')).json().state).toBe('waiting')
    expect(called(await room.next(ben)).id).toBe(late)
  })

  test('a call can be repeated; the screen takes it for a new one', async () => {
    await room.draw()
    const { id } = called(await room.next(ada))
    const key = async () => /data-call="([^"]*)"/.exec((await city.get('/aufruf/verkehr')).body)![1]
    const before = await key()
    city.clock.advance({ seconds: 30 })
    await room.does(ada, id, 'recall')
    expect(await key()).not.toBe(before)
  })

  test('"done" can be taken back for ten minutes, at that counter: time at it counts on, and whoever was called since waits again', async () => {
    const [mine, next] = [await idOf(room.draw()), await idOf(room.draw())]
    await room.next(ada)
    await room.does(ada, mine, 'begin')
    city.clock.advance({ minutes: 5 })
    const desk = (was: string, besuch: string, as = ada) =>
      city.post('/workbench/aufruf/besuch', { was, besuch }, { as })
    const offers = async (as: string) => (await city.get('/workbench/aufruf', { as })).body.includes('Wieder aufnehmen')
    await desk('weiter', mine)
    expect([await room.state(mine), await room.state(next)]).toEqual(['done', 'called'])
    city.clock.advance({ minutes: 2 })
    // Nobody else may.
    expect([await offers(ada), await offers(ben)]).toEqual([true, false])
    expect((await city.get('/workbench/aufruf', { as: ada })).body).toMatch(/A \d{3} kommt dann zurück in die Reihe\./)
    expect((await desk('wieder', mine, ben)).status).toBe(409)
    expect((await desk('wieder', mine)).status).toBe(303)
    const row = (visit: string) =>
      city.ctx().then(({ db }) =>
        one(
          db,
          sql<Record<string, unknown>>`select state, calls, called_at as called, announced_at as announced,
            finished_at as finished, handled_seconds as handled from queue_visit where id = ${visit}::uuid`,
        ),
      )
    expect(await row(mine)).toMatchObject({ state: 'serving', finished: null, handled: 0 })
    expect(await row(next)).toMatchObject({ state: 'waiting', calls: 0, called: null, announced: null })
    // Somebody is there: nobody is taken up beside them.
    expect(await offers(ada)).toBe(false)
    city.clock.advance({ minutes: 3 })
    await desk('fertig', mine)
    expect(await row(mine)).toMatchObject({ state: 'done', handled: 10 * 60 })
    const traces = await many(
      (await city.ctx()).db,
      sql`select 1 from audit_entry where subject = ${`visit:${mine}`} and action = 'queue.resumed'`,
    )
    expect(traces).toHaveLength(1)
    city.clock.advance({ minutes: 10 })
    expect(await offers(ada)).toBe(false)
    expect((await room.does(ada, mine, 'resume')).json().type).toBe('/api/v1/problems/visit-moved-on')
    city.clock.advance({ minutes: -20 })
  })

  test('only a fresh call is large on the screen: none moves up when the newest is taken back, or gets old', async () => {
    await Promise.all([room.draw(), room.draw()])
    await room.next(ada)
    const large = async () =>
      /qu-call--latest[^]*?<span aria-hidden="true">([^<]*)/.exec((await city.get('/aufruf/verkehr')).body)?.[1]
    city.clock.advance({ seconds: 30 })
    const { id: newest, ticket } = called(await room.next(ben))
    expect(await large()).toBe(ticket)
    await room.does(ben, newest, 'not-there')
    expect(await large()).toBeUndefined()
    const again = called(await room.next(ben))
    expect(await large()).toBe(again.ticket)
    city.clock.advance({ minutes: 2 })
    expect(await large()).toBeUndefined()
    city.clock.advance({ minutes: -2, seconds: -30 })
  })

  test('somebody parked is called back by whoever is free, on the screen and more than once, and the time between is not served time', async () => {
    const visit = await idOf(room.draw())
    await room.next(ada)
    await room.does(ada, visit, 'begin')
    city.clock.advance({ minutes: 5 })
    expect((await room.does(ada, visit, 'park')).json().state).toBe('parked')
    city.clock.advance({ minutes: 20 })
    await room.draw()
    await room.next(ada)
    city.clock.advance({ minutes: 1 })
    expect((await room.does(ben, visit, 'take-back')).json()).toMatchObject({
      state: 'called',
      counter: second.counter,
    })
    const { ticket } = (await room.does(ben, visit, 'recall')).json() as { ticket: string }
    // They sit in the hall: the screen says it as any other call, and the telephone where to go.
    const screen = (await city.get('/aufruf/verkehr')).body
    expect(/qu-call--latest[^]*?<span aria-hidden="true">([^<]*)/.exec(screen)![1]).toBe(ticket)
    expect((await city.get('/workbench/aufruf', { as: ben })).body).toContain('Aufgerufen (1. von 3 Aufrufen)')
    // Not there yet, and then they are.
    await room.does(ben, visit, 'not-there')
    expect(await room.state(visit)).toBe('waiting')
    await room.json('POST', '/calls', { visit }, { as: ben })
    await room.does(ben, visit, 'begin')
    city.clock.advance({ minutes: 2 })
    await room.does(ben, visit, 'finish')
    const { handled } = await one(
      (await city.ctx()).db,
      sql<{ handled: number }>`select handled_seconds as handled from queue_visit where id = ${visit}::uuid`,
    )
    expect(handled).toBe(7 * 60)
  })

  test('the desk says in a line what became of somebody', async () => {
    const { id: visit, ticket } = (await room.draw()).json() as { id: string; ticket: string }
    const said = async (was: string, path = 'besuch', more: object = {}) => {
      const { location } = await city.post(`/workbench/aufruf/${path}`, { was, besuch: visit, ...more }, { as: ada })
      const { body } = await city.get(location, { as: ada })
      return /role="status">([^<]*)<\/p>/.exec(body.slice(0, body.indexOf('<queue-live')))?.[1] ?? null
    }
    expect(await said('weiter')).toBeNull()
    await room.next(ada)
    expect(await said('nicht-da')).toBe(`${ticket} ist wieder in der Reihe.`)
    await room.next(ada)
    expect(await said('da')).toBeNull()
    expect(await said('parken')).toBe(`${ticket} ist geparkt.`)
    expect(await said('zurueck')).toBeNull()
    expect(await said('', `besuch/${visit}/weiter`, { to: `${second.team} ${second.counter}` })).toMatch(
      new RegExp(`^${ticket} wartet jetzt auf: Schalter \\d+\\.$`),
    )
  })

  test('what is at somebody else’s counter, or has moved on, is left alone', async () => {
    const visit = await idOf(room.draw())
    await room.next(ada)
    for (const does of ['finish', 'park', 'not-there', 'recall', 'begin'])
      expect((await room.does(ben, visit, does)).json().type).toBe('/api/v1/problems/visit-moved-on')
    expect((await room.json('POST', '/calls', { visit }, { as: ben })).status).toBe(409)
    expect(await room.state(visit)).toBe('called')
  })

  test('a certain person is called out of turn, once', async () => {
    await room.draw()
    const wanted = await idOf(room.draw())
    const calls = await Promise.all([ada, ben].map((as) => room.json('POST', '/calls', { visit: wanted }, { as })))
    expect(calls.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

test('another program that shares the database shows a call, too, soon after it', async () => {
  const other = await city.beside()
  const shown: (string | undefined)[] = []
  const leave = await watchRoom(jobContext(other, other.tenants.byId('musterstadt')!), 'verkehr', (now) =>
    shown.push(callsIn(now)[0]?.ticket),
  )
  await room.draw()
  const { ticket } = called(await room.next(ben))
  await vi.waitFor(() => expect(shown.at(-1)).toBe(ticket), { timeout: 2_000, interval: 20 })
  leave()
  await other.tenants.close()
})
