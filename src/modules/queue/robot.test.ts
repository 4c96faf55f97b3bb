import { describe, expect, it } from 'vitest'
import { addDevice, issueSecret, withdrawDevice, type DeviceKind } from '#modules/devices/public.ts'
import { newId } from '#platform/db/id.ts'
import { one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { waitingRoom } from './testing/waiting-room.ts'

const OFFICE = 'verkehr'
const city = await testCity({ seed: true })
const ctx = await city.ctx()
const room = await waitingRoom(city, OFFICE)
await room.empty()

async function machine(kind: DeviceKind = 'robot', office = OFFICE) {
  const id = newId()
  await addDevice(ctx, { id, name: 'Mika', office, kind })
  const headers = { authorization: `Bearer ${(await issueSecret(ctx, id, 'key'))!}` }
  const get = (path: string, more: Record<string, string> = {}) =>
    city.json('GET', `/api/v1${path}`, undefined, { headers: { ...headers, ...more } })
  const post = (path: string, body: unknown, more: Record<string, string> = {}) =>
    city.json('POST', `/api/v1${path}`, body, { headers: { ...headers, ...more } })
  return { id, get, post }
}
const teamOf = (counter: string) =>
  one(ctx.db, sql<{ team: string }>`select team from queue_counter where id = ${counter}::uuid`)
const problemOf = (answer: { status: number; json(): any }) => [answer.status, answer.json().type?.split('/').pop()]

describe('a robot in the hall', () => {
  it('knows where it is, how long people wait, and which way they go, with its key alone', async () => {
    const robot = await machine()
    const { office } = (await robot.get('/devices/self')).json()
    expect(office).toMatchObject({ id: OFFICE, name: 'Straßenverkehrsbehörde' })
    const waiting = (await robot.get(`/queue/offices/${office.id}/waiting`)).json()
    expect(waiting).toMatchObject({ office: OFFICE, people: 0 })
    expect(waiting.services.length).toBeGreaterThan(0)
    const { counters } = (await robot.get(`/queue/offices/${office.id}/counters`)).json()
    expect(counters[0]).toMatchObject({
      name: expect.stringMatching(/^Schalter \d+$/),
      way: expect.stringMatching(/geschoss/),
    })
    const english = (await robot.get(`/queue/offices/${office.id}/counters`, { 'accept-language': 'en' })).json()
    expect(english.counters[0].way).toMatch(/floor/)
    // Who sits there is nobody's matter.
    expect(JSON.stringify(counters)).not.toContain('clerk')
  })

  it('checks in a code, and leads its owner to the counter at which they are called', async () => {
    const robot = await machine()
    const { id } = await one(
      ctx.db,
      sql<{ id: string }>`update appointments_booking set starts_at = ${ctx.clock.now()}, arrival_code = 'MKAMKA22',
          ends_at = ${ctx.clock.now().add({ minutes: 15 })}, team = ${(await teamOf(room.clerks[0]!.counter)).team}
        where id = (select id from appointments_booking where office = ${OFFICE} and state = 'booked'
          and starts_at > ${ctx.clock.now().add({ hours: 48 })} order by id limit 1) returning id`,
    )
    expect(id).toBeTruthy()
    const came = (await robot.post(`/queue/offices/${OFFICE}/visits`, { code: 'mka-mka22' })).json()
    expect(came).toMatchObject({ kind: 'on-time', position: 1 })
    const path = `/queue/offices/${OFFICE}/counters?ticket=${encodeURIComponent(came.ticket)}`
    expect((await robot.get(path)).json()).toEqual({ counters: [] })
    await room.next(room.clerks[0]!.email)
    // However a machine has heard or read it.
    const short = came.ticket.replace(/ 0*/, '')
    for (const heard of [came.ticket, came.ticket.replace(' ', ''), short, short.toLowerCase()])
      expect(
        (await robot.get(`/queue/offices/${OFFICE}/counters?ticket=${encodeURIComponent(heard)}`)).json().counters,
      ).toMatchObject([{ id: room.clerks[0]!.counter, ticket: came.ticket }])
    expect((await robot.get(`/queue/offices/${OFFICE}/counters?ticket=${short}9`)).status).toBe(404)
  })
})

describe('a machine whose network was gone for a moment', () => {
  const visits = `/queue/offices/${OFFICE}/visits`
  const people = () =>
    one(ctx.db, sql<{ n: number }>`select count(*)::int as n from queue_visit where office = ${OFFICE}`)
  const service = [room.service]

  it('asks again with its key, and the one person has one ticket and its code', async () => {
    const robot = await machine()
    const before = (await people()).n
    const key = { 'idempotency-key': 'press-17' }
    const both = await Promise.all([robot.post(visits, { service }, key), robot.post(visits, { service }, key)])
    const again = await robot.post(visits, { service }, key)
    expect(again.status).toBe(201)
    for (const { body } of both) expect(body).toBe(again.body)
    expect((await people()).n).toBe(before + 1)
    expect((await city.json('GET', `/api/v1/queue/tickets/${again.json().code}`)).json().ticket).toBe(
      again.json().ticket,
    )
    expect(problemOf(await robot.post(visits, { service, people: 2 }, key))).toEqual([422, 'key-reused'])
  })

  it('another machine with the same key has another person before it', async () => {
    const [one, other] = [await machine(), await machine('kiosk')]
    const key = { 'idempotency-key': 'press-18' }
    const tickets = [await one.post(visits, { service }, key), await other.post(visits, { service }, key)]
    expect(new Set(tickets.map((answer) => answer.json().ticket)).size).toBe(2)
  })
})

describe('a robot that should not', () => {
  const paths = [`/queue/offices/${OFFICE}/counters`]

  it.each(paths)('%s: of another office, it is told so', async (path) => {
    const robot = await machine('robot', 'finanzen')
    expect(problemOf(await robot.get(path))).toEqual([403, 'device-elsewhere'])
    expect(problemOf(await robot.post(`/queue/offices/${OFFICE}/visits`, { code: 'X' }))).toEqual([
      403,
      'device-elsewhere',
    ])
  })

  it.each(paths)('%s: a locker has no business there', async (path) => {
    const locker = await machine('pickup')
    expect(problemOf(await locker.get(path))).toEqual([403, 'wrong-device'])
    expect(problemOf(await locker.post(`/queue/offices/${OFFICE}/visits`, { code: 'X' }))).toEqual([
      403,
      'wrong-device',
    ])
  })

  it.each(paths)('%s: with a withdrawn key nothing is told and nobody is checked in', async (path) => {
    const robot = await machine()
    await withdrawDevice(ctx, robot.id)
    expect(problemOf(await robot.get(path))).toEqual([401, 'device-key-withdrawn'])
    expect(problemOf(await robot.post(`/queue/offices/${OFFICE}/visits`, { code: 'X' }))).toEqual([
      401,
      'device-key-withdrawn',
    ])
  })

  it('a code that nobody has is told in words that can be spoken', async () => {
    const robot = await machine()
    const answer = await robot.post(`/queue/offices/${OFFICE}/visits`, { code: 'NBDYHAS2' })
    expect(answer.json()).toMatchObject({ title: 'Diesen Code kennen wir nicht.' })
  })

  it('an office that is none, or sees nobody, is not there', async () => {
    const robot = await machine()
    expect((await robot.get('/queue/offices/mond/counters')).status).toBe(404)
  })
})

it('all of it stands in the OpenAPI document, with the key that it needs', async () => {
  const { paths, components } = (await city.json('GET', '/api/v1/openapi.json')).json()
  expect(components.securitySchemes.device).toMatchObject({ type: 'http', scheme: 'bearer' })
  for (const path of ['/api/v1/devices/self', '/api/v1/pickup/documents', '/api/v1/pickup/openings'])
    expect((paths[path].get ?? paths[path].post).security).toEqual([{ device: [] }])
  expect(paths['/api/v1/queue/offices/{office}/counters'].get.security).toEqual([{ device: [] }, { bearer: [] }])
})
