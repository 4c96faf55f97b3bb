import { afterEach, expect, test } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { expectedAt } from './testing/expected.ts'
import { waitingRoom } from './testing/waiting-room.ts'

// A Wednesday, not long before the office closes.
const city = await testCity({ seed: true })
city.clock.set('2030-03-13T12:35:00+01:00')
const room = await waitingRoom(city, 'verkehr')
const clerk = room.clerks[0]!.email
const { bookingIn, show } = expectedAt(city, 'verkehr', clerk)
await room.empty()

const desk = (was: string) => city.post('/workbench/aufruf/nummern', { was }, { as: clerk })
const page = async (path: string) => (await city.get(path, { as: clerk })).body
const isFull = async () => (await city.json('GET', '/api/v1/queue/offices/verkehr/waiting')).json().isFull as boolean
const before = city.clock.now().toString()

afterEach(async () => {
  city.clock.set(before)
  await desk('ausgeben')
})

test('where no more can be called today a clerk stops the numbers: terminal, office and programs say so, appointments go on', async () => {
  expect(await isFull()).toBe(false)
  expect((await desk('keine')).status).toBe(303)
  await desk('keine')
  expect(await page('/workbench/aufruf')).toContain('Heute werden keine Wartenummern mehr ausgegeben.')
  const kiosk = await page('/kiosk/verkehr')
  expect(kiosk).toContain('Heute gibt es keine Wartenummern mehr.')
  expect(kiosk).not.toContain('name="service"')
  expect((await room.draw()).json()).toMatchObject({ status: 409, type: '/api/v1/problems/office-full' })
  // Whoever has touched a matter before the page knew.
  const late = await city.post('/kiosk/verkehr', { service: room.service, people: '1' }, { as: clerk })
  expect([late.status, late.body.includes('buchen Sie einen Termin')]).toEqual([409, true])
  expect((await city.get('/dienststellen/verkehr')).body).toContain('Mit einem Termin sind Sie willkommen.')
  expect(await isFull()).toBe(true)
  await bookingIn(0, 'FVLLHAVS')
  expect((await show('FVLLHAVS')).status).toBe(201)
  await desk('ausgeben')
  expect((await room.draw()).status).toBe(201)
  const { db } = await city.ctx()
  const traces = await many(
    db,
    sql<{ action: string }>`select action from audit_entry where subject = 'office:verkehr' order by position`,
  )
  expect(traces.map(({ action }) => action)).toEqual(['queue.numbers-stopped', 'queue.numbers-given'])
})

test('after hours the office page says how long one waits, but not where numbers were stopped', async () => {
  const office = async () => (await city.get(`/dienststellen/verkehr?um=${city.clock.now().toString()}`)).body
  await room.draw()
  await room.next(clerk)
  city.clock.advance({ minutes: 28 })
  expect(await office()).toContain('Auch außerhalb der Öffnungszeiten')
  await desk('keine')
  expect(await office()).not.toContain('Wartezeit ohne Termin')
  await room.empty()
})

test('the next day there are numbers again by themselves', async () => {
  await desk('keine')
  expect(await isFull()).toBe(true)
  city.clock.advance({ days: 1 })
  expect(await isFull()).toBe(false)
})

test('programs of the office stop them, too; those of other offices do not', async () => {
  const set = (areGiven: unknown, as: string) => room.json('PUT', '/offices/verkehr/numbers', { areGiven }, { as })
  const stranger = (await waitingRoom(city, 'finanzen')).clerks[0]!.email
  expect((await set(false, stranger)).status).toBe(404)
  expect((await set('nein', clerk)).status).toBe(400)
  expect(await isFull()).toBe(false)
  expect((await set(false, clerk)).json()).toEqual({ areGiven: false })
  expect(await isFull()).toBe(true)
  expect((await room.json('PUT', '/offices/nirgends/numbers', { areGiven: false }, { as: clerk })).status).toBe(404)
})

test('who draws a number shortly before it closes reads that they may not be called today', async () => {
  const words = 'vielleicht nicht mehr heute'
  expect(await page('/kiosk/verkehr')).not.toContain(words)
  city.clock.advance({ minutes: 20 })
  for (const _ of room.clerks) await room.draw()
  await room.draw()
  expect(await page('/kiosk/verkehr')).toContain(words)
  expect(await page('/en/kiosk/verkehr')).toContain('you may not be called today')
  await room.empty()
})
