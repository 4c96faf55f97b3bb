import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { officeBySlug } from '#modules/catalogue/public.ts'
import { pushKey } from '#modules/notifications/public.ts'
import { exec, many, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { startPushService } from '#src/testing/push-service.ts'
import { wordsOf } from '#src/testing/words.ts'
import { twoOffices, type Drawn } from './testing/two-offices.ts'
import { readRoom } from './use-cases/room.ts'
import { phoneBoard } from './views/phone.ts'

const service = await startPushService('updates.push.services.mozilla.com')
afterAll(() => service.close())
// A Wednesday at half past nine.
const city = await testCity({ seed: true })
const { db } = await city.ctx()
const { here, there, ADA, BEN, CEM, empty, called, send } = await twoOffices(city)
beforeEach(empty)

const visit = (id: string) => one(db, sql<Record<string, unknown>>`select * from queue_visit where id = ${id}::uuid`)
const elsewhere = (id: string) => `/workbench/aufruf/besuch/${id}/dienststelle`

test('a clerk sends the person at their counter on: by page, with a matter and a note, to a number of their own there', async () => {
  const drawn = await called(here, ADA)
  const desk = await city.get('/workbench/aufruf', { as: ADA })
  expect(desk.body).toContain(`href="${elsewhere(drawn.id)}"`)
  const list = await city.get(elsewhere(drawn.id), { as: ADA })
  expect(wordsOf(list.body)).toContain('In welche Dienststelle?')
  expect(list.body).toContain(`href="${elsewhere(drawn.id)}?an=verkehr"`)
  expect(list.body).not.toContain('?an=buergerbuero-mitte')
  const form = await city.get(`${elsewhere(drawn.id)}?an=verkehr`, { as: ADA })
  expect(form.body).toContain(`value="${there.service}"`)

  const typed = { office: 'verkehr', service: there.service, note: 'Kennzeichen fehlt' }
  const sent = await city.post(elsewhere(drawn.id), typed, { as: ADA })
  expect(sent.location).toBe(`/workbench/aufruf/besuch/${drawn.id}/weitergeleitet`)
  const { forwarded_to: next, state } = await visit(drawn.id)
  expect(state).toBe('forwarded')
  const { ticket } = await visit(String(next))
  const told = wordsOf((await city.get(sent.location, { as: ADA })).body)
  expect(told).toContain(`Neue Nummer: ${String(ticket)}`)
  expect(told).toMatch(/Adresse .* \d{5} Musterstadt/)
  // Whoever is there sees from where they come and what for, and calls them.
  const theirs = wordsOf((await city.get('/workbench/aufruf', { as: BEN })).body)
  expect(theirs).toContain('von: Bürgerbüro Mitte')
  await there.json('POST', '/calls', { visit: next }, { as: BEN })
  expect(wordsOf((await city.get('/workbench/aufruf', { as: BEN })).body)).toContain('Hinweis: Kennzeichen fehlt')
  await there.does(BEN, String(next), 'begin')
  expect((await there.does(BEN, String(next), 'finish')).status).toBe(200)
  const traces = await many(
    db,
    sql`select 1 from queue_visit where note like '%Kennzeichen fehlt%'
      union all select 1 from audit_entry where data::text like '%Kennzeichen fehlt%'`,
  )
  expect(traces).toEqual([])
})

test('the telephone shows the new number, the office and its address under the address it had', async () => {
  const drawn = await called(here, ADA)
  const { ticket, position } = (await send(ADA, drawn.id)).json()
  const page = wordsOf((await city.get(`/warten/${drawn.code}`)).body)
  expect(page).toContain(ticket)
  expect(page).not.toContain(drawn.ticket)
  expect(page).toContain('Sie wurden weitergeleitet (bisher: Bürgerbüro Mitte)')
  expect(page).toMatch(/Bitte gehen Sie hierhin: .* 73\d{3} Musterstadt/)
  const told = (await here.json('GET', `/tickets/${drawn.code}`)).json()
  expect(told).toMatchObject({
    ticket,
    office: 'verkehr',
    forwardedFrom: 'buergerbuero-mitte',
    state: 'waiting',
    position,
  })
  // They can still give up, there.
  expect((await city.post(`/warten/${drawn.code}/aufgeben`)).status).toBe(303)
})

test('a code that only shows how it stands goes along, too', async () => {
  const drawn = await called(here, ADA)
  await exec(db, sql`insert into queue_glance (code_hash, visit) values (sha256('blick'), ${drawn.id}::uuid)`)
  const { ticket } = (await send(ADA, drawn.id)).json()
  expect((await here.json('GET', '/tickets/blick')).json()).toMatchObject({ ticket, office: 'verkehr' })
})

test('a page that is open says so and is asked for anew', async () => {
  const drawn = await called(here, ADA)
  const ctx = await city.ctx()
  const office = (await officeBySlug(ctx, 'buergerbuero-mitte'))!
  const board = async () => {
    const room = await readRoom(ctx, office.slug)
    const visit = room.visits.find(({ id }) => id === drawn.id)!
    return String(phoneBoard(ctx, { office, visit, isOwn: true, from: null, code: drawn.code, pushKey: null }, room))
  }
  expect(await board()).not.toContain('data-again')
  await send(ADA, drawn.id)
  expect(await board()).toContain('data-again')
})

test('what reaches the person goes along: mail address, priority and browsers, which hear of it at once', async () => {
  const drawn = (await here.draw({}, ADA)).json() as Drawn
  await here.json('PATCH', `/visits/${drawn.id}`, { priority: 'priority', reason: 'kleines Kind' }, { as: ADA })
  const phone = service.browser((await pushKey(await city.ctx()))!.publicKey)
  await city.json('POST', `/api/v1/queue/tickets/${drawn.code}/browsers`, phone.subscription)
  await here.json('POST', '/calls', { visit: drawn.id }, { as: ADA })
  await exec(db, sql`update queue_visit set email = 'ina@example.org', told_at = null where id = ${drawn.id}::uuid`)
  // Others wait there, so that it is not their turn at once.
  for (let i = 0; i < 12; i += 1) await there.draw({}, BEN)
  await exec(
    db,
    sql`update queue_visit set priority = 'urgent', priority_reason = 'x' where office = 'verkehr' and state = 'waiting'`,
  )
  await exec(
    db,
    sql`update queue_counter set is_open = false where office = 'verkehr' and clerk is not null and clerk <>
    (select id from accounts_account where email = ${BEN})`,
  )
  const { id, ticket } = (await send(ADA, drawn.id)).json()
  expect(await visit(id)).toMatchObject({ email: 'ina@example.org', priority: 'priority', push: true })
  expect(await visit(drawn.id)).toMatchObject({ email: null, priority_reason: null, push: false, code_hash: null })
  await city.runJobs({ ignoreFailures: true })
  expect(phone.received.map(({ said }) => said.title)).toContain(`Ihre neue Nummer: ${ticket}`)
  expect(phone.received.at(-1)!.said.body).toMatch(/^Bitte gehen Sie dorthin: .*, .* \d{5} Musterstadt/)
  await exec(db, sql`update queue_counter set is_open = clerk is not null`)
})

/** What went out of a visit by mail or SMS. */
const messagesOf = (id: string) =>
  many(
    db,
    sql<{ channel: string; subject: string; text: string }>`select d.channel, m.subject, m.paragraphs::text as text
      from notifications_message m join notifications_delivery d on d.message = m.id
      where m.key like ${`queue:${id}:%`} order by m.created_at, d.channel`,
  )

test.each([
  ['mail', 'ina@example.org'],
  ['sms', '0151 23456789'],
])('who gave an address and has been told once already hears of the new number by %s', async (channel, contact) => {
  const drawn = (await here.draw({}, ADA)).json() as Drawn
  await city.post(`/warten/${drawn.code}/bescheid`, { contact })
  await here.draw({}, ADA)
  expect(await messagesOf(drawn.id)).toMatchObject([
    { channel, subject: `Sie sind bald an der Reihe: ${drawn.ticket}` },
  ])
  await here.json('POST', '/calls', { visit: drawn.id }, { as: ADA })
  const { id, ticket } = (await send(ADA, drawn.id)).json()
  const [told] = await messagesOf(id)
  expect(told).toMatchObject({ channel, subject: `Ihre neue Nummer: ${ticket}` })
  expect(told!.text).toMatch(/Bitte gehen Sie dorthin: .*, .* \d{5} Musterstadt/)
  // It goes with the visit there.
  await there.json('POST', '/calls', { visit: id }, { as: BEN })
  await there.does(BEN, id, 'begin')
  await there.does(BEN, id, 'finish')
  expect(await visit(id)).toMatchObject({ email: null, telephone: null })
})

test('who is sent to another counter of the house is told again when it is soon their turn', async () => {
  const drawn = (await here.draw({}, ADA)).json() as Drawn
  await city.post(`/warten/${drawn.code}/bescheid`, { contact: 'ina@example.org' })
  await here.json('POST', '/calls', { visit: drawn.id }, { as: ADA })
  city.clock.advance({ minutes: 5 })
  const { team } = here.clerks[0]!
  expect((await here.json('PATCH', `/visits/${drawn.id}`, { team }, { as: ADA })).status).toBe(200)
  expect(await messagesOf(drawn.id)).toHaveLength(2)
  city.clock.advance({ minutes: -5 })
})

describe('two at once', () => {
  test('a button that is pressed twice, or by page and program, sends one person on once', async () => {
    const drawn = await called(here, ADA)
    await here.does(ADA, drawn.id, 'begin')
    const sent = await Promise.all([send(ADA, drawn.id), send(ADA, drawn.id), here.does(ADA, drawn.id, 'finish')])
    const begun = await many(
      db,
      sql`select id from queue_visit where forwarded_from = 'buergerbuero-mitte' and state = 'waiting'`,
    )
    const wins = sent.filter(({ status }) => status < 300)
    expect(wins).toHaveLength(1)
    expect(begun).toHaveLength(sent[2]!.status === 200 ? 0 : 1)
    expect(sent.filter(({ status }) => status === 409)).toHaveLength(2)
  })

  test('two offices that send to each other wait for nobody, and every number is given once', async () => {
    const back = here.service
    for (let round = 0; round < 4; round += 1) {
      const [mine, ours, theirs] = [await called(here, ADA), await called(there, BEN), await called(there, CEM)]
      const answers = await Promise.all([
        send(ADA, mine.id),
        send(BEN, ours.id, { office: 'buergerbuero-mitte', service: [back] }),
        send(CEM, theirs.id, { office: 'buergerbuero-mitte', service: [back] }),
        here.draw({}, ADA),
        there.draw({}, BEN),
      ])
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
      const [a, b, c, d, e] = answers.map((answer) => answer.json().ticket as string)
      expect(new Set([b, c, d]).size).toBe(3)
      expect(a).not.toBe(e)
    }
  })
})

describe('nobody is sent', () => {
  test('to an office that is closed, has no counters, is the own one or does not do it', async () => {
    const drawn = await called(here, ADA)
    const refused = async (more: object) => {
      const answer = await send(ADA, drawn.id, more)
      return [answer.status, Object.keys(answer.json().fields ?? answer.json().errors ?? {})]
    }
    expect((await refused({ office: 'none' }))[0]).toBe(422)
    expect((await refused({ office: 'buergerbuero-mitte', service: [] }))[0]).toBe(422)
    expect((await refused({ service: ['hundesteuer-anmelden'] }))[0]).toBe(422)
    expect((await refused({ note: 'x'.repeat(201) }))[0]).toBe(400)
    const open = async () =>
      ((await here.json('GET', '/open-offices', undefined, { as: ADA })).json().offices as { office: string }[]).map(
        ({ office }) => office,
      )
    expect(await open()).toContain('verkehr')
    const today = '2030-03-13'
    await exec(
      db,
      sql`insert into appointments_closure (id, office, first_day, last_day, reason)
        values (${newId()}, 'verkehr', ${today}, ${today}, 'Umzug')`,
    )
    // Who sits there all the same sees people.
    expect(await open()).toContain('verkehr')
    await exec(db, sql`update queue_counter set is_open = false where office = 'verkehr'`)
    expect(await open()).not.toContain('verkehr')
    expect((await refused({}))[0]).toBe(422)
    expect((await city.post(elsewhere(drawn.id), { office: 'verkehr' }, { as: ADA })).status).toBe(422)
    await exec(db, sql`delete from appointments_closure`)
    await exec(db, sql`update queue_counter set is_open = clerk is not null where office = 'verkehr'`)
    await exec(db, sql`update queue_counter set in_service = false, clerk = null where office = 'soziales'`)
    expect(await open()).not.toContain('soziales')
    await exec(db, sql`update queue_counter set in_service = true where office = 'soziales'`)
    expect(await here.state(drawn.id)).toBe('called')
  })

  test('who is not at the own counter', async () => {
    const waiting = (await here.draw({}, ADA)).json() as Drawn
    expect((await send(ADA, waiting.id)).json().type).toBe('/api/v1/problems/visit-moved-on')
    const theirs = await called(there, BEN)
    expect((await send(ADA, theirs.id)).json().type).toBe('/api/v1/problems/visit-moved-on')
    expect((await city.get(elsewhere(theirs.id), { as: ADA })).status).toBe(409)
    expect(await there.state(theirs.id)).toBe('called')
  })

  test('and who sent somebody sees nothing else of the office there', async () => {
    const drawn = await called(here, ADA)
    const { id } = (await send(ADA, drawn.id)).json()
    const as = ADA
    expect((await city.get(`/workbench/aufruf/besuch/${id}`, { as })).status).toBe(404)
    expect((await city.get(`/workbench/aufruf/besuch/${id}/weitergeleitet`, { as })).status).toBe(404)
    expect((await here.json('GET', '/offices/verkehr/visits', undefined, { as })).status).toBe(404)
    expect((await here.json('PATCH', `/visits/${id}`, { priority: 'normal' }, { as })).status).toBe(404)
    // Nor do others see where it went.
    expect((await city.get(`/workbench/aufruf/besuch/${drawn.id}/weitergeleitet`, { as: BEN })).status).toBe(404)
    expect((await city.get('/workbench/aufruf/besuch/x/weitergeleitet', { as })).status).toBe(404)
  })
})

test('within a house that two units share, the other team gets them, and who sent them sees them no more', async () => {
  const [one, other] = await many(
    db,
    sql<{ id: string; email: string; counter: string; service: string }>`select distinct on (t.id) t.id, a.email,
        c.id as counter, t.services[1] as service
      from appointments_team t join queue_counter c on c.team = t.id
      join accounts_assignment s on s.unit_id = t.unit and s.role_id = 'clerk' join accounts_account a on a.id = s.account_id
      where t.office = 'soziales' order by t.id, a.email`,
  )
  await exec(db, sql`update queue_counter set clerk = null where office = 'soziales'`)
  const as = one!.email
  await here.json('PUT', '/seat', { counter: one!.counter }, { as })
  const { id } = (await here.json('POST', '/offices/soziales/visits', { service: [one!.service] }, { as })).json()
  const sent = await here.json('PATCH', `/visits/${id}`, { team: other!.id }, { as })
  expect([sent.status, sent.json().team]).toEqual([200, other!.id])
  expect((await city.get(`/workbench/aufruf/besuch/${id}`, { as })).status).toBe(404)
  expect((await city.get(`/workbench/aufruf/besuch/${id}`, { as: other!.email })).status).toBe(200)
})

test('figures: forwarded in the one office, come by forwarding to the other', async () => {
  await addStaff(await city.ctx(), {
    name: 'Z',
    email: 'z@musterstadt.example',
    unit: 'rathaus',
    roles: ['administrator'],
  })
  const count = async (office: string) => {
    const csv = (
      await city.get(`/workbench/besuchszahlen.csv?dienststelle=${office}&von=13.3.2030&bis=13.3.2030&nach=office`, {
        as: 'z@musterstadt.example',
      })
    ).body
    const [head, row] = csv
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'))
    const at = (title: string) => Number(row?.[head!.indexOf(title)] ?? 0)
    return [at('Besuche'), at('kam von anderer Stelle'), at('ging an andere Stelle')]
  }
  const before = [await count('buergerbuero-mitte'), await count('verkehr')]
  const drawn = await called(here, ADA)
  const { id } = (await send(ADA, drawn.id)).json()
  await there.json('POST', '/calls', { visit: id }, { as: BEN })
  await there.does(BEN, id, 'begin')
  await there.does(BEN, id, 'finish')
  const after = [await count('buergerbuero-mitte'), await count('verkehr')]
  const grown = after.map((numbers, i) => numbers.map((n, k) => n - before[i]![k]!))
  expect(grown).toEqual([
    [1, 0, 1],
    [1, 1, 0],
  ])
})
