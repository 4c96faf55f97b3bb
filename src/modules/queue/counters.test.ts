import { beforeEach, describe, expect, test, vi } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { callsIn, counterOf } from './domain/room.ts'
import { watchRoom } from './live.ts'
import { waitingRoom } from './testing/waiting-room.ts'

const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const english = { 'accept-language': 'en' }
const [first, second] = [room.clerks[0]!, room.clerks[1]!]
const ada = first.email
const PAGE = '/workbench/aufruf/schalter'

beforeEach(() => room.empty())

interface Kept {
  readonly id: string
  readonly de: string
  readonly en: string
  readonly version: string
}
const kept = async (where: ReturnType<typeof sql>): Promise<Kept> =>
  one(
    (await city.ctx()).db,
    sql<Kept>`select id, name ->> 'de' as de, name ->> 'en' as en, version::text as version from queue_counter
      where ${where} order by position limit 1`,
  )
const counter = (id: string) => kept(sql`id = ${id}::uuid`)
const free = () => kept(sql`office = 'verkehr' and team = ${first.team} and clerk is null and in_service`)

const wordsFor = (de: string, en = de) => ({ nameDe: de, nameEn: en, wayDe: 'Links', wayEn: 'To the left' })
const add = (de: string, en = de, id = newId(), as = ada) =>
  city.post(PAGE, { ...wordsFor(de, en), id, team: first.team }, { as })
const rename = ({ id, version }: Kept, de: string, as = ada) =>
  city.post(`${PAGE}/${id}`, { ...wordsFor(de), version }, { as })
const service = ({ id, version }: Kept, was: 'ein' | 'aus', as = ada) =>
  city.post(`${PAGE}/${id}/betrieb`, { was, version }, { as })

describe('a counter', () => {
  test('is added once, at the end of the row, and somebody sits down there', async () => {
    const id = newId()
    expect((await add('Schalter Süd', 'Counter South', id)).location).toContain('erledigt=eingetragen')
    expect((await add('Schalter Süd', 'Counter South', id)).status).toBe(303)
    expect((await city.get(PAGE, { as: ada })).body.split('>Schalter Süd</a>')).toHaveLength(2)
    const last = await kept(sql`position = (select max(position) from queue_counter where office = 'verkehr')
      and office = 'verkehr'`)
    expect(last.id).toBe(id)
    expect((await city.get('/workbench/aufruf', { as: ada })).body).toContain(`href="${PAGE}"`)
    expect((await room.json('PUT', '/seat', { counter: id }, { as: ada })).status).toBe(200)
    expect((await room.json('PUT', '/seat', { counter: first.counter }, { as: ada })).status).toBe(200)
  })

  test('has a name of its own in its office, in each language, however it is written', async () => {
    const taken = await free()
    for (const answer of [
      await add(taken.de.toUpperCase(), 'Counter 901'),
      await add('Schalter 901', ` ${taken.en.toLowerCase()} `),
      await rename(await counter(first.counter), taken.de),
    ])
      expect([answer.status, answer.body.includes('heißt in dieser Dienststelle schon ein Schalter so')]).toEqual([
        422,
        true,
      ])
    expect((await add('', 'Counter 901')).status).toBe(422)
    const twice = await Promise.all([add('Schalter 902'), add('Schalter 902')])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([303, 422])
  })

  test('belongs to its unit: staff of another one do not see it, and who has no such permission nothing', async () => {
    const elsewhere = (await waitingRoom(city, 'finanzen')).clerks[0]!.email
    const mine = await free()
    expect((await city.get(PAGE, { as: elsewhere })).body).not.toContain(mine.id)
    expect((await city.get(`${PAGE}/${mine.id}`, { as: elsewhere })).status).toBe(404)
    expect((await rename(mine, 'Fremd', elsewhere)).status).toBe(404)
    expect((await service(mine, 'aus', elsewhere)).status).toBe(404)
    expect((await add('Fremd', 'Foreign', newId(), elsewhere)).status).toBe(404)
    const { email: cashier } = await one(
      (await city.ctx()).db,
      sql<{ email: string }>`select email from accounts_account a join accounts_assignment s on s.account_id = a.id
        where s.role_id = 'cashier' limit 1`,
    )
    expect((await city.get(PAGE, { as: cashier })).status).toBe(403)
    expect(await counter(mine.id)).toEqual(mine)
  })

  test('stays in service while somebody sits there or a number names it, and the page says what hangs on it', async () => {
    await room.draw()
    const { ticket, id: visit } = (await room.next(ada)).json().visit as { ticket: string; id: string }
    const page = (await city.get(`${PAGE}/${first.counter}`, { as: ada })).body
    expect(page).toMatch(
      new RegExp(`Der Schalter kann erst außer Betrieb gehen, wenn .+ ihn verlassen hat und die Nummer ${ticket} `),
    )
    expect((await service(await counter(first.counter), 'aus')).status).toBe(409)
    // Parked by it, while its clerk has gone.
    await room.does(ada, visit, 'begin')
    await room.does(ada, visit, 'park')
    await room.json('DELETE', '/seat', undefined, { as: ada })
    expect((await city.get(`${PAGE}/${first.counter}`, { as: ada })).body).toContain(
      `die Nummer ${ticket} nicht mehr hierher`,
    )
    const refused = await service(await counter(first.counter), 'aus')
    expect([refused.status, refused.body.includes('wird gerade gebraucht')]).toEqual([409, true])
    await room.json('PUT', '/seat', { counter: first.counter }, { as: ada })
  })

  test('that a colleague left without saying so is freed by who keeps it; who was there is done, or waits again', async () => {
    const { db } = await city.ctx()
    const path = `${PAGE}/${second.counter}`
    const seat = () =>
      one(db, sql<{ clerk: string | null }>`select clerk from queue_counter where id = ${second.counter}::uuid`)
    const sit = () => room.json('PUT', '/seat', { counter: second.counter }, { as: second.email })
    const elsewhere = (await waitingRoom(city, 'finanzen')).clerks[0]!.email
    for (const [besuch, state] of [
      ['waiting', 'waiting'],
      ['done', 'done'],
    ] as const) {
      await room.empty()
      await sit()
      await room.draw()
      const { id: visit, ticket } = (await room.next(second.email)).json().visit as { id: string; ticket: string }
      expect((await city.get(path, { as: ada })).body).toContain(`${path}/freigeben`)
      expect((await city.get(`${path}/freigeben`, { as: ada })).body).toContain(`Nummer ${ticket}`)
      const clerk = (await seat()).clerk!
      const free = (more: object, as = ada) => city.post(`${path}/freigeben`, { clerk, ...more }, { as })
      expect((await free({ besuch }, elsewhere)).status).toBe(404)
      const unsaid = await free({})
      expect([unsaid.status, unsaid.body.includes('Bitte wählen Sie')]).toEqual([422, true])
      // Somebody else has sat down there meanwhile.
      expect((await free({ besuch, clerk: newId() })).status).toBe(409)
      expect(await seat()).toEqual({ clerk })
      const answers = await Promise.all([free({ besuch }), free({ besuch })])
      expect(answers.map(({ location }) => location?.split('erledigt=')[1])).toEqual(['freigegeben', 'freigegeben'])
      expect([await seat(), await room.state(visit)]).toEqual([{ clerk: null }, state])
      expect((await city.get(`${path}/freigeben`, { as: ada })).location).toBe(path)
      const trail = await many(
        db,
        sql<{ data: object }>`select data from audit_entry where subject = ${`counter:${second.counter}`}
          and action = 'queue.counter-freed' order by position desc limit 1`,
      )
      expect(trail).toEqual([{ data: { clerk, visit: besuch } }])
    }
    expect((await sit()).status).toBe(200)
  })

  test('out of service is there for nobody who calls, and comes back; the trail tells it', async () => {
    const gone = await free()
    expect((await service(gone, 'aus')).location).toContain('erledigt=ausser-betrieb')
    expect((await room.json('PUT', '/seat', { counter: gone.id }, { as: ada })).status).toBe(404)
    const visit = (await room.draw()).json().id as string
    const to = { team: first.team, counter: gone.id }
    expect((await room.json('PATCH', `/visits/${visit}`, to, { as: ada })).status).toBe(422)
    expect((await city.get('/kiosk/verkehr', { as: ada })).status).toBe(200)
    expect((await city.get(PAGE, { as: ada })).body).toContain('außer Betrieb')
    expect((await service(await counter(gone.id), 'ein')).location).toContain('erledigt=in-betrieb')
    const trail = await many(
      (await city.ctx()).db,
      sql<{ action: string }>`select action from audit_entry where subject = ${`counter:${gone.id}`} order by position`,
    )
    expect(trail.map(({ action }) => action)).toEqual(['queue.counter-out-of-service', 'queue.counter-in-service'])
  })

  test('renamed shows its new name on the screen at once, where somebody is called to it', async () => {
    await room.draw()
    await room.next(ada)
    const shown: (string | undefined)[] = []
    const leave = await watchRoom(await city.ctx(), 'verkehr', (now) =>
      shown.push(counterOf(now, callsIn(now)[0]?.counter ?? null)?.name.de),
    )
    expect((await rename(await counter(first.counter), 'Schalter <neu>')).location).toContain('erledigt=gespeichert')
    await vi.waitFor(() => expect(shown.at(-1)).toBe('Schalter <neu>'), { timeout: 2_000, interval: 20 })
    leave()
    expect((await city.get('/aufruf/verkehr')).body).toContain('Schalter &lt;neu&gt;')
    expect((await city.get('/workbench/aufruf', { as: ada })).body).toContain('Schalter &lt;neu&gt;')
  })

  test('goes up and down in its row, and stands there in the same order for who calls', async () => {
    const row = async () =>
      (
        await many(
          (await city.ctx()).db,
          sql<{ id: string }>`select id from queue_counter where office = 'verkehr' order by position`,
        )
      ).map(({ id }) => id)
    const [one, two, three, ...rest] = await row()
    const move = (id: string, wohin: string, as = ada) => city.post(`${PAGE}/${id}/reihe`, { wohin }, { as })
    expect((await move(three!, 'hoch')).location).toContain(`#schalter-${three!}`)
    expect(await row()).toEqual([one, three, two, ...rest])
    // At the end it stays.
    await move(one!, 'hoch')
    await move(one!, 'runter')
    expect(await row()).toEqual([three, one, two, ...rest])
    const listed = (await room.json('GET', '/offices/verkehr/visits', undefined, { as: ada })).json().counters
    expect(listed[0].id).toBe(three)
    const elsewhere = (await waitingRoom(city, 'finanzen')).clerks[0]!.email
    expect((await move(one!, 'runter', elsewhere)).status).toBe(404)
  })

  test('goes to another team of its house once nobody hangs on it', async () => {
    const as = 'admin@musterstadt.example'
    const house = await many(
      (await city.ctx()).db,
      sql<{ id: string; team: string; taken: boolean }>`select id, team, clerk is not null as taken from queue_counter
        where office = 'soziales' order by position`,
    )
    const [taken, idle] = [house.find((one) => one.taken)!, house.find((one) => !one.taken)!]
    const otherThan = (team: string) => house.find((one) => one.team !== team)!.team
    const give = async ({ id, team }: { id: string; team: string }) => {
      const seen = await counter(id)
      return city.post(
        `${PAGE}/${id}`,
        { ...wordsFor(seen.de, seen.en), version: seen.version, team: otherThan(team) },
        { as },
      )
    }
    const refused = await give(taken)
    expect([refused.status, refused.body.includes('wird gerade gebraucht')]).toEqual([409, true])
    expect((await give(idle)).location).toContain('erledigt=gespeichert')
    const { team } = await one(
      (await city.ctx()).db,
      sql<{ team: string }>`select team from queue_counter where id = ${idle.id}::uuid`,
    )
    expect(team).toBe(otherThan(idle.team))
    // Not to one of another house.
    const seen = await counter(idle.id)
    const away = await city.post(
      `${PAGE}/${idle.id}`,
      { ...wordsFor(seen.de, seen.en), version: seen.version, team: first.team },
      { as },
    )
    expect(away.status).toBe(422)
  })

  test('is added, changed, placed and closed by a program, which says what it saw', async () => {
    const id = newId()
    const said = (name: string) => ({ name: { de: name, en: name }, way: { de: 'Links', en: 'To the left' } })
    const fresh = await room.json(
      'POST',
      '/counters',
      { id, team: first.team, ...said(' Schalter  905 ') },
      { as: ada },
    )
    expect([fresh.status, fresh.json()]).toMatchObject([
      201,
      { id, name: { de: 'Schalter 905' }, inService: true, version: 1 },
    ])
    expect(fresh.headers['etag']).toBe('"1"')
    // Said again by a program that had no answer; with other words it is told that nothing was changed.
    const again = (name: string) =>
      room.json('POST', '/counters', { id, team: first.team, ...said(name) }, { as: ada, headers: english })
    expect((await again('Schalter 905')).json()).toMatchObject({ id, version: 1 })
    const other = await again('Schalter 907')
    expect([other.status, other.json().detail]).toEqual([409, expect.stringMatching(/^Nothing was .* read again/)])
    const change = (body: object, version?: number) =>
      room.json('PATCH', `/counters/${id}`, body, {
        as: ada,
        headers: version === undefined ? {} : { 'if-match': `"${version}"` },
      })
    expect([(await change({ place: 1 })).status, (await change({ place: 1 }, 9)).status]).toEqual([428, 412])
    expect((await change({ place: 1, ...said('Schalter 906') }, 1)).json()).toMatchObject({ place: 1, version: 2 })
    const taken = await change({ name: { de: (await counter(first.counter)).de, en: 'Counter 906' } }, 2)
    expect([taken.status, taken.json().errors[0].pointer]).toEqual([422, '#/name/de'])
    expect((await change({ inService: false }, 2)).json()).toMatchObject({ inService: false, version: 3 })
    const listed = (await room.json('GET', '/counters?office=verkehr', undefined, { as: ada })).json().counters
    expect(listed[0]).toMatchObject({ id, office: 'verkehr', place: 1, inService: false })
    const elsewhere = (await waitingRoom(city, 'finanzen')).clerks[0]!.email
    expect(
      (await room.json('PATCH', `/counters/${id}`, {}, { as: elsewhere, headers: { 'if-match': '"3"' } })).status,
    ).toBe(404)
  })

  test('that a colleague left is freed by a program, which says whom it saw there', async () => {
    await room.json('PUT', '/seat', { counter: second.counter }, { as: second.email })
    await room.draw()
    const { id: visit } = (await room.next(second.email)).json().visit as { id: string }
    const seen = async () => {
      const { counters } = (await room.json('GET', '/counters?office=verkehr', undefined, { as: ada })).json()
      return (counters as { id: string }[]).find(({ id }) => id === second.counter)!
    }
    const before = (await seen()) as { id: string; clerk: { account: string; name: string } }
    expect(before).toMatchObject({
      isTaken: true,
      clerk: { name: expect.stringMatching(/ /), since: expect.any(String) },
    })
    const free = (clerk: string, more = '', as = ada) =>
      room.json('DELETE', `/counters/${second.counter}/seat?clerk=${clerk}${more}`, undefined, { as })
    const { account } = before.clerk
    const unsaid = await free(account)
    expect([unsaid.status, unsaid.json().errors[0].pointer]).toEqual([422, '#/visit'])
    expect((await free(newId(), '&visit=done')).status).toBe(409)
    expect((await free('x', '&visit=done')).status).toBe(400)
    expect((await free(account, '&visit=gone')).status).toBe(400)
    const elsewhere = (await waitingRoom(city, 'finanzen')).clerks[0]!.email
    expect((await free(account, '&visit=done', elsewhere)).status).toBe(404)
    expect(await room.state(visit)).toBe('called')
    const freed = await free(account, '&visit=waiting')
    expect([freed.status, freed.json()]).toMatchObject([200, { id: second.counter, isTaken: false, clerk: null }])
    expect(await room.state(visit)).toBe('waiting')
    // Said twice, it is done once.
    expect((await free(account, '&visit=waiting')).status).toBe(200)
    expect((await room.json('PUT', '/seat', { counter: second.counter }, { as: second.email })).status).toBe(200)
  })

  test('that two edit at once has the words of one of them, and the other is told', async () => {
    const seen = await counter(second.counter)
    const both = await Promise.all([rename(seen, 'Schalter 903'), rename(seen, 'Schalter 904')])
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409])
    expect(both.find(({ status }) => status === 409)!.body).toContain('Jemand anderes hat das inzwischen geändert')
    expect((await service(await free().then((one) => ({ ...one, version: '99' })), 'aus')).status).toBe(409)
  })
})
