import { beforeEach, expect, test } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { called, waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine, as the demo city was made.
const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const [first, second] = [room.clerks[0]!, room.clerks[1]!]
const ada = first.email

beforeEach(() => room.empty())

test('a ticket tells once that it is soon their turn, and forgets whom it told when the visit is over', async () => {
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

test('programs say whom to tell, and that nobody is to be told, while the number waits', async () => {
  const { code, id } = (await room.draw()).json()
  const path = `/tickets/${code}/contact`
  const contactOf = async () => {
    const { db } = await city.ctx()
    return one(db, sql<object>`select email, telephone from queue_visit where id = ${id}::uuid`)
  }
  const wrong = await room.json('PUT', path, { contact: 'nobody' })
  expect([wrong.status, wrong.json().errors[0].pointer]).toEqual([422, '#/contact'])
  expect((await room.json('PUT', path, { contact: 'ida@example.org' })).json()).toMatchObject({ state: 'waiting' })
  expect(await contactOf()).toEqual({ email: 'ida@example.org', telephone: null })
  expect((await room.json('PUT', path, { contact: '0151 23456789' })).status).toBe(200)
  expect(await contactOf()).toEqual({ email: null, telephone: '0151 23456789' })
  expect((await room.json('DELETE', path)).status).toBe(200)
  expect(await contactOf()).toEqual({ email: null, telephone: null })
  await room.json('POST', '/calls', { visit: id }, { as: ada })
  const late = await room.json('PUT', path, { contact: 'ida@example.org' })
  expect([late.status, late.json().detail]).toEqual([409, 'Diese Nummer wartet nicht mehr.'])
  expect((await room.json('PUT', '/tickets/none/contact', { contact: 'ida@example.org' })).status).toBe(404)
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
