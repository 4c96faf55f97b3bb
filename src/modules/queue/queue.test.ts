import { beforeEach, describe, expect, test, vi } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { jobContext } from '#platform/job-context.ts'
import { testCity } from '#src/testing/city.ts'
import { callsIn } from './domain/room.ts'
import { watchRoom } from './live.ts'
import { texts } from './texts/index.ts'
import { waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine, as the demo city was made.
const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const [ada, ben] = room.clerks.map(({ email }) => email) as [string, string]
const [first, second] = [room.clerks[0]!, room.clerks[1]!]
const JONAS = 'jonas.keller@musterstadt.example'

beforeEach(() => room.empty())

const id = async (drawn: ReturnType<typeof room.draw>) => (await drawn).json().id as string
const called = (answer: Awaited<ReturnType<typeof room.next>>) => answer.json().visit as { id: string; ticket: string }

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
    await room.json('PUT', '/seat', { counter: first.counter }, { as: ada })
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

  test('can be given up, once', async () => {
    const { code, id } = (await room.draw()).json()
    expect((await city.post(`/warten/${code}/aufgeben`)).location).toBe(`/warten/${code}`)
    expect(await room.state(id)).toBe('absent')
    expect((await room.json('DELETE', `/tickets/${code}`)).status).toBe(409)
    expect((await room.json('GET', `/tickets/${code}`)).json()).toMatchObject({ state: 'absent', gaveUp: true })
    const absent = async () =>
      (await room.json('GET', '/offices/verkehr/visits', undefined, { as: ada })).json().absent as { id: string }[]
    expect((await absent()).find((one) => one.id === id)).toMatchObject({ state: 'absent', gaveUp: true })
    // For clerks they did not fail to come; whoever is there after all waits again.
    await room.json('PUT', '/seat', { counter: first.counter }, { as: ada })
    const lists = async () => (await city.get('/workbench/aufruf', { as: ada })).body
    expect(await lists()).toMatch(/Nummer zurückgegeben<\/h2>(?:(?!<h2)[^])*A \d{3}/)
    expect((await city.get(`/workbench/aufruf/besuch/${id}`, { as: ada })).body).toContain(
      'hat die Nummer zurückgegeben',
    )
    expect((await room.does(ada, id, 'queue-again')).json()).toMatchObject({ state: 'waiting', gaveUp: false })
    expect((await absent()).some((one) => one.id === id)).toBe(false)
    expect(await lists()).not.toContain('Nummer zurückgegeben')
  })

  test('tells once that it is soon their turn, and forgets whom it told when the visit is over', async () => {
    const before = await Promise.all([room.draw(), room.draw(), room.draw(), room.draw(), room.draw(), room.draw()])
    const { code, id: mine } = (await room.draw()).json()
    for (const contact of ['nobody', '', '  '])
      expect((await city.post(`/warten/${code}/bescheid`, { contact })).status).toBe(422)
    // No SMS to wherever somebody likes: not to numbers that cost, and not abroad.
    expect((await city.post(`/warten/${code}/bescheid`, { contact: '+1 900 555 0100' })).status).toBe(422)
    await sql`update queue_counter set is_open = id = ${first.counter}::uuid where office = 'verkehr'`.execute(
      (await city.ctx()).db,
    )
    expect((await city.post(`/warten/${code}/bescheid`, { contact: 'ida@example.org' })).status).toBe(303)
    const told = async () =>
      (
        await many(
          (await city.ctx()).db,
          sql`select 1 from notifications_message where key like ${`queue:${mine}:soon:%`}`,
        )
      ).length
    expect(await told()).toBe(0)
    let after: string | null = null
    for (const _ of before) after = called(await room.next(ada, after)).id
    expect(await told()).toBe(1)
    const addressOf = async (id: string) =>
      (
        await one(
          (await city.ctx()).db,
          sql<{ email: string | null }>`select email from queue_visit where id = ${id}::uuid`,
        )
      ).email
    expect(await addressOf(mine)).toBe('ida@example.org')
    expect(called(await room.next(ada, after)).id).toBe(mine)
    expect(await told()).toBe(1)
    await room.does(ada, mine, 'begin')
    await room.does(ada, mine, 'finish')
    expect(await addressOf(mine)).toBeNull()
    // Whoever was asked not to tell is told nothing.
    const { code: another, id: theirs } = (await room.draw()).json()
    await city.post(`/warten/${another}/bescheid`, { contact: 'ina@example.org' })
    expect((await city.post(`/warten/${another}/bescheid`, { 'doch-nicht': 'ja' })).status).toBe(303)
    expect(await addressOf(theirs)).toBeNull()
    await sql`update queue_counter set is_open = clerk is not null`.execute((await city.ctx()).db)
  })
})

test('where everybody at a counter stays for over an hour, nobody is told that it is soon their turn', async () => {
  const { db } = await city.ctx()
  await sql`update queue_counter set is_open = id in (${first.counter}::uuid, ${second.counter}::uuid), open_since = ${city.clock.now()}
    where office = 'verkehr' and clerk is not null`.execute(db)
  await room.draw()
  await room.draw()
  const { id } = called(await room.next(ada))
  await room.does(ada, id, 'begin')
  await room.next(second.email)
  city.clock.advance({ minutes: 20 })
  const before = [await room.draw(), await room.draw(), await room.draw(), await room.draw()]
  city.clock.advance({ minutes: 50 })
  const { code, id: mine } = (await room.draw()).json()
  await city.post(`/warten/${code}/bescheid`, { contact: 'ida@example.org' })
  const place = (await room.json('GET', `/tickets/${code}`)).json()
  expect(place.position).toBe(before.length + 1)
  expect(place.minutes).toBeGreaterThan(60)
  expect((await city.get(`/warten/${code}`)).body).not.toContain('gleich')
  const { services } = (await room.json('GET', '/offices/verkehr/waiting')).json()
  expect(services.find(({ service }: { service: string }) => service === room.service).minutes).toBeGreaterThan(60)
  const messages = await many(db, sql`select 1 from notifications_message where key like ${`queue:${mine}:soon:%`}`)
  expect(messages).toEqual([])
  await room.empty()
  await sql`update queue_counter set is_open = clerk is not null`.execute(db)
  city.clock.set('2030-03-13T08:30:00Z')
})

test('a break says nothing of how fast people are called: the wait is told as it was when the counter opened', async () => {
  const { db } = await city.ctx()
  await sql`update queue_counter set is_open = false, open_since = null where office = 'verkehr' and id <> ${first.counter}::uuid`.execute(
    db,
  )
  await room.json('PUT', '/seat', { counter: first.counter }, { as: ada })
  await room.draw()
  await room.draw()
  const { code } = (await room.draw()).json()
  const minutes = async () => (await room.json('GET', `/tickets/${code}`)).json().minutes as number | null
  const before = await minutes()
  const open = (isOpen: boolean) => room.json('PUT', '/seat', { isOpen }, { as: ada })
  await open(false)
  expect(await minutes()).toBeNull()
  city.clock.advance({ minutes: 60 })
  await open(true)
  expect(await minutes()).toBe(before)
  // Open and calling nobody, it does.
  city.clock.advance({ minutes: 30 })
  await open(true)
  expect(await minutes()).toBeGreaterThan(before!)
  city.clock.advance({ minutes: -90 })
  await room.empty()
  await sql`update queue_counter set is_open = clerk is not null, open_since = since where office = 'verkehr'`.execute(
    db,
  )
})

test('many who want to be told at the same time stop nobody', async () => {
  const tickets = await Promise.all(Array.from({ length: 20 }, () => room.draw()))
  // Until what is known about appointments has to be looked at again.
  await new Promise((resolve) => setTimeout(resolve, 300))
  const start = performance.now()
  const told = await Promise.all(
    tickets.map((ticket, i) =>
      city.post(`/warten/${ticket.json().code}/bescheid`, { contact: `n${i}@example.org` }, { as: ada }),
    ),
  )
  expect(told.map(({ status }) => status)).toEqual(tickets.map(() => 303))
  expect(performance.now() - start).toBeLessThan(5_000)
})

test('programs are told when in whole seconds', async () => {
  city.clock.set('2030-03-13T08:30:12.345Z')
  await room.draw()
  const { visit } = (await room.next(ada)).json()
  const { visits } = (await room.json('GET', '/offices/verkehr/visits', undefined, { as: ada })).json()
  const { calls } = (await room.json('GET', '/offices/verkehr/waiting')).json()
  const told = [visit.arrivedAt, visit.dueAt, visits[0].arrivedAt, visits[0].dueAt, calls[0].at]
  expect(new Set(told)).toEqual(new Set(['2030-03-13T08:30:12Z']))
  city.clock.set('2030-03-13T08:30:00Z')
})

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
    expect(called(await room.next(ada)).ticket).toMatch(/^A \d{3}$/)
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
    const [mine, next] = [await id(room.draw()), await id(room.draw())]
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

  test('somebody parked is taken back by whoever is free, and the time between is not served time', async () => {
    const visit = await id(room.draw())
    await room.next(ada)
    await room.does(ada, visit, 'begin')
    city.clock.advance({ minutes: 5 })
    expect((await room.does(ada, visit, 'park')).json().state).toBe('parked')
    city.clock.advance({ minutes: 20 })
    expect((await room.does(ben, visit, 'take-back')).json().counter).toBe(second.counter)
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
    const visit = await id(room.draw())
    await room.next(ada)
    for (const does of ['finish', 'park', 'not-there', 'recall', 'begin'])
      expect((await room.does(ben, visit, does)).json().type).toBe('/api/v1/problems/visit-moved-on')
    expect((await room.json('POST', '/calls', { visit }, { as: ben })).status).toBe(409)
    expect(await room.state(visit)).toBe('called')
  })

  test('a certain person is called out of turn, once', async () => {
    await room.draw()
    const wanted = await id(room.draw())
    const calls = await Promise.all([ada, ben].map((as) => room.json('POST', '/calls', { visit: wanted }, { as })))
    expect(calls.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

describe('steering', () => {
  test('somebody forwarded to a counter is called by it and by no other', async () => {
    const visit = await id(room.draw())
    await room.next(ada)
    const to = { team: second.team, counter: second.counter }
    expect((await room.json('PATCH', `/visits/${visit}`, to, { as: ada })).json().state).toBe('waiting')
    expect((await room.next(ada)).json()).toEqual({ visit: null })
    const offers = async (as: string) => (await city.get('/workbench/aufruf', { as })).body.includes('value="rufen"')
    expect([await offers(ada), await offers(ben)]).toEqual([false, true])
    expect(called(await room.next(ben)).id).toBe(visit)
  })

  test('to a counter of another office nobody is forwarded', async () => {
    const visit = await id(room.draw())
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

  test('priority needs a reason, which nobody keeps; urgent goes before it', async () => {
    const [, priority, urgent] = [await id(room.draw()), await id(room.draw()), await id(room.draw())]
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
    const visit = await id(room.draw())
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
    const visit = await id(room.draw())
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

// The last one: nobody sits anywhere afterwards.
test('at night everybody has gone home', async () => {
  const visit = await id(room.draw())
  city.clock.advance({ days: 1 })
  await city.runJob('queue.close-day')
  expect(await room.state(visit)).toBe('absent')
  const open = await many((await city.ctx()).db, sql`select 1 from queue_counter where is_open or clerk is not null`)
  expect(open).toEqual([])
  city.clock.advance({ days: -1 })
})
