import pg from 'pg'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { one, sql } from '#platform/db/db.ts'
import { bookedAt } from './testing/booked.ts'
import { at, BIRGIT, freshDesk, LAURA, outcomesOf, type Desk } from './testing/desk.ts'

const city = await testCity({ seed: true })
const API = '/api/v1/appointments'
type Method = 'GET' | 'PUT' | 'DELETE'
const ask = (method: Method, to: string, body?: object, version?: number, as = LAURA) =>
  city.json(method, `${API}${to}`, body, { as, headers: version === undefined ? {} : { 'if-match': `"${version}"` } })
const etagOf = ({ headers }: { headers: Record<string, unknown> }) =>
  Number(String(headers['etag']).replaceAll('"', ''))
const wordsOf = (answer: { json(): any }): Record<string, string> =>
  Object.fromEntries(answer.json().errors.map((one: { pointer: string; detail: string }) => [one.pointer, one.detail]))

let desk: Desk
let laura = ''
let colleague = ''
beforeEach(async () => {
  desk = await freshDesk(city, { seats: { public: 2, centre: 1, 'walk-in': 0 } })
  const { units } = (await ask('GET', '/qualifications')).json()
  const { people } = units.find(({ unit }: { unit: string }) => unit === desk.team.unit)
  laura = people.find(({ name }: { name: string }) => name === 'Laura Öztürk').account
  colleague = people.find(({ account }: { account: string }) => account !== laura).account
})

const lane = (seat: number) => `${desk.team.id}/public/${seat}`
const roster = (day: Temporal.PlainDate, to = day) =>
  `/teams/${desk.team.id}/duties?from=${day.toString()}&to=${to.toString()}`
const sits = (day: Temporal.PlainDate, more: object = {}) => ({
  account: laura,
  lane: lane(1),
  start: at(day, '08:00').toString(),
  end: at(day, '12:00').toString(),
  ...more,
})
const versionOf = async (day: Temporal.PlainDate) => etagOf(await ask('GET', roster(day)))
const dutiesOn = async (day: Temporal.PlainDate) => (await ask('GET', roster(day))).json().duties
const abilityOf = (account: string) => `/qualifications/${desk.team.unit}/${account}`
const laneOf = async (id: string) =>
  one(
    (await city.ctx()).db,
    sql<{
      lane: string
      at: string
    }>`select lane, starts_at::text as at from appointments_booking where id = ${id}::uuid`,
  )

describe('a program of the staff sets who of a team sits where on some days', () => {
  test('and what stays the same stays, what is named no longer ends, other days are as they were', async () => {
    const [monday, next] = [desk.mondays[0]!, desk.mondays[1]!]
    const empty = await ask('GET', roster(monday, next))
    expect(empty.json()).toMatchObject({ team: desk.team.id, duties: [], version: etagOf(empty) })
    expect(empty.json().lanes).toContain(lane(2))
    const both = { duties: [sits(monday), sits(next)] }
    const first = await ask('PUT', roster(monday, next), both, etagOf(empty))
    expect(first.status).toBe(200)
    const [was] = await dutiesOn(monday)
    expect(was).toMatchObject({ ...sits(monday), name: 'Laura Öztürk', can: 'all', services: desk.team.services })

    const later = { duties: [sits(monday), sits(monday, { account: colleague, lane: lane(2) })] }
    const second = await ask('PUT', roster(monday), later, etagOf(first))
    expect((await dutiesOn(monday)).map(({ id }: { id: string }) => id)).toContain(was.id)
    expect(await dutiesOn(monday)).toHaveLength(2)
    expect(await dutiesOn(next)).toHaveLength(1)
    // Sent twice it is the same, and nothing is changed.
    const twice = await ask('PUT', roster(monday), later, etagOf(second))
    expect([twice.json().change, etagOf(twice)]).toEqual([null, etagOf(second)])

    expect((await ask('DELETE', roster(monday), undefined, etagOf(twice))).status).toBe(200)
    expect(await dutiesOn(monday)).toEqual([])
    expect(await dutiesOn(next)).toHaveLength(1)
  })

  test('unless somebody has changed them since, or nothing is said of what was seen; another unit sees nothing of them', async () => {
    const monday = desk.mondays[0]!
    const version = await versionOf(monday)
    const body = { duties: [sits(monday)] }
    expect((await ask('PUT', roster(monday), body)).status).toBe(428)
    expect((await ask('DELETE', roster(monday))).status).toBe(428)
    await ask('PUT', roster(monday), body, version)
    expect((await ask('PUT', roster(monday), { duties: [] }, version)).status).toBe(412)
    expect((await ask('DELETE', roster(monday), undefined, version)).status).toBe(412)
    expect(await dutiesOn(monday)).toHaveLength(1)
    const [duty] = await dutiesOn(monday)
    const stale = await versionOf(monday)
    // On the page somebody removes one meanwhile.
    await city.post(`/workbench/termine/personal/${duty.id}`, {}, { as: LAURA })
    expect((await ask('PUT', roster(monday), body, stale)).status).toBe(412)
    for (const method of ['GET', 'PUT', 'DELETE'] as const)
      expect((await ask(method, roster(monday), method === 'PUT' ? body : undefined, stale + 1, BIRGIT)).status).toBe(
        404,
      )
  })

  test('and is told in words what is wrong with which of them; nothing is saved then', async () => {
    const [monday, next] = [desk.mondays[0]!, desk.mondays[1]!]
    const version = await versionOf(monday)
    const put = (duties: object[]) => ask('PUT', roster(monday), { duties }, version)
    const wrong = await put([
      sits(monday),
      sits(monday, { account: '00000000-0000-7000-8000-000000000000' }),
      sits(monday, { lane: lane(9) }),
      sits(monday, { start: at(monday, '08:02').toString() }),
      sits(next),
      sits(monday, { end: at(monday, '07:00').toString() }),
      sits(monday, { end: at(next, '08:00').toString() }),
    ])
    expect(wrong.status).toBe(422)
    expect(Object.values(wordsOf(wrong))).toEqual([
      'Diese Person arbeitet nicht in der Dienststelle des Teams.',
      'Diesen Schalter hat das Team nicht.',
      expect.stringContaining('fünf Minuten'),
      'Die Einteilung beginnt nicht an einem der genannten Tage.',
      'Das Ende muss nach dem Beginn liegen.',
      'Eine Einteilung dauert höchstens 24 Stunden.',
    ])
    const odd = ['2030-01-07T08:00:00.0000000000Z', at(monday, '08:00').add({ nanoseconds: 1 }).toString()]
    for (const start of odd) expect(wordsOf(await put([sits(monday, { start })]))).toHaveProperty('#/duties/0/start')
    const clash = await put([sits(monday), sits(monday, { lane: lane(2), start: at(monday, '11:00').toString() })])
    expect(Object.keys(wordsOf(clash))).toEqual([expect.stringContaining('duties/1')])
    expect(clash.json().errors[0].detail).toContain('schon eingeteilt')
    expect(await dutiesOn(monday)).toEqual([])
    const days = await ask('GET', `/teams/${desk.team.id}/duties?from=${next.toString()}&to=${monday.toString()}`)
    expect(days.status).toBe(422)
    expect((await ask('GET', `/teams/${desk.team.id}/duties?from=0000-01-01&to=0000-01-02`)).status).toBe(422)
  })

  test('whoever was somewhere else may change places in one go', async () => {
    const monday = desk.mondays[0]!
    const two = (a: number, b: number) => ({
      duties: [sits(monday, { lane: lane(a) }), sits(monday, { account: colleague, lane: lane(b) })],
    })
    const first = await ask('PUT', roster(monday), two(1, 2), await versionOf(monday))
    const swapped = await ask('PUT', roster(monday), two(2, 1), etagOf(first))
    expect(swapped.status).toBe(200)
    expect((await dutiesOn(monday)).find(({ account }: { account: string }) => account === laura).lane).toBe(lane(2))
  })

  test('as many as are made at once, two thousand, in as many statements as two', async () => {
    const from = desk.mondays[0]!
    const to = from.add({ days: 84 })
    const duties = (perDay: number, days: number) =>
      Array.from({ length: days }, (_, day) => from.add({ days: day })).flatMap((day) =>
        Array.from({ length: perDay }, (_, i) => ({
          start: at(day, '07:00')
            .add({ minutes: 30 * i })
            .toString(),
          end: at(day, '07:30')
            .add({ minutes: 30 * i })
            .toString(),
        })).flatMap((hours) => [sits(day, hours), sits(day, { ...hours, account: colleague, lane: lane(2) })]),
      )
    const query = vi.spyOn(pg.Client.prototype, 'query')
    const put = async (wanted: object[]) => {
      const version = await versionOf(from)
      query.mockClear()
      const answer = await ask('PUT', roster(from, to), { duties: wanted }, version)
      expect(answer.status, answer.body).toBe(200)
      return query.mock.calls.length
    }
    try {
      const forTwo = await put(duties(1, 1))
      // Give or take what the city asks by itself meanwhile.
      expect(await put(duties(12, 84).slice(0, 2000))).toBeLessThan(forTwo + 20)
      expect((await ask('GET', roster(from, to))).json().duties).toHaveLength(2000)
      expect(await put(duties(1, 1))).toBeLessThan(forTwo + 20)
      expect((await ask('PUT', roster(from, to), { duties: duties(12, 84) }, await versionOf(from))).status).toBe(400)
    } finally {
      query.mockRestore()
    }
  })

  test('and sees whom that would hit before: each is put at another counter, or dealt with as was said', async () => {
    const monday = desk.mondays[2]!
    const other = desk.team.services[1]!
    const id = await bookedAt(
      city,
      { office: desk.team.office, start: at(monday, '09:00'), services: [other] },
      'd@example.org',
    )
    const was = await laneOf(id)
    await ask('PUT', abilityOf(laura), { can: 'only', services: [desk.service] }, 1)
    const body = { duties: [sits(monday, { lane: was.lane })] }
    const preview = await ask('PUT', roster(monday), { ...body, preview: true }, await versionOf(monday))
    expect(preview.json()).toMatchObject({ change: null, hits: [{ booking: id, services: [other] }], total: 1 })
    expect(await dutiesOn(monday)).toEqual([])
    const made = await ask('PUT', roster(monday), body, await versionOf(monday))
    await city.runJobs()
    expect(await outcomesOf(city, made.json().change)).toEqual([{ booking: id, outcome: 'reseated' }])
    expect(await laneOf(id)).toMatchObject({ at: was.at })
    expect((await laneOf(id)).lane).not.toBe(was.lane)
    expect((await dutiesOn(monday))[0]).toMatchObject({ can: 'only', services: [desk.service] })
  })
})

describe('a program of the staff says what somebody can do', () => {
  test('all, some, or none: what is seen is the ETag, and an old one is refused', async () => {
    const path = abilityOf(laura)
    const first = await ask('GET', path)
    expect(first.json()).toMatchObject({ account: laura, unit: desk.team.unit, can: 'all', version: 1 })
    expect((await ask('PUT', path, { can: 'only', services: [] })).status).toBe(428)
    const some = await ask('PUT', path, { can: 'only', services: [desk.service] }, etagOf(first))
    expect(some.status).toBe(200)
    expect((await ask('PUT', path, { can: 'all' }, etagOf(first))).status).toBe(412)
    expect((await ask('GET', path)).json()).toMatchObject({
      can: 'only',
      services: [desk.service],
      version: etagOf(some),
    })
    const none = await ask('PUT', path, { can: 'only', services: [] }, etagOf(some))
    expect((await ask('GET', path)).json()).toMatchObject({ can: 'only', services: [] })
    const all = await ask('PUT', path, { can: 'all' }, etagOf(none))
    expect((await ask('GET', path)).json()).toMatchObject({ can: 'all', version: etagOf(all) })
    expect((await ask('PUT', path, { services: [] }, etagOf(all))).status).toBe(400)
    const only = await ask('PUT', path, { can: 'only' }, etagOf(all))
    expect([only.status, only.json().errors[0].detail]).toEqual([
      422,
      expect.stringContaining('eine leere Liste heißt: keine'),
    ])
  })

  test('a service that the unit does not offer is refused in words; other units and strangers are not there', async () => {
    const path = abilityOf(laura)
    const wrong = await ask('PUT', path, { can: 'only', services: [desk.service, 'fliegen'] }, 1)
    expect(wrong.status).toBe(422)
    expect(Object.entries(wordsOf(wrong))).toEqual([
      [expect.stringContaining('services/1'), 'Dieses Anliegen bietet die Dienststelle nicht an.'],
    ])
    for (const to of [path, abilityOf('00000000-0000-7000-8000-000000000000'), `/qualifications/nirgends/${laura}`])
      expect((await ask('PUT', to, { can: 'only', services: [] }, 1, to === path ? BIRGIT : LAURA)).status).toBe(404)
    expect((await ask('GET', path, undefined, undefined, BIRGIT)).status).toBe(404)
    const { units } = (await ask('GET', '/qualifications', undefined, undefined, BIRGIT)).json()
    expect(units.map(({ unit }: { unit: string }) => unit)).not.toContain(desk.team.unit)
    expect((await ask('GET', '/qualifications', undefined, undefined, 'anna.becker@musterstadt.example')).status).toBe(
      403,
    )
  })

  test('and sees whom it would hit before', async () => {
    const monday = desk.mondays[3]!
    const id = await desk.book(at(monday, '09:00'), 'q@example.org')
    const { lane: counter } = await laneOf(id)
    await ask('PUT', roster(monday), { duties: [sits(monday, { lane: counter })] }, await versionOf(monday))
    const preview = await ask('PUT', abilityOf(laura), { can: 'only', services: [], preview: true }, 1)
    expect(preview.json()).toMatchObject({ change: null, hits: [{ booking: id }], total: 1 })
    expect((await ask('GET', abilityOf(laura))).json().can).toBe('all')
    const made = (await ask('PUT', abilityOf(laura), { can: 'only', services: [], hits: 'leave' }, 1)).json()
    expect(await outcomesOf(city, made.change)).toEqual([{ booking: id, outcome: 'left' }])
  })
})
