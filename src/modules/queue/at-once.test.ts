import { beforeEach, describe, expect, test } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine. Without scripts a double click is two requests; and two clerks look at one list.
const city = await testCity({ seed: true })
const { db } = await city.ctx()
const room = await waitingRoom(city, 'verkehr')
const [first, second] = [room.clerks[0]!, room.clerks[1]!]
const [ada, ben] = [first.email, second.email]

beforeEach(() => room.empty())

type State = 'waiting' | 'called' | 'serving' | 'parked' | 'done' | 'absent'

const press = (was: string, besuch: string, as: string) =>
  city.post('/workbench/aufruf/besuch', { was, besuch }, { as })
const rowOf = (id: string) =>
  one(
    db,
    sql<{ state: State; calls: number; counter: string | null; priority: string; wanted: string | null }>`
      select state, calls, counter, priority, wanted_counter as wanted from queue_visit where id = ${id}::uuid`,
  )
const traces = (id: string, action: string) =>
  many(db, sql`select 1 from audit_entry where subject = ${`visit:${id}`} and action = ${action}`)

/** Somebody in that state, whom Ada has called where anybody has. */
async function somebody(state: State): Promise<string> {
  const { id } = (await room.draw()).json() as { id: string }
  const ways: Record<State, readonly string[]> = {
    waiting: [],
    called: ['rufen'],
    serving: ['rufen', 'da'],
    parked: ['rufen', 'da', 'parken'],
    done: ['rufen', 'da', 'fertig'],
    absent: ['rufen', 'nicht-da', 'rufen', 'nicht-da', 'rufen', 'nicht-da'],
  }
  for (const was of ways[state]) expect((await press(was, id, ada)).status, was).toBe(303)
  // What was pressed before was another press.
  city.clock.advance({ seconds: 10 })
  expect((await rowOf(id)).state).toBe(state)
  return id
}

/** Each is answered, one at least with the desk, and the others with words. */
function answered(answers: readonly { status: number; body: string }[]): void {
  const statuses = answers.map(({ status }) => status)
  expect(statuses).toContain(303)
  expect(statuses.filter((status) => status !== 303 && status !== 409)).toEqual([])
  for (const { status, body } of answers) if (status === 409) expect(body).toMatch(/role="(alert|status)"/)
}

describe('pressed three times at once it is done once', () => {
  test.each<[name: string, was: string, from: State, to: State, calls: number]>([
    ['is here', 'da', 'called', 'serving', 1],
    ['recall', 'nochmal', 'called', 'called', 2],
    ['not there', 'nicht-da', 'called', 'waiting', 1],
    ['park', 'parken', 'serving', 'parked', 1],
    ['done', 'fertig', 'serving', 'done', 1],
    ['resume', 'wieder', 'done', 'serving', 1],
    ['call back', 'zurueck', 'parked', 'called', 1],
    ['call', 'rufen', 'waiting', 'called', 1],
    ['put back in line', 'einreihen', 'absent', 'waiting', 0],
  ])('%s', async (_name, was, from, to, calls) => {
    const id = await somebody(from)
    answered(await Promise.all([press(was, id, ada), press(was, id, ada), press(was, id, ada)]))
    expect(await rowOf(id)).toMatchObject({ state: to, calls })
  })

  test('next: who was there is done, and one person is called', async () => {
    const id = await somebody('serving')
    const others = [await somebody('waiting'), await somebody('waiting')]
    answered(await Promise.all([press('weiter', id, ada), press('weiter', id, ada), press('weiter', id, ada)]))
    expect((await rowOf(id)).state).toBe('done')
    const states = await Promise.all(others.map(async (other) => (await rowOf(other)).state))
    expect(states.toSorted()).toEqual(['called', 'waiting'])
  })

  test.each(['priority', 'urgent'])('%s, with one trace', async (priority) => {
    const id = await somebody('waiting')
    const set = () =>
      city.post(`/workbench/aufruf/besuch/${id}/vorrang`, { priority, reason: 'Flug heute' }, { as: ada })
    answered(await Promise.all([set(), set(), set()]))
    expect((await rowOf(id)).priority).toBe(priority)
    expect(await traces(id, 'queue.prioritised')).toHaveLength(1)
  })

  test('forward, with one trace', async () => {
    const id = await somebody('serving')
    const to = `${second.team} ${second.counter}`
    const send = () => city.post(`/workbench/aufruf/besuch/${id}/weiter`, { to }, { as: ada })
    answered(await Promise.all([send(), send(), send()]))
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', wanted: second.counter })
    expect(await traces(id, 'queue.forwarded')).toHaveLength(1)
  })

  test('has come, and has not come after all', async () => {
    const at = city.clock.now().add({ minutes: 20 })
    const { id: booking } = await one(
      db,
      sql<{
        id: string
      }>`update appointments_booking set starts_at = ${at}, ends_at = ${at.add({ minutes: 15 })}, attended_at = null
        where id = (select b.id from appointments_booking b where b.office = 'verkehr' and b.state = 'booked'
          and b.starts_at > ${at.add({ hours: 48 })} and b.team = ${first.team} order by b.id limit 1) returning id`,
    )
    const came = (as: string) => city.post('/workbench/aufruf/ankunft', { booking }, { as })
    answered(await Promise.all([came(ada), came(ada), came(ben)]))
    const visits = await many(db, sql<{ id: string }>`select id from queue_visit where booking = ${booking}::uuid`)
    expect(visits).toHaveLength(1)
    const { id } = visits[0]!
    const gone = (as: string) => city.post(`/workbench/aufruf/besuch/${id}/nicht-angekommen`, {}, { as })
    answered(await Promise.all([gone(ada), gone(ada), gone(ben)]))
    expect(await many(db, sql`select 1 from queue_visit where booking = ${booking}::uuid`)).toEqual([])
  })
})

describe('two clerks at once', () => {
  test.each<[name: string, was: string, from: State, to: State]>([
    ['call one person', 'rufen', 'waiting', 'called'],
    ['call one person back', 'zurueck', 'parked', 'called'],
    ['put one person back in line', 'einreihen', 'absent', 'waiting'],
  ])('%s', async (_name, was, from, to) => {
    const id = await somebody(from)
    answered(await Promise.all([press(was, id, ada), press(was, id, ben)]))
    expect((await rowOf(id)).state).toBe(to)
    const at = await many(
      db,
      sql<{
        n: number
      }>`select count(*)::int as n from queue_visit where office = 'verkehr' and state in ('called', 'serving')
        group by counter`,
    )
    expect(at.every(({ n }) => n === 1)).toBe(true)
  })

  test.each(['da', 'nochmal', 'nicht-da', 'parken', 'fertig', 'wieder'])(
    '%s is the matter of who sits there alone',
    async (was) => {
      const from = { fertig: 'serving', parken: 'serving', wieder: 'done' }[was] ?? 'called'
      const id = await somebody(from as State)
      const [own, other] = await Promise.all([press(was, id, ada), press(was, id, ben)])
      expect([own.status, other.status]).toEqual([303, 409])
      expect((await rowOf(id)).counter).not.toBe(second.counter)
    },
  )

  test('one forwards and the other calls: nobody is lost, and nobody is at two counters', async () => {
    const id = await somebody('waiting')
    const send = city.post(
      `/workbench/aufruf/besuch/${id}/weiter`,
      { to: `${second.team} ${second.counter}` },
      { as: ada },
    )
    answered(await Promise.all([send, press('rufen', id, ben)]))
    const { state, counter } = await rowOf(id)
    expect([
      ['waiting', null],
      ['called', second.counter],
    ]).toContainEqual([state, counter])
  })

  test('sit down at one counter: one does', async () => {
    await sql`update queue_counter set clerk = null, is_open = false where id in (${first.counter}::uuid, ${second.counter}::uuid)`.execute(
      db,
    )
    const sit = (as: string) => city.post('/workbench/aufruf/platz', { counter: first.counter }, { as })
    const both = await Promise.all([sit(ada), sit(ben), sit(ada)])
    expect(both.map(({ status }) => status).toSorted()).toContain(409)
    const { clerks } = await one(
      db,
      sql<{ clerks: number }>`select count(distinct clerk)::int as clerks from queue_counter
        where clerk in (select id from accounts_account where email in (${ada}, ${ben}))`,
    )
    expect(clerks).toBe(1)
    await sql`update queue_counter set clerk = null, is_open = false where id in (${first.counter}::uuid, ${second.counter}::uuid)`.execute(
      db,
    )
    for (const { email, counter } of [first, second])
      expect((await city.post('/workbench/aufruf/platz', { counter }, { as: email })).status).toBe(303)
  })
})

describe('different buttons at once', () => {
  test.each([
    ['fertig', 'parken', 'serving', ['done', 'parked']],
    ['da', 'nicht-da', 'called', ['serving', 'waiting']],
    ['nochmal', 'nicht-da', 'called', ['waiting']],
  ] as const)('%s and %s: one holds, and the other is told', async (one, other, from, to) => {
    const id = await somebody(from)
    answered(await Promise.all([press(one, id, ada), press(other, id, ada)]))
    expect(to).toContain((await rowOf(id)).state)
  })

  test('next and leave: nobody is called to an empty counter', async () => {
    const id = await somebody('waiting')
    const leave = city.post('/workbench/aufruf/platz', { was: 'verlassen' }, { as: ada })
    answered(await Promise.all([press('weiter', '', ada), leave]))
    const { state } = await rowOf(id)
    const { clerk } = await one(
      db,
      sql<{ clerk: string | null }>`select clerk from queue_counter where id = ${first.counter}::uuid`,
    )
    expect([state, clerk === null]).toEqual(state === 'called' ? ['called', false] : ['waiting', true])
    if (clerk === null) await city.post('/workbench/aufruf/platz', { counter: first.counter }, { as: ada })
  })

  test('next and break: whoever was called stays called', async () => {
    const id = await somebody('waiting')
    const pause = city.post('/workbench/aufruf/platz', { was: 'pause' }, { as: ada })
    answered(await Promise.all([press('weiter', '', ada), pause]))
    expect(['called', 'waiting']).toContain((await rowOf(id)).state)
    await city.post('/workbench/aufruf/platz', { was: 'oeffnen' }, { as: ada })
  })
})
