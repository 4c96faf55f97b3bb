import { beforeEach, describe, expect, test } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { called, idOf, waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine, as the demo city was made.
const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const [ada, ben] = room.clerks.map(({ email }) => email) as [string, string]
const [first, second] = [room.clerks[0]!, room.clerks[1]!]
const idOfNobody = '00000000-0000-7000-8000-000000000000'
const JONAS = 'jonas.keller@musterstadt.example'
const ADMIN = 'admin@musterstadt.example'

beforeEach(() => room.empty())

describe('steering', () => {
  test('somebody forwarded to a counter is called by it and by no other', async () => {
    const visit = await idOf(room.draw())
    await room.next(ada)
    const to = { team: second.team, counter: second.counter }
    expect((await room.json('PATCH', `/visits/${visit}`, to, { as: ada })).json().state).toBe('waiting')
    expect((await room.next(ada)).json()).toEqual({ visit: null })
    const offers = async (as: string) => (await city.get('/workbench/aufruf', { as })).body.includes('value="rufen"')
    expect([await offers(ada), await offers(ben)]).toEqual([false, true])
    expect(called(await room.next(ben)).id).toBe(visit)
  })

  test.each(['leaves it', 'goes to another one', 'is freed from it'])(
    'somebody who waits for one counter alone waits for its team once the clerk %s',
    async (how) => {
      const visit = await idOf(room.draw())
      await room.next(ada)
      await room.json('PATCH', `/visits/${visit}`, { team: second.team, counter: second.counter }, { as: ada })
      expect((await room.next(ada)).json()).toEqual({ visit: null })
      const free = await one(
        (await city.ctx()).db,
        sql<{ id: string }>`select id from queue_counter
          where team = ${second.team} and clerk is null and in_service order by position limit 1`,
      )
      if (how === 'leaves it') await room.json('DELETE', '/seat', undefined, { as: ben })
      else if (how === 'goes to another one') await room.json('PUT', '/seat', { counter: free.id }, { as: ben })
      else {
        const { id: clerk } = await one(
          (await city.ctx()).db,
          sql<{ id: string }>`select id from accounts_account where email = ${ben}`,
        )
        await room.json('DELETE', `/counters/${second.counter}/seat?clerk=${clerk}`, undefined, { as: ADMIN })
      }
      expect(called(await room.next(ada)).id).toBe(visit)
      await room.does(ada, visit, 'begin')
      // Nor does anybody wait for it who is sent there by a page that was read before.
      await room.json('PATCH', `/visits/${visit}`, { team: second.team, counter: second.counter }, { as: ada })
      expect(called(await room.next(ada)).id).toBe(visit)
      await room.does(ada, visit, 'begin')
      await room.does(ada, visit, 'finish')
      await room.json('PUT', '/seat', { counter: second.counter }, { as: ben })
    },
  )

  test('who was meant for one counter alone and waits again after its clerk has gone waits for its team, parked or called in vain', async () => {
    const meant = async () => {
      const visit = await idOf(room.draw())
      await room.next(ada)
      await room.json('PATCH', `/visits/${visit}`, { team: second.team, counter: second.counter }, { as: ada })
      return visit
    }
    const absent = await meant()
    for (let calls = 0; calls < 3; calls += 1) {
      expect(called(await room.next(ben)).id).toBe(absent)
      await room.does(ben, absent, 'not-there')
      city.clock.advance({ minutes: 5 })
    }
    expect(await room.state(absent)).toBe('absent')
    const parked = await meant()
    await room.next(ben)
    await room.does(ben, parked, 'begin')
    await room.does(ben, parked, 'park')
    await room.json('DELETE', '/seat', undefined, { as: ben })
    await room.does(ada, parked, 'take-back')
    await room.does(ada, parked, 'not-there')
    await city.post('/workbench/aufruf/besuch', { was: 'einreihen', besuch: absent }, { as: ada })
    city.clock.advance({ minutes: 5 })
    const earlier = called(await room.next(ada)).id
    const other = called(await room.next(ada, earlier)).id
    expect([earlier, other].toSorted()).toEqual([absent, parked].toSorted())
    await room.does(ada, other, 'begin')
    await room.does(ada, other, 'finish')
    await room.json('PUT', '/seat', { counter: second.counter }, { as: ben })
  })

  test('to a counter of another office nobody is forwarded', async () => {
    const visit = await idOf(room.draw())
    const other = await one(
      (await city.ctx()).db,
      sql<{ id: string; team: string }>`select id, team from queue_counter where office = 'finanzen' limit 1`,
    )
    for (const to of [
      { team: other.team },
      { team: other.team, counter: other.id },
      { team: first.team, counter: other.id },
    ])
      expect((await room.json('PATCH', `/visits/${visit}`, to, { as: ada })).status).toBe(422)
  })

  test('what is not in this office is named as it was sent', async () => {
    const visit = await idOf(room.draw())
    const wrong = async (to: object) =>
      (await room.json('PATCH', `/visits/${visit}`, to, { as: ada })).json().errors[0].pointer as string
    expect(await wrong({ team: 'none' })).toBe('#/team')
    expect(await wrong({ team: first.team, counter: idOfNobody })).toBe('#/counter')
  })

  test.each([
    {},
    { reason: 'Kind' },
    { counter: null },
    { does: 'recall', priority: 'normal' },
    { priority: 'urgent', reason: 'Flug heute', team: first.team },
    { team: first.team, reason: 'Flug heute' },
  ])('a program that wants %j of a visit is asked for one thing, and nothing happens', async (body) => {
    const visit = await idOf(room.draw())
    const { status, detail } = (await room.json('PATCH', `/visits/${visit}`, body, { as: ada })).json()
    expect([status, detail]).toEqual([422, expect.stringContaining('Senden Sie entweder does')])
    const { visits } = (await room.json('GET', '/offices/verkehr/visits', undefined, { as: ada })).json()
    expect(visits[0]).toMatchObject({ id: visit, state: 'waiting', priority: 'normal' })
  })

  test('a typing error of a program calls nobody and seats nobody', async () => {
    await room.draw()
    const second = await idOf(room.draw())
    const refused = async (method: 'POST' | 'PUT', path: string, body: object) => {
      const reply = await room.json(method, path, body, { as: ada })
      expect([path, reply.status]).toEqual([path, 400])
    }
    await refused('POST', '/calls', { visitt: second })
    await refused('PUT', '/seat', { isopen: false })
    await refused('PUT', '/seat', {})
    const { visits } = (await room.json('GET', '/offices/verkehr/visits', undefined, { as: ada })).json()
    expect(visits.map(({ state }: { state: string }) => state)).toEqual(['waiting', 'waiting'])
  })

  test('priority needs a reason, which nobody keeps; urgent goes before it', async () => {
    const [, priority, urgent] = [await idOf(room.draw()), await idOf(room.draw()), await idOf(room.draw())]
    const set = (visit: string, body: object) => room.json('PATCH', `/visits/${visit}`, body, { as: ada })
    expect((await set(priority, { priority: 'priority', reason: '  ' })).status).toBe(422)
    expect((await set(priority, { priority: 'priority', reason: 'kleines Kind' })).status).toBe(200)
    expect((await set(urgent, { priority: 'urgent', reason: 'Flug heute' })).status).toBe(200)
    expect((await city.get('/workbench/aufruf', { as: ada })).body).toMatch(/Vorrang<\/[^]{0,80}kleines Kind/)
    expect(called(await room.next(ada)).id).toBe(urgent)
    expect(called(await room.next(ben)).id).toBe(priority)
    await room.does(ben, priority, 'begin')
    await room.does(ben, priority, 'finish')
    const kept = await many(
      (await city.ctx()).db,
      sql`select 1 from queue_visit where id = ${priority}::uuid and priority_reason is not null
        union all select 1 from audit_entry where data::text like '%kleines Kind%'`,
    )
    expect(kept).toEqual([])
  })

  test('staff of another house see and steer nobody here', async () => {
    const visit = await idOf(room.draw())
    const elsewhere = await waitingRoom(city, 'finanzen')
    // Nobody at their own counter, which would be reason enough to stay there.
    await elsewhere.empty()
    const stranger = elsewhere.clerks[0]!.email
    expect((await room.json('GET', '/offices/verkehr/visits', undefined, { as: stranger })).status).toBe(404)
    expect((await room.json('PATCH', `/visits/${visit}`, { team: first.team }, { as: stranger })).status).toBe(404)
    expect((await room.json('PUT', '/seat', { counter: first.counter }, { as: stranger })).status).toBe(404)
    expect((await room.draw({}, stranger)).status).toBe(404)
    expect((await city.get(`/workbench/aufruf/besuch/${visit}`, { as: stranger })).status).toBe(404)
  })

  test('whoever may call here no more calls nobody, from a counter where they still sit', async () => {
    const visit = await idOf(room.draw())
    const { db } = await city.ctx()
    const of = sql`account_id = (select id from accounts_account where email = ${ben})`
    const units = await many(
      db,
      sql<{ role: string; unit: string }>`select role_id as role, unit_id as unit from accounts_assignment where ${of}`,
    )
    await sql`update accounts_assignment set unit_id = 'bauamt' where ${of}`.execute(db)
    expect((await room.next(ben)).json().type).toBe('/api/v1/problems/no-counter')
    expect((await room.json('PUT', '/seat', { isOpen: false }, { as: ben })).status).toBe(409)
    expect(await room.state(visit)).toBe('waiting')
    for (const { role, unit } of units)
      await sql`update accounts_assignment set unit_id = ${unit} where ${of} and role_id = ${role}`.execute(db)
    expect(called(await room.next(ben)).id).toBe(visit)
  })

  test('two do not sit in one place, and nobody leaves while somebody is there', async () => {
    const sit = (counter: string) => room.json('PUT', '/seat', { counter }, { as: JONAS })
    expect((await sit(first.counter)).json().type).toBe('/api/v1/problems/counter-taken')
    const { counters } = (await room.json('GET', '/offices/verkehr/visits', undefined, { as: JONAS })).json()
    const free = counters.find((one: { isTaken: boolean }) => !one.isTaken)
    expect((await sit(free.id)).status).toBe(200)
    await room.draw()
    const { id: visit } = called(await room.next(JONAS))
    expect((await room.json('DELETE', '/seat', undefined, { as: JONAS })).status).toBe(409)
    // What the page says can be done with the buttons that it has.
    const leave = () => city.post('/workbench/aufruf/platz', { was: 'verlassen' }, { as: JONAS })
    const buttons = ({ body }: { body: string }) =>
      [...body.matchAll(/name="was" value="(\w[\w-]*)"[^>]*data-key/g)].map(([, was]) => was)
    const whileCalled = await leave()
    expect(whileCalled.body).toContain('„Ist da“ oder „Nicht da“')
    expect(whileCalled.body).toContain('Tasten: d ist da, r noch einmal, a nicht da<')
    await city.post('/workbench/aufruf/platz', { was: 'pause' }, { as: JONAS })
    const paused = await city.get('/workbench/aufruf', { as: JONAS })
    expect(buttons(paused)).toEqual(['da', 'nochmal', 'nicht-da'])
    await room.does(JONAS, visit, 'begin')
    const whileServed = await leave()
    expect(whileServed.body).toContain('beenden oder parken')
    expect(whileServed.body).toContain('Tasten: f fertig, p parken<')
    expect(buttons(whileServed)).toEqual(['fertig', 'parken'])
    await room.does(JONAS, visit, 'finish')
    expect((await room.json('DELETE', '/seat', undefined, { as: JONAS })).status).toBe(200)
    expect((await room.next(JONAS)).json().type).toBe('/api/v1/problems/no-counter')
  })
})

test('a house that two units share: each sees and calls those who came to it, and sits at its own counters', async () => {
  const { db } = await city.ctx()
  await (await waitingRoom(city, 'soziales')).empty()
  await sql`update queue_counter set clerk = null where office = 'soziales'`.execute(db)
  const units = await many(
    db,
    sql<{ team: string; service: string; email: string; counter: string }>`select distinct on (t.id) t.id as team,
        t.services[1] as service, a.email, c.id as counter
      from appointments_team t join queue_counter c on c.team = t.id
      join accounts_assignment s on s.unit_id = t.unit and s.role_id = 'clerk' join accounts_account a on a.id = s.account_id
      where t.office = 'soziales' order by t.id, a.email`,
  )
  expect(units).toHaveLength(2)
  const drawn: string[] = []
  for (const { email, service } of units)
    drawn.push((await room.json('POST', '/offices/soziales/visits', { service: [service] }, { as: email })).json().id)
  for (const [i, { email, counter }] of units.entries()) {
    const [own, other] = [drawn[i]!, drawn[1 - i]!]
    const seen = (await room.json('GET', '/offices/soziales/visits', undefined, { as: email })).json()
    const ids = seen.visits.map((visit: { id: string }) => visit.id)
    expect([ids.includes(own), ids.includes(other)]).toEqual([true, false])
    expect((await room.json('PUT', '/seat', { counter: units[1 - i]!.counter }, { as: email })).status).toBe(404)
    expect((await room.json('PUT', '/seat', { counter }, { as: email })).status).toBe(200)
    const desk = (await city.get('/workbench/aufruf', { as: email })).body
    expect([desk.includes(own), desk.includes(other)]).toEqual([true, false])
    expect((await city.get(`/workbench/aufruf/besuch/${own}`, { as: email })).status).toBe(200)
    expect((await city.get(`/workbench/aufruf/besuch/${other}`, { as: email })).status).toBe(404)
    expect((await room.json('POST', '/calls', { visit: other }, { as: email })).status).toBe(404)
    expect((await room.json('PATCH', `/visits/${other}`, { priority: 'normal' }, { as: email })).status).toBe(404)
    await room.json('DELETE', '/seat', undefined, { as: email })
  }
})

// The last one: nobody sits anywhere afterwards.
test('at night everybody has gone home', async () => {
  const visit = await idOf(room.draw())
  city.clock.advance({ days: 1 })
  await city.runJob('queue.close-day')
  expect(await room.state(visit)).toBe('absent')
  const open = await many((await city.ctx()).db, sql`select 1 from queue_counter where is_open or clerk is not null`)
  expect(open).toEqual([])
  city.clock.advance({ days: -1 })
})
