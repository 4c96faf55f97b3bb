import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { jobContext } from '#platform/job-context.ts'
import { newVapidKey, vapidKeyOf } from '#platform/push/vapid.ts'
import { prepareTenant } from '#src/setup.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { startPushService, type PushService, type TestBrowser } from '#src/testing/push-service.ts'
import type { Notice } from './domain/notice.ts'
import { pushPayload } from './domain/push.ts'
import { endTopics, notify, pushKey, subscribe, unsubscribe } from './public.ts'
import { deliveriesOf } from './store/deliveries.ts'

let service: PushService
let city: TestCity
let ctx: Ctx
let key: string
let n = 0

beforeAll(async () => {
  service = await startPushService()
  city = await testCity({ config: { setting: (_id, name) => (name === 'PUSH_HOSTS' ? service.host : null) } })
  ctx = await city.ctx()
  key = (await pushKey(ctx))!.publicKey
})
afterAll(() => service.close())

const endsAt = () => ctx.clock.now().add({ hours: 12 })
const listen = async (topic: string, browser: TestBrowser = service.browser(key)) => {
  const subscribed = await subscribe(ctx, topic, browser.subscription, { endsAt: endsAt() })
  if (!subscribed.ok) throw new Error(subscribed.problem)
  return { ...browser, id: subscribed.value }
}
const tell = (topic: string, more: Partial<Notice> = {}) =>
  notify(ctx, {
    key: `push:${(n += 1)}`,
    to: { topic },
    locale: 'de',
    subject: 'Sie sind dran: Schalter 7',
    paragraphs: ['Nummer A 014.', 'Erdgeschoss, rechts'],
    ...more,
  })
const states = async (message: string) =>
  (await deliveriesOf(ctx, message)).map(({ channel, state, lastError }) => [channel, state, lastError])
const work = () => city.runJobs({ ignoreFailures: true })

describe('a message by push', () => {
  it('reaches every browser that wants it, and none of them can be read on the way', async () => {
    const [phone, tablet, other] = [await listen('a'), await listen('a'), await listen('b')]
    const { id } = await tell('a', { link: { path: '/meine-antraege', label: 'Anträge' }, locale: 'en' })
    await work()
    const { said, headers, bytes } = phone.received[0]!
    expect(said).toEqual({
      title: 'Sie sind dran: Schalter 7',
      body: 'Nummer A 014. Erdgeschoss, rechts',
      lang: 'en',
      tag: id,
      url: 'http://localhost:8080/en/meine-antraege',
    })
    expect([headers['ttl'], headers['urgency'], headers['topic'], bytes]).toEqual(['86400', 'high', undefined, 1_126])
    expect([tablet.received.length, other.received.length]).toEqual([1, 0])
    // RFC 8292, section 2: a token is good for a day at most.
    const claims = /^vapid t=[\w-]+\.([\w-]+)\./.exec(headers['authorization']!)![1]!
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number }
    const hours = ctx.clock
      .now()
      .until(Temporal.Instant.fromEpochMilliseconds(exp * 1_000))
      .total('hours')
    expect([hours > 0, hours <= 24]).toEqual([true, true])
    expect(await states(id)).toEqual([
      ['push', 'sent', null],
      ['push', 'sent', null],
    ])
  })

  it('goes out beside the others, and once, however often it is told', async () => {
    const browser = await listen('both')
    const { id } = await tell('both', { key: 'twice', to: { topic: 'both', email: 'anna@musterstadt.example' } })
    expect(await tell('both', { key: 'twice' })).toEqual({ id, repeated: true })
    await work()
    expect(browser.received).toHaveLength(1)
    expect((await states(id)).map(([channel]) => channel).toSorted()).toEqual(['mail', 'push'])
  })

  it('that is of use for a while waits no longer at the push service, and the next one takes its place', async () => {
    const browser = await listen('soon')
    service.refuse(503)
    const { id: first } = await tell('soon', { subject: 'Sie sind bald an der Reihe', usefulMinutes: 15 })
    await work()
    expect(await states(first)).toEqual([['push', 'queued', 'push service: HTTP 503']])
    city.clock.advance({ minutes: 2 })
    await tell('soon', { usefulMinutes: 5 })
    await work()
    expect(browser.received.map(({ said }) => said.title)).toEqual(['Sie sind dran: Schalter 7'])
    expect(browser.received[0]!.headers).toMatchObject({ ttl: '300', topic: browser.received[0]!.said.tag })
    expect(await states(first)).toEqual([['push', 'dropped', 'overtaken']])
  })

  it('is tried again after 429, 503 and silence, but not when it is too late', async () => {
    const browser = await listen('busy')
    service.refuse(429, 503)
    const { id } = await tell('busy', { usefulMinutes: 5 })
    for (let i = 0; i < 3; i++) {
      await work()
      city.clock.advance({ minutes: 1 })
    }
    expect([browser.received.length, await states(id)]).toEqual([1, [['push', 'sent', null]]])
    service.refuse(429)
    const { id: late } = await tell('busy', { usefulMinutes: 5 })
    await work()
    city.clock.advance({ minutes: 6 })
    await work()
    expect([browser.received.length, await states(late)]).toEqual([1, [['push', 'dropped', 'too-late']]])
  })

  it('that came too late is no failure that staff are told of, and is not sent again', async () => {
    const RITA = 'ruth@city.example'
    await addStaff(ctx, { name: 'Ruth Rathaus', email: RITA, unit: 'rathaus', roles: ['administrator'] })
    await listen('late')
    const { id: tried } = await tell('late', { usefulMinutes: 1, subject: 'Gleich vorbei' })
    // The next attempt, three seconds on, would be too late.
    city.clock.advance({ seconds: 58 })
    service.refuse(503)
    await work()
    expect(await states(tried)).toEqual([['push', 'dropped', 'push service: HTTP 503']])
    const list = (query: string) => city.get(`/workbench/nachrichten${query}`, { as: RITA })
    const dropped = await list('?zustand=dropped')
    expect(dropped.body).toContain('Gleich vorbei')
    expect(dropped.body).toContain('Entfallen')
    expect(dropped.body).not.toContain('erneut senden')
    expect((await list('?zustand=failed')).body).not.toContain('Gleich vorbei')
    expect((await list(`/${tried}`)).body).not.toContain('name="delivery"')
    const again = await city.post(`/workbench/nachrichten/${tried}/wiederholung`, {}, { as: RITA })
    expect(again.location).toContain('wiederholt=0')
  })

  it.each([404, 410])('answered with %i ends the subscription', async (status) => {
    const browser = await listen(`gone ${status}`)
    service.refuse(status)
    const { id } = await tell(`gone ${status}`)
    await tell(`gone ${status}`)
    await work()
    expect([browser.received.length, (await states(id))[0]]).toEqual([0, ['push', 'dropped', 'browser-gone']])
    expect(await many(ctx.db, sql`select 1 from notifications_browser where id = ${browser.id}`)).toEqual([])
  })

  it('that the push service refuses for good is not tried again, and staff see it', async () => {
    // Subscribed with the key of another city.
    await listen('foreign', service.browser(vapidKeyOf(newVapidKey())!.publicKey))
    const { id } = await tell('foreign')
    await work()
    expect(await states(id)).toEqual([['push', 'failed', 'push service: HTTP 403']])
    await addStaff(ctx, { name: 'Rita Rathaus', email: 'rita@city.example', unit: 'rathaus', roles: ['clerk'] })
    const page = await city.get(`/workbench/nachrichten/${id}`, { as: 'rita@city.example' })
    expect(page.body).toContain('push service: HTTP 403')
  })

  it('is shortened to what one message holds', () => {
    const text = {
      title: 'Ä'.repeat(300),
      body: 'Grüße "aus" Musterstadt '.repeat(200),
      lang: 'de',
      tag: 'x',
      url: null,
    } as const
    const payload = pushPayload(text)
    expect(Buffer.byteLength(payload)).toBeLessThan(1_024)
    expect(JSON.parse(payload).body).toMatch(/^Grüße "aus" Musterstadt .*…$/)
  })
})

describe('a subscription', () => {
  it.each([
    ['at the city itself', { endpoint: 'https://localhost/send/1' }],
    ['at an address of the network', { endpoint: 'https://169.254.169.254/latest/meta-data' }],
    ['at another port', { endpoint: 'https://push.example:8443/send/1' }],
    ['without TLS', { endpoint: 'http://push.example/send/1' }],
    ['at a service that is not on the list', { endpoint: 'https://fcm.googleapis.com/fcm/send/x' }],
    ['without an address', { endpoint: '' }],
    ['with a key that is none', { keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) } }],
  ])('%s is refused', async (_what, wrong) => {
    const subscription = { ...service.browser(key).subscription, ...wrong }
    expect(await subscribe(ctx, 'hostile', subscription, { endsAt: endsAt() })).toMatchObject({
      ok: false,
      problem: 'push-not-possible',
    })
  })

  it('is one of three at most; a browser that comes again is the same', async () => {
    const [first] = [await listen('many'), await listen('many'), await listen('many')]
    await expect(listen('many')).rejects.toThrow('too-many-browsers')
    expect((await listen('many', first)).id).toBe(first.id)
    expect(await unsubscribe(ctx, 'many', first.id)).toBe(2)
    expect((await listen('many')).id).not.toBe(first.id)
  })

  it('ends with its topic or its time, and is told nothing then', async () => {
    const [over, old] = [await listen('over'), await listen('old')]
    const { id } = await tell('over')
    await endTopics(ctx, ['over'])
    await work()
    expect(await states(id)).toEqual([['push', 'dropped', 'browser-gone']])
    city.clock.advance({ hours: 13 })
    await tell('old')
    await work()
    expect([over.received.length, old.received.length]).toEqual([0, 0])
    await city.runJob('platform.retention')
    expect(await one(ctx.db, sql`select count(*)::int as count from notifications_browser`)).toEqual({ count: 0 })
  })
})

describe('the key of the city', () => {
  const again = async (secret: string | null, hosts: string | null = null) => {
    const app = await city.beside({
      secret: (_id, name) => (name === 'VAPID_KEY' ? secret : null),
      setting: (_id, name) => (name === 'PUSH_HOSTS' ? hosts : null),
    })
    const tenant = app.tenants.byId('musterstadt')!
    try {
      await prepareTenant(app, tenant)
      const probe = app.modules.flatMap(({ health = [] }) => health).find(({ name }) => name.en === 'Push messages')!
      const at = jobContext(app, tenant)
      return { key: (await pushKey(at))?.publicKey ?? null, says: (await probe.check(at)).message.en }
    } finally {
      await app.tenants.close()
    }
  }

  it('is made once and the same after every start', async () => {
    expect((await again(null)).key).toBe(key)
    expect((await again(null)).says).toBe(
      'on, with a key of its own; browsers offer them over HTTPS and on this machine only',
    )
  })

  it('can be that of the environment, and a wrong one ends the start', async () => {
    const secret = newVapidKey()
    expect(await again(secret)).toMatchObject({
      key: vapidKeyOf(secret)!.publicKey,
      says: expect.stringContaining('of the environment'),
    })
    await expect(again('geheim')).rejects.toThrow('SECRET_VAPID_KEY has to be a private key of P-256')
  })

  it('is not needed where push is off', async () => {
    expect(await again(null, 'none')).toEqual({ key: null, says: 'off (SETTING_PUSH_HOSTS=none)' })
  })
})
