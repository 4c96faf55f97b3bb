import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { teamsOf } from '#modules/appointments/public.ts'
import { pushKey } from '#modules/notifications/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { startPushService, type TestBrowser } from '#src/testing/push-service.ts'
import { waitingRoom } from './testing/waiting-room.ts'

const service = await startPushService('updates.push.services.mozilla.com')
afterAll(() => service.close())
let pushHosts: string | null = null
const city = await testCity({
  seed: true,
  config: { setting: (_id, name) => (name === 'PUSH_HOSTS' ? pushHosts : null) },
})
const room = await waitingRoom(city, 'verkehr')
const [ada, ben] = room.clerks.map(({ email }) => email) as [string, string]
const ctx = await city.ctx()
const key = (await pushKey(ctx))!.publicKey

// One counter: who waits behind somebody else waits.
await sql`update queue_counter set is_open = id = ${room.clerks[0]!.counter}::uuid where office = 'verkehr'`.execute(
  ctx.db,
)
beforeEach(() => room.empty())

const counterName = async (email: string) =>
  (
    await many(
      ctx.db,
      sql<{
        name: string
      }>`select c.name ->> 'de' as name from queue_counter c join accounts_account a on a.id = c.clerk
        where a.email = ${email}`,
    )
  )[0]!.name
const draw = async () => (await room.draw()).json() as { id: string; code: string; ticket: string }
const put = (code: string, { subscription }: TestBrowser, language = '', headers: Record<string, string> = {}) =>
  city.json(
    'POST',
    `${language}/api/v1/queue/tickets/${code}/browsers`,
    { ...subscription, expirationTime: null },
    { headers },
  )
const told = async (browser: TestBrowser) => {
  await city.runJobs({ ignoreFailures: true })
  return browser.received.map(({ said }) => said.title)
}
const browsersOf = (id: string) => many(ctx.db, sql`select 1 from notifications_browser where topic = ${`queue:${id}`}`)

test('a telephone says when it is soon their turn and when they are called, each once, and then no more', async () => {
  const before = [await draw(), await draw(), await draw(), await draw(), await draw()]
  const mine = await draw()
  const phone = service.browser(key)
  expect((await put(mine.code, phone)).status).toBe(201)
  expect(await told(phone)).toEqual([])
  let after: string | null = null
  for (const _ of before) after = (await room.next(ada, after)).json().visit.id as string
  const soon = `Sie sind bald an der Reihe: ${mine.ticket}`
  expect(await told(phone)).toEqual([soon])

  // Pressed twice.
  await Promise.all([room.next(ada, after), room.next(ada, after)])
  const called = `Sie sind dran: ${await counterName(ada)}`
  expect(await told(phone)).toEqual([soon, called])
  const [first, last] = phone.received
  expect(last!.said.body).toMatch(new RegExp(`^Nummer ${mine.ticket}\\. \\S`))
  // The code of the ticket goes nowhere: the worker knows its page.
  expect([last!.said.url, JSON.stringify(phone.received).includes(mine.code)]).toEqual([null, false])
  expect(last!.headers).toMatchObject({ ttl: '300', topic: first!.headers['topic'] })

  // Nobody came, so they are called again.
  city.clock.advance({ minutes: 1 })
  await room.does(ada, mine.id, 'recall')
  expect(await told(phone)).toEqual([soon, called, called])
  await room.does(ada, mine.id, 'begin')
  await room.does(ada, mine.id, 'finish')
  expect(await told(phone)).toEqual([soon, called, called])
  // "Done" can be taken back for ten minutes, and no longer is it known which browser it was.
  expect(await browsersOf(mine.id)).toHaveLength(1)
  city.clock.advance({ minutes: 10 })
  await city.runJob('platform.retention')
  expect(await browsersOf(mine.id)).toEqual([])
  city.clock.advance({ minutes: -11 })
})

describe('"done" was wrong', () => {
  test('and is taken back: the same telephone is told once when it is soon their turn again, and when they are called', async () => {
    const mine = await draw()
    const phone = service.browser(key)
    await put(mine.code, phone)
    await room.next(ada)
    for (const does of ['begin', 'finish']) await room.does(ada, mine.id, does)
    const before = (await told(phone)).length
    const over = async () => (await city.get(`/warten/${mine.code}`)).body.includes('data-over')
    // Its page does not stop listening as long as that can be taken back.
    expect(await over()).toBe(false)
    city.clock.advance({ minutes: 1 })
    await room.does(ada, mine.id, 'resume')
    expect((await told(phone)).slice(before)).toEqual([])
    await room.json('PATCH', `/visits/${mine.id}`, { team: room.clerks[0]!.team }, { as: ada })
    await draw()
    const soon = `Sie sind bald an der Reihe: ${mine.ticket}`
    expect((await told(phone)).slice(before)).toEqual([soon])
    city.clock.advance({ minutes: 1 })
    await room.next(ada)
    expect((await told(phone)).slice(before)).toEqual([soon, `Sie sind dran: ${await counterName(ada)}`])
    for (const does of ['begin', 'finish']) await room.does(ada, mine.id, does)
    city.clock.advance({ minutes: 11 })
    expect(await over()).toBe(true)
    city.clock.advance({ minutes: -13 })
  })

  test('whoever was called since hears that they wait a little longer, and is called anew', async () => {
    const [mine, next] = [await draw(), await draw()]
    const phone = service.browser(key)
    await put(next.code, phone)
    await room.next(ada)
    await room.next(ada, mine.id)
    const before = (await told(phone)).length
    expect((await told(phone)).at(-1)).toMatch(/^Sie sind dran/)
    city.clock.advance({ minutes: 1 })
    await room.does(ada, mine.id, 'resume')
    const wait = `Bitte warten Sie noch: ${next.ticket}`
    expect((await told(phone)).slice(before)).toEqual([wait])
    city.clock.advance({ minutes: 1 })
    await room.next(ada, mine.id)
    expect((await told(phone)).slice(before)).toEqual([wait, expect.stringMatching(/^Sie sind dran/)])
    city.clock.advance({ minutes: -2 })
  })

  test('a telephone that stopped listening meanwhile is not asked again', async () => {
    const mine = await draw()
    const { id } = (await put(mine.code, service.browser(key))).json() as { id: string }
    await room.next(ada)
    for (const does of ['begin', 'finish']) await room.does(ada, mine.id, does)
    await many(ctx.db, sql`delete from notifications_browser where id = ${id}::uuid returning id`)
    await room.does(ada, mine.id, 'resume')
    const rows = await many(ctx.db, sql<{ push: boolean }>`select push from queue_visit where id = ${mine.id}::uuid`)
    expect(rows).toEqual([{ push: false }])
  })
})

test('staff of the team read what was sent to its visitors, staff of other units do not', async () => {
  const mine = await draw()
  const phone = service.browser(key)
  await put(mine.code, phone)
  await room.next(ada)
  await told(phone)
  const sent = `Sie sind bald an der Reihe: ${mine.ticket}`
  const { unit } = (await teamsOf(ctx)).find(({ id }) => id === room.clerks[0]!.team)!
  for (const [email, of, reads] of [
    ['kai.kollege@musterstadt.example', unit, true],
    ['fred.fremd@musterstadt.example', 'bauamt', false],
  ] as const) {
    await addStaff(ctx, { name: 'Kim Kollege', email, unit: of, roles: ['head'] })
    const list = (await city.get('/workbench/nachrichten?weg=push', { as: email })).body
    expect([list.includes(sent), list.includes('Sie sind dran')], email).toEqual([reads, reads])
  }
})

test('whoever wants an SMS, too, gets one and the same message by both ways', async () => {
  const mine = await draw()
  const phone = service.browser(key)
  await draw()
  await room.next(ada)
  const late = [await draw(), await draw(), await draw(), await draw()].at(-1)!
  await city.post(`/warten/${late.code}/bescheid`, { contact: '0151 23456789' })
  await put(late.code, phone)
  let after: string | null = mine.id
  for (let i = 0; i < 4; i++) after = (await room.next(ada, after)).json().visit.id as string
  expect(await told(phone)).toEqual([`Sie sind bald an der Reihe: ${late.ticket}`])
  const ways = await many(
    ctx.db,
    sql<{
      channel: string
    }>`select d.channel from notifications_delivery d join notifications_message m on m.id = d.message
      where m.key like ${`queue:${late.id}:soon:%`} order by 1`,
  )
  expect(ways.map(({ channel }) => channel)).toEqual(['push', 'sms'])
})

test('in the language of the page; somebody parked is told when they are wanted back', async () => {
  const mine = await draw()
  const phone = service.browser(key)
  // As of somebody who reads the English page in a German browser.
  await put(mine.code, phone, '/en', { 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' })
  const called = expect.stringMatching(/^It is your turn: Counter/)
  expect(await told(phone)).toEqual([expect.stringMatching(/^It is soon your turn: /)])
  await room.next(ada)
  await room.does(ada, mine.id, 'begin')
  await room.does(ada, mine.id, 'park')
  expect((await told(phone)).slice(1)).toEqual([called])
  city.clock.advance({ minutes: 10 })
  await room.does(ada, mine.id, 'take-back')
  expect((await told(phone)).slice(1)).toEqual([called, called])
  expect(phone.received.at(-1)!.said.lang).toBe('en')
})

describe('a browser', () => {
  test('is taken off again, by whoever has the ticket', async () => {
    const [mine, other] = [await draw(), await draw()]
    const phone = service.browser(key)
    const { id } = (await put(mine.code, phone)).json() as { id: string }
    const remove = (code: string) => city.json('DELETE', `/api/v1/queue/tickets/${code}/browsers/${id}`)
    expect((await remove(other.code)).status).toBe(200)
    expect(await browsersOf(mine.id)).toHaveLength(1)
    expect((await remove('x'.repeat(16))).status).toBe(404)
    expect((await remove(mine.code)).status).toBe(200)
    expect(await browsersOf(mine.id)).toEqual([])
    await room.next(ada)
    expect(await told(phone)).not.toContainEqual(expect.stringContaining('Sie sind dran'))
  })

  test('needs a ticket of today that is not over, and a push service that browsers use', async () => {
    const { code } = await draw()
    const phone = service.browser(key)
    expect((await put('x'.repeat(16), phone)).status).toBe(404)
    const hostile = { ...phone, subscription: { ...phone.subscription, endpoint: 'https://localhost/send/1' } }
    const refused = await put(code, hostile)
    expect([refused.status, refused.json().title]).toEqual([
      422,
      'Über diesen Browser können wir Sie nicht benachrichtigen.',
    ])
    const wrong = { endpoint: 5, keys: { p256dh: 'x' } }
    expect((await city.json('POST', `/api/v1/queue/tickets/${code}/browsers`, wrong)).status).toBe(400)
    expect((await city.post(`/warten/${code}/aufgeben`)).status).toBe(303)
    expect((await put(code, phone)).status).toBe(409)
  })

  test('is one of three, and goes with the visit, however that ends', async () => {
    const mine = await draw()
    for (const status of [201, 201, 201, 409]) expect((await put(mine.code, service.browser(key))).status).toBe(status)
    expect((await city.post(`/warten/${mine.code}/aufgeben`)).status).toBe(303)
    expect(await browsersOf(mine.id)).toEqual([])
    const [called] = [await draw()]
    await put(called.code, service.browser(key))
    await room.next(ben)
    await room.next(ada)
    for (let i = 0; i < 3; i++) {
      await room.does(ada, called.id, 'not-there')
      await room.next(ada)
    }
    expect([await room.state(called.id), await browsersOf(called.id)]).toEqual(['absent', []])
  })
})

test('the page offers it to browsers that can, and keeps quiet where push is off', async () => {
  const { code } = await draw()
  const page = async () => (await city.get(`/warten/${code}`)).body
  // Without scripts it stays hidden.
  expect(await page()).toMatch(/<notifications-push class="rh-switch" hidden /)
  pushHosts = 'none'
  expect(await page()).not.toContain('<notifications-push')
  pushHosts = null
  const worker = /data-worker="([^"]+)"/.exec(await page())![1]!
  expect((await city.get(worker)).headers['service-worker-allowed']).toBe('/')
  expect((await city.get(city.app.assets.url('notifications-push.js'))).headers).not.toHaveProperty(
    'service-worker-allowed',
  )
})
