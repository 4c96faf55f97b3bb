import { expect } from 'vitest'
import { addDevice, issueSecret, type DeviceKind } from '#modules/devices/public.ts'
import { newId } from '#platform/db/id.ts'
import { exec, one, sql } from '#platform/db/db.ts'
import type { TestCity } from '#src/testing/city.ts'
import { asking, type Calls } from './asking.ts'

const OFFICE = 'buergerbuero-mitte'
const UNKNOWN = '00000000-0000-7000-8000-000000000000'

async function keyOf(city: TestCity, kind: DeviceKind, office: string) {
  const ctx = await city.ctx()
  const id = newId()
  await addDevice(ctx, { id, name: 'Mika', office, kind })
  return { id, asked: { headers: { authorization: `Bearer ${(await issueSecret(ctx, id, 'key'))!}` } } }
}

/** A clerk at a counter of that office, what is done there, and nobody who waits. */
async function emptyRoom(city: TestCity, office: string) {
  const { db } = await city.ctx()
  await exec(db, sql`delete from queue_visit where office = ${office}`)
  const clerk = await one(
    db,
    sql<{ email: string; team: string; services: string[] }>`select a.email, c.team, t.services from queue_counter c
      join accounts_account a on a.id = c.clerk join appointments_team t on t.id = c.team
      where c.office = ${office} order by c.position limit 1`,
  )
  return { office, as: clerk.email, team: clerk.team, service: clerk.services[0]! }
}

/** The code in the last message to that address. */
async function codeSentTo(city: TestCity, email: string): Promise<string> {
  const { text } = await one(
    (await city.ctx()).db,
    sql<{ text: string }>`select paragraphs::text as text from notifications_message
      where email = ${email} order by created_at desc, id desc limit 1`,
  )
  return /\d{5} \d{5}/.exec(text)![0]
}

/** Who waits, is called and seen: the operations of visitors, machines and staff. */
export async function compareQueue(city: TestCity, call: Calls): Promise<void> {
  const ask = asking(call, '/api/v1/queue')
  const room = await emptyRoom(city, 'verkehr')
  const params = { office: room.office }
  const none = { office: 'none' }
  const { as } = room
  const { asked: robot } = await keyOf(city, 'robot', room.office)
  const service = [room.service]

  const self = asking(call, '/api/v1/devices/self')
  expect((await self(200, '', robot))['office']['id']).toBe(room.office)
  await self(401, '')
  await self(401, '', { headers: { authorization: `Bearer rathaus_device_key_${'x'.repeat(43)}` } })

  await ask(200, '/offices/{office}/waiting', { params })
  await ask(404, '/offices/{office}/waiting', { params: none })
  await ask(200, '/offices/{office}/counters', { params, ...robot })
  await ask(401, '/offices/{office}/counters', { params })
  await ask(403, '/offices/{office}/counters', { params, ...(await keyOf(city, 'robot', 'finanzen')).asked })

  const visits = '/offices/{office}/visits'
  const drawn = await ask(201, visits, { method: 'POST', params, as, body: { service } })
  await ask(422, visits, { method: 'POST', params, as, body: { service: ['none'] } })
  await ask(404, visits, { method: 'POST', params, as, body: { code: 'NONE2222' } })
  const db = (await city.ctx()).db
  const now = city.clock.now()
  await one(
    db,
    sql`update appointments_booking set starts_at = ${now}, ends_at = ${now.add({ minutes: 15 })}, arrival_code = 'KNFRM222',
        team = ${room.team}
      where id = (select id from appointments_booking where office = ${room.office} and state = 'booked'
        and starts_at > ${now.add({ hours: 48 })} order by id limit 1) returning id`,
  )
  const arrived = await ask(201, visits, { method: 'POST', params, ...robot, body: { code: 'KNFRM222' } })
  await ask(200, visits, { method: 'POST', params, ...robot, body: { code: 'KNFRM222' } })
  expect((await ask(200, visits, { params, as }))['visits']).toHaveLength(2)
  await ask(404, visits, { params: none, as })
  await ask(401, visits, { params })

  const first = { method: 'PATCH', as, params: { id: String(arrived['id']) } } as const
  await ask(200, '/visits/{id}', { ...first, body: { priority: 'priority', reason: 'Kind' } })
  await ask(422, '/visits/{id}', { ...first, body: { priority: 'urgent', reason: '' } })
  await ask(404, '/visits/{id}', { ...first, params: { id: UNKNOWN }, body: { priority: 'normal' } })

  const ticket = { params: { code: String(drawn['code']) } }
  await ask(200, '/tickets/{code}', ticket)
  await ask(404, '/tickets/{code}', { params: { code: 'none' } })
  const contact = '/tickets/{code}/contact'
  await ask(200, contact, { method: 'PUT', ...ticket, body: { contact: 'kim@example.org' } })
  await ask(422, contact, { method: 'PUT', ...ticket, body: { contact: 'niemand' } })
  await ask(200, contact, { method: 'DELETE', ...ticket })

  await ask(200, '/seat', { method: 'PUT', as, body: { isOpen: true } })
  await ask(404, '/seat', { method: 'PUT', as, body: { counter: UNKNOWN } })
  const { visit } = await ask(200, '/calls', { method: 'POST', as, body: { visit: drawn['id'] } })
  await ask(409, '/calls', { method: 'POST', as, body: { visit: UNKNOWN } })
  const patch = { method: 'PATCH', as, params: { id: String(visit['id']) } } as const
  await ask(200, '/visits/{id}', { ...patch, body: { does: 'begin' } })
  await ask(409, '/tickets/{code}', { method: 'DELETE', ...ticket })
  await ask(200, '/visits/{id}', { ...patch, body: { does: 'finish' } })
  await ask(409, '/visits/{id}', { ...patch, body: { does: 'recall' } })
  const next = (await ask(200, '/calls', { method: 'POST', as, body: { after: null } }))['visit']
  const patchNext = { ...patch, params: { id: String(next['id']) } }
  await ask(409, '/seat', { method: 'DELETE', as })
  await ask(200, '/visits/{id}', { ...patchNext, body: { does: 'begin' } })
  await ask(200, '/visits/{id}', { ...patchNext, body: { does: 'finish' } })
  const gone = await ask(201, visits, { method: 'POST', params, as, body: { service } })
  await ask(200, '/calls', { method: 'POST', as, body: { visit: gone['id'] } })
  await compareOtherOffices(call, { as, office: room.office, id: String(gone['id']) })
  const other = await ask(201, visits, { method: 'POST', params, as, body: { service } })
  await ask(200, '/tickets/{code}', { method: 'DELETE', params: { code: String(other['code']) } })
  await compareFreeing(call, as)
  await ask(200, '/seat', { method: 'DELETE', as })
  await compareCounters(call, room)
}

/** Somebody at the counter who goes on in another office. */
async function compareOtherOffices(call: Calls, { as, office, id }: Record<'as' | 'office' | 'id', string>) {
  const ask = asking(call, '/api/v1/queue')
  await ask(401, '/open-offices')
  const { offices } = await ask(200, '/open-offices', { as })
  const other = (offices as { office: string; services: string[] }[]).find((one) => one.office !== office)!
  const send = (body: object) => ({ method: 'POST', as, params: { id }, body }) as const
  const there = { office: other.office, service: other.services.slice(0, 1) }
  await ask(422, '/visits/{id}/next-visit', send({ ...there, office: 'none' }))
  await ask(422, '/visits/{id}/next-visit', send({ ...there, service: ['none'] }))
  await ask(409, '/visits/{id}/next-visit', { ...send(there), params: { id: UNKNOWN } })
  await ask(201, '/visits/{id}/next-visit', send({ ...there, note: 'Kind' }))
  await ask(409, '/visits/{id}/next-visit', send(there))
}

/** A counter at which somebody else sits, who has left it. */
async function compareFreeing(call: Calls, as: string) {
  const ask = asking(call, '/api/v1/queue')
  const { counters } = await ask(200, '/counters', { as })
  const taken = (counters as { id: string; clerk: { account: string } | null }[]).findLast(({ clerk }) => clerk)!
  const free = (clerk: string) =>
    ({ method: 'DELETE', as, params: { id: taken.id }, query: `clerk=${clerk}&visit=done` }) as const
  const { account } = taken.clerk!
  await ask(409, '/counters/{id}/seat', free(UNKNOWN))
  await ask(400, '/counters/{id}/seat', free('x'))
  await ask(404, '/counters/{id}/seat', { ...free(account), params: { id: UNKNOWN } })
  await ask(401, '/counters/{id}/seat', { ...free(account), as: '' })
  await ask(200, '/counters/{id}/seat', free(account))
}

/** Counters that are added, changed and closed. */
async function compareCounters(call: Calls, { as, team }: { readonly as: string; readonly team: string }) {
  const ask = asking(call, '/api/v1/queue')
  await ask(401, '/counters')
  await ask(403, '/counters', { as: 'anna.becker@musterstadt.example' })
  const said = { name: { de: 'Schalter 99', en: 'Counter 99' }, way: { de: 'Links', en: 'To the left' } }
  const add = (body: object) => ({ method: 'POST', as, body: { team, ...said, ...body } }) as const
  const { id, version } = await ask(201, '/counters', add({}))
  await ask(422, '/counters', add({}))
  await ask(404, '/counters', add({ team: 'none' }))
  await ask(400, '/counters', add({ way: { de: ' ', en: '' } }))
  await ask(200, '/counters', { as })
  const change = (body: object) =>
    ({ method: 'PATCH', as, params: { id }, headers: { 'if-match': `"${version}"` }, body }) as const
  await ask(428, '/counters/{id}', { ...change({}), headers: {} })
  await ask(404, '/counters/{id}', { ...change({}), params: { id: UNKNOWN } })
  await ask(422, '/counters/{id}', change({ team: 'none' }))
  await ask(400, '/counters/{id}', change({ place: 0 }))
  await ask(200, '/counters/{id}', change({ place: 1, inService: false }))
  await ask(412, '/counters/{id}', change({ inService: true }))
}

/** What a locker is given, opens and gives back. */
export async function compareLockers(city: TestCity, call: Calls): Promise<void> {
  const ask = asking(call, '/api/v1/pickup')
  const { id: device, asked: locker } = await keyOf(city, 'pickup', OFFICE)
  const email = 'konform@example.org'
  const announced = async () => {
    const id = newId()
    const form = { id, dokument: 'Ihr Reisepass', name: 'Kim Konform', mail: email, sprache: 'de', wo: device }
    await city.post('/workbench/abholung/neu', form, { as: 'admin@musterstadt.example' })
    return id
  }
  const id = await announced()
  const document = { method: 'POST', params: { id }, ...locker } as const
  const unknown = { ...document, params: { id: UNKNOWN } }
  const open = (code: string) => ({ method: 'POST', ...locker, body: { code } }) as const

  expect((await ask(200, '/documents', locker))['documents']).toHaveLength(1)
  await ask(401, '/documents')
  await ask(403, '/documents', (await keyOf(city, 'robot', OFFICE)).asked)
  await ask(409, '/documents/{id}/collection', document)
  await ask(200, '/documents/{id}/deposit', { ...document, body: { compartment: 3 } })
  await ask(404, '/documents/{id}/deposit', { ...unknown, body: { compartment: 3 } })
  await ask(400, '/documents/{id}/deposit', { ...document, body: { compartment: 0 } })
  const code = await codeSentTo(city, email)
  await ask(422, '/openings', open('12'))
  await ask(422, '/openings', open(`${code.slice(0, 6)}${code.endsWith('11111') ? '22222' : '11111'}`))
  await ask(200, '/openings', open(code))
  await ask(200, '/documents/{id}/failure', document)
  await ask(200, '/openings', open(code))
  await ask(200, '/documents/{id}/collection', document)
  await ask(409, '/documents/{id}/return', document)

  const late = { ...document, params: { id: await announced() } }
  await ask(200, '/documents/{id}/deposit', { ...late, body: { compartment: 3 } })
  await ask(200, '/documents/{id}/return', late)
  await ask(404, '/documents/{id}/return', late)
}
