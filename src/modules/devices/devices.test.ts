import { describe, expect, it } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { complaints } from '#platform/html/testing/complaints.ts'
import { api } from '#platform/http/route.ts'
import { defineModule } from '#platform/module.ts'
import { jsonReply } from '#platform/http/reply.ts'
import { testCity } from '#src/testing/city.ts'
import type { DeviceKind } from './domain/device.ts'
import { addDevice, deviceOf, issueSecret, onDevice, withdrawDevice } from './public.ts'

/** An operation of tickets as another module would have it. */
const tickets = defineModule({
  name: 'tickets',
  routes: [
    api({
      method: 'GET',
      path: '/api/v1/tickets',
      access: onDevice(['kiosk'], 'devices.manage'),
      summary: 'Tickets',
      tags: ['tickets'],
      replies: {},
      perMinute: 5,
      handle: (ctx) => jsonReply({ device: deviceOf(ctx)?.name ?? null }),
    }),
  ],
})

const city = await testCity({ seed: true, extraModules: [tickets] })
const ctx = await city.ctx()
const ADMIN = 'admin@musterstadt.example'
const HEAD = 'leitung.standesamt@musterstadt.example'
await addStaff(ctx, { name: 'Lena Leitung', email: HEAD, unit: 'standesamt', roles: ['head'] })

const OFFICE = 'buergerbuero-mitte'

async function device(kind: DeviceKind, office = OFFICE) {
  const id = newId()
  await addDevice(ctx, { id, name: `${kind} ${id.slice(-4)}`, office, kind })
  return { id, key: (await issueSecret(ctx, id, 'key'))! }
}

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } })
const tryKey = async (path: string, key?: string) => {
  const answer = await city.json('GET', path, undefined, key === undefined ? {} : bearer(key))
  return { status: answer.status, type: answer.json().type as string | undefined }
}
const actionsOf = async (subject: string) =>
  (
    await many(
      ctx.db,
      sql<{ action: string }>`select action from audit_entry where subject = ${subject} order by position`,
    )
  ).map(({ action }) => action)

/** What a sheet shows once: the link for setting up, or the key. */
const linkOn = (body: string) => /\/geraet\/einrichten\/[\w-]{43}/.exec(body)![0]
const keyOn = (body: string) => /rathaus-device_[\w-]{43}/.exec(body)![0]
const fieldOf = (body: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(body)![1]!

describe('a program with a key', () => {
  it('learns which device it is and where it stands', async () => {
    const { id, key } = await device('robot')
    const answer = await city.json('GET', '/api/v1/devices/self', undefined, bearer(key))
    expect(answer.json()).toMatchObject({ id, kind: 'robot', office: { id: OFFICE, name: 'Bürgerbüro Mitte' } })
    expect(answer.json().office.point).toHaveLength(2)
  })

  it('without a key, with half of one, or with another city’s is told what is missing', async () => {
    const { key } = await device('robot')
    const own = '/api/v1/devices/self'
    expect(await tryKey(own)).toEqual({ status: 401, type: '/api/v1/problems/device-key-missing' })
    expect(await tryKey(own, key.slice(0, -1))).toEqual({ status: 401, type: '/api/v1/problems/device-key-unknown' })
    const other = await city.addTenant('nachbarstadt')
    const there = await other.json('GET', own, undefined, bearer(key))
    expect([there.status, there.json().title]).toEqual([401, 'Diesen Schlüssel kennen wir nicht'])
    expect(await actionsOf('devices:unknown')).toEqual([])
  })

  it('that nobody ever issued is noted, and six times an hour at most', async () => {
    const { key } = await device('robot')
    const writes = async () =>
      (await many(ctx.db, sql<{ count: number }>`select count from accounts_attempt`)).map((a) => a.count)
    const before = await writes()
    for (let i = 0; i < 8; i++) await tryKey('/api/v1/devices/self', `${key.slice(0, -1)}${i}`)
    // Whoever goes on guessing makes the database write nothing at all.
    expect((await writes()).toSorted()).toEqual([...before, 6].toSorted())
    expect(await actionsOf('devices:unknown')).toEqual(Array(6).fill('devices.unknown-key'))
  })

  it('of a withdrawn device is refused, which its log says once an hour', async () => {
    const { id, key } = await device('robot')
    expect(await tryKey('/api/v1/devices/self', key)).toMatchObject({ status: 200 })
    await withdrawDevice(ctx, id)
    for (let i = 0; i < 3; i++)
      expect(await tryKey('/api/v1/devices/self', key)).toEqual({
        status: 401,
        type: '/api/v1/problems/device-key-withdrawn',
      })
    expect(await actionsOf(`device:${id}`)).toEqual([
      'devices.added',
      'devices.key-issued',
      'devices.withdrawn',
      'devices.refused',
    ])
  })

  it.each([
    ['without a key', 'Dieses Gerät ist nicht eingerichtet', 'issues a link for setting up or a key'],
    ['with a withdrawn key', 'Der Schlüssel dieses Geräts gilt nicht mehr', 'or the device was withdrawn'],
  ])('%s reads what is wrong and who mends it, in its language', async (name, title, english) => {
    const { id, key } = await device('robot')
    await withdrawDevice(ctx, id)
    const { headers } = name === 'without a key' ? { headers: {} } : bearer(key)
    const asked = async (path: string) => (await city.json('GET', path, undefined, { headers })).json()
    const german = await asked('/api/v1/devices/self')
    expect(german).toMatchObject({ status: 401, title })
    expect(german.detail).toContain('Wer Geräte verwaltet, ')
    expect((await asked('/en/api/v1/devices/self')).detail).toContain(english)
  })

  it('does what its kind is for, and no more; staff with the permission may look', async () => {
    const kiosk = await device('kiosk')
    const robot = await device('robot')
    const asked = await city.json('GET', '/api/v1/tickets', undefined, bearer(kiosk.key))
    expect(asked.json().device).toMatch(/^kiosk/)
    expect(await tryKey('/api/v1/tickets', robot.key)).toEqual({ status: 403, type: '/api/v1/problems/wrong-device' })
    expect((await city.json('GET', '/api/v1/tickets', undefined, { as: ADMIN })).json()).toEqual({ device: null })
    const clerk = 'jonas.keller@musterstadt.example'
    expect((await city.json('GET', '/api/v1/tickets', undefined, { as: clerk })).status).toBe(401)
  })

  it('is limited by itself: the kiosk beside it goes on', async () => {
    const [busy, other] = [await device('kiosk'), await device('kiosk')]
    const statuses = []
    for (let i = 0; i < 6; i++) statuses.push((await tryKey('/api/v1/tickets', busy.key)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    expect((await tryKey('/api/v1/tickets', other.key)).status).toBe(200)
  })

  it('who guesses keys is limited by the address', async () => {
    const { key } = await device('kiosk')
    const statuses = new Set<number>()
    for (let i = 0; i < 8; i++) statuses.add((await tryKey('/api/v1/tickets', `${key.slice(0, -1)}x`)).status)
    expect([...statuses]).toEqual([401, 429])
  })
})

describe('staff', () => {
  it('add a device, get its link once, and a browser becomes it', async () => {
    const form = await city.get('/workbench/geraete/neu', { as: ADMIN })
    const fields = {
      id: fieldOf(form.body, 'id'),
      name: 'Terminal Nord',
      dienststelle: OFFICE,
      art: 'kiosk',
      anmeldung: 'set-up',
    }
    const sheet = await city.post('/workbench/geraete/neu', fields, { as: ADMIN })
    expect(sheet.body).toContain('<svg')
    const again = await city.post('/workbench/geraete/neu', fields, { as: ADMIN })
    expect(again.location).toBe(`/workbench/geraete/${fields.id}?hinweis=ausgegeben`)

    const link = linkOn(sheet.body)
    expect((await city.get(link)).body).toContain('Terminal Nord')
    const done = await city.post(link)
    const cookies = { rathaus_device: done.cookies['rathaus_device']! }
    const home = await city.get('/geraet', { cookies })
    expect(home.body).toContain('Terminal Nord')
    // Each page renews the cookie, as browsers forget it after 400 days.
    expect(home.cookies).toEqual(cookies)

    for (const used of [await city.get(link), await city.post(link)]) expect(used.status).toBe(410)
    const list = await city.get('/workbench/geraete?stand=in-use', { as: ADMIN })
    expect(list.body).toContain('Terminal Nord')
    expect(list.body).toContain('13. März 2030, 09:30 Uhr')
  })

  it('a link opened in two browsers at once sets up one', async () => {
    const { id } = await device('display')
    const path = `/geraet/einrichten/${(await issueSecret(ctx, id, 'set-up'))!}`
    const both = await Promise.all([city.post(path), city.post(path)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 410])
  })

  it('a link runs out after a day', async () => {
    const { id } = await device('display')
    const path = `/geraet/einrichten/${(await issueSecret(ctx, id, 'set-up'))!}`
    const before = city.clock.now()
    city.clock.advance({ hours: 24 })
    expect((await city.post(path)).status).toBe(410)
    city.clock.set(before.toString())
  })

  it('a new key ends the old one and the browser at once, a form sent twice issues one', async () => {
    const { id, key } = await device('pickup')
    const set = await city.post(`/geraet/einrichten/${(await issueSecret(ctx, id, 'set-up'))!}`)
    const cookies = { rathaus_device: set.cookies['rathaus_device']! }
    expect((await city.get('/geraet', { cookies })).status).toBe(200)
    expect(await tryKey('/api/v1/devices/self', key)).toMatchObject({ status: 200 })

    const page = await city.get(`/workbench/geraete/${id}`, { as: ADMIN })
    const fields = { zweck: 'key', id: fieldOf(page.body, 'id') }
    const issued = keyOn((await city.post(`/workbench/geraete/${id}/zugang`, fields, { as: ADMIN })).body)
    const twice = await city.post(`/workbench/geraete/${id}/zugang`, fields, { as: ADMIN })
    expect(twice.location).toContain('hinweis=ausgegeben')
    expect(await tryKey('/api/v1/devices/self', issued)).toMatchObject({ status: 200 })
    expect(await tryKey('/api/v1/devices/self', key)).toMatchObject({ status: 401 })
    const refused = await city.get('/geraet', { cookies })
    expect(refused.status).toBe(401)
    expect(refused.body).toContain('Dieses Gerät ist außer Betrieb')
  })

  it('rename and withdraw it; a withdrawn one takes no further key', async () => {
    const { id, key } = await device('pickup')
    await city.post(`/workbench/geraete/${id}`, { name: 'Fächer im Foyer' }, { as: ADMIN })
    const empty = await city.post(`/workbench/geraete/${id}`, { name: ' ' }, { as: ADMIN })
    expect([empty.status, empty.body.includes('Bitte geben Sie dem Gerät einen Namen')]).toEqual([422, true])
    await city.post(`/workbench/geraete/${id}/entziehen`, {}, { as: ADMIN })
    const shown = await city.get(`/workbench/geraete/${id}`, { as: ADMIN })
    expect(shown.body).toContain('Fächer im Foyer')
    expect(shown.body).toContain('Das Gerät ist entzogen.')
    const more = await city.post(`/workbench/geraete/${id}/zugang`, { zweck: 'key' }, { as: ADMIN })
    expect(more.location).toBe(`/workbench/geraete/${id}`)
    expect(await tryKey('/api/v1/devices/self', key)).toMatchObject({ status: 401 })
  })

  it('see and change the devices of their own offices alone', async () => {
    const foreign = await device('kiosk')
    const own = await device('kiosk', 'standesamt')
    const list = await city.get('/workbench/geraete', { as: HEAD })
    expect(list.body).toContain(own.id)
    expect(list.body).not.toContain(foreign.id)
    expect((await city.get('/workbench/geraete.csv', { as: HEAD })).body).not.toContain(foreign.id)
    expect((await city.post(`/workbench/geraete/${foreign.id}/entziehen`, {}, { as: HEAD })).status).toBe(404)
    expect(await tryKey('/api/v1/devices/self', foreign.key)).toMatchObject({ status: 200 })
    const elsewhere = { id: newId(), name: 'X', dienststelle: OFFICE, art: 'kiosk', anmeldung: 'key' }
    expect((await city.post('/workbench/geraete/neu', elsewhere, { as: HEAD })).status).toBe(422)
  })
})

describe('in the hall, a page without a way into the portal', () => {
  const PAGES = { display: '/aufruf', kiosk: '/kiosk', pickup: '/abholung/terminal' } as const
  const isBare = (body: string) => !/<a\s|<nav|<form|<header/.test(body)
  const browser = async (kind: DeviceKind) => {
    const { id } = await device(kind)
    const set = await city.post(`/geraet/einrichten/${(await issueSecret(ctx, id, 'set-up'))!}`)
    return { id, cookies: { rathaus_device: set.cookies['rathaus_device']! } }
  }

  it.each(Object.entries(PAGES))(
    '%s: withdrawn or never set up, it says so and asks again by itself',
    async (kind, path) => {
      const { id, cookies: withdrawn } = await browser(kind as DeviceKind)
      await withdrawDevice(ctx, id)
      for (const cookies of [{}, withdrawn]) {
        const answer = await city.get(path, { cookies })
        expect(answer.status).toBe(401)
        expect(answer.body).toContain('Dieses Gerät ist außer Betrieb')
        expect(answer.body).toContain('Bitte wenden Sie sich an den Schalter.')
        expect(answer.body).toContain(`<noscript><meta http-equiv="refresh" content="60; url=${path}"></noscript>`)
        expect(isBare(answer.body)).toBe(true)
        expect(complaints(answer.body)).toEqual([])
      }
      const english = await city.get(`/en${path}`)
      expect(english.body).toContain('This device is out of service')
      expect(english.body).toContain(`data-to="/en${path}"`)
    },
  )

  it('of another kind or another office it says the same', async () => {
    const { cookies } = await browser('kiosk')
    for (const path of ['/abholung/terminal', '/kiosk/standesamt']) {
      const answer = await city.get(path, { cookies })
      expect([answer.status, isBare(answer.body)]).toEqual([403, true])
      expect(answer.body).toContain('Dieses Gerät ist außer Betrieb')
    }
  })

  it('whoever is signed in reads what is wrong, with the way back; a program reads its problem', async () => {
    const clerk = await city.get('/abholung/terminal', { as: 'jonas.keller@musterstadt.example' })
    expect([clerk.status, isBare(clerk.body)]).toEqual([401, false])
    expect(clerk.body).toContain('Dieses Gerät ist nicht eingerichtet')
    const program = await city.get('/kiosk', { headers: { accept: 'application/json' } })
    expect(program.headers['content-type']).toContain('application/problem+json')
  })
})
