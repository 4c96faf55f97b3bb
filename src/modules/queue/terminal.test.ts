import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { expectedAt } from './testing/expected.ts'
import { waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine, as the demo city was made.
const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const clerk = room.clerks[0]!.email
const { bookingIn, atKiosk } = expectedAt(city, 'verkehr', clerk)
await room.empty()

describe('the terminal', () => {
  test('is for staff of the house and its own devices, not for the internet', async () => {
    const stranger = (await waitingRoom(city, 'finanzen')).clerks[0]!.email
    expect((await city.get('/kiosk/verkehr')).status).toBe(401)
    expect((await city.get('/kiosk/verkehr', { as: 'anna.becker@musterstadt.example' })).status).toBe(401)
    expect((await city.get('/kiosk/verkehr', { as: stranger })).status).toBe(404)
    expect((await city.post('/kiosk/verkehr', { service: room.service })).status).toBe(401)
    expect((await city.json('POST', '/api/v1/queue/offices/verkehr/visits', { service: [room.service] })).status).toBe(
      401,
    )
  })

  test('gives a number with one touch, says it in words, and forgets it', async () => {
    const drawn = await atKiosk({ service: room.service, people: '2' })
    const ticket = await city.get(drawn.location, { as: clerk })
    const [, number] = /<p class="qu-ticket__ticket"[^>]*>.*?>A (\d{3})</.exec(ticket.body)!
    expect(ticket.body).toContain(`Ihre Nummer ist A ${Number(number)}`)
    expect(ticket.body).toContain('2 Personen')
    const code = /nummer\/([\w-]+)/.exec(drawn.location)![1]!
    const path = `/warten/${code}`
    // On the terminal nothing leads to a page on which somebody's place can be given up.
    expect(ticket.body).not.toContain(path)
    expect((await city.get(path)).body).toContain(`A ${number}`)
    city.clock.advance({ minutes: 3 })
    const later = await city.get(drawn.location, { as: clerk })
    expect([later.status, later.body.includes(`A ${number}`)]).toEqual([410, false])
  })

  test('takes several matters for one number, and says so where one team cannot do them together', async () => {
    expect((await city.get('/kiosk/verkehr', { as: clerk })).body).toContain('formmethod="get" name="mehrere"')
    const page = await city.get('/kiosk/verkehr?people=3&mehrere=1', { as: clerk })
    expect(page.body).toMatch(/value="3" checked/)
    const services = [...page.body.matchAll(/type="checkbox"[^>]*value="([^"]+)"/g)].map(([, slug]) => slug!)
    const { db } = await city.ctx()
    const teams = await many(
      db,
      sql<{ services: string[] }>`select services from appointments_team where office = 'verkehr' order by id`,
    )
    const own = teams.find((team) => team.services.length > 1)!.services.slice(0, 2)
    expect(services).toEqual(expect.arrayContaining(own))
    const drawn = await atKiosk({ mehrere: '1', people: '3', service: own })
    const ticket = (await city.get(drawn.location, { as: clerk })).body
    expect(ticket).toMatch(/qu-ticket__number[^]*, [^<]*· <span[^>]*>3 Personen/)

    const none = await atKiosk({ mehrere: '1', people: '3' })
    expect([none.status, none.body.includes('Bitte tippen Sie auf mindestens ein Anliegen.')]).toEqual([422, true])
    expect(none.body).toContain('type="checkbox"')
    // A scan presses Enter whatever is ticked: it is no wish for a number.
    expect((await atKiosk({ service: own, code: '' })).status).toBe(422)
    const shared = await one(
      db,
      sql<{ office: string; first: string; second: string }>`
        select a.office, a.services[1] as first, (select s from unnest(b.services) s where not s = any(a.services) limit 1) as second
        from appointments_team a join appointments_team b on b.office = a.office and b.id <> a.id
        where not a.services[1] = any(b.services) and not a.services @> b.services limit 1`,
    )
    const as = (await waitingRoom(city, shared.office)).clerks[0]!.email
    const apart = { mehrere: '1', people: '1', service: [shared.first, shared.second] }
    const refused = await city.post(`/kiosk/${shared.office}`, apart, { as })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Für diese Anliegen sind verschiedene Teams da.')
  })

  test('does not keep a code that was refused, and knows no matter of another house', async () => {
    const wrong = await atKiosk({ code: 'falsch"><b>' })
    expect(wrong.status).toBe(404)
    expect(wrong.body).not.toContain('falsch')
    expect((await atKiosk({ service: 'constructor' })).status).toBe(422)
    expect((await atKiosk({ service: room.service, people: '99' })).status).toBe(422)
    expect((await atKiosk({ service: room.service, people: 'NaN' })).status).toBe(422)
  })
})

describe('outside of the opening hours', () => {
  const at = (time: string, day = '2030-03-13') => city.clock.set(`${day}T${time}+01:00`)
  const counters = async (isOpen: boolean) =>
    sql`update queue_counter set is_open = ${isOpen} and clerk is not null where office = 'verkehr'`.execute(
      (await city.ctx()).db,
    )
  const before = city.clock.now().toString()
  const kiosk = async () => (await city.get('/kiosk/verkehr', { as: clerk })).body
  beforeEach(() => counters(false))
  afterEach(async () => {
    city.clock.set(before)
    await counters(true)
  })

  test.each([
    ['at night', '00:50', 'Geschlossen, öffnet heute um 08:00 Uhr.', '2030-03-13'],
    ['on a Saturday', '10:00', 'Geschlossen, öffnet Montag um 08:00 Uhr.', '2030-03-09'],
  ])('%s the terminal says when it opens, and gives no number', async (_name, time, words, day) => {
    at(time, day)
    const body = await kiosk()
    expect(body).toContain(words)
    expect(body).not.toContain('name="service"')
    const refused = await atKiosk({ service: room.service })
    expect(refused.status).toBe(409)
    expect(refused.body).toMatch(/Diese Dienststelle ist gerade geschlossen\.[^]*Ohne Termin: öffnet/)
    expect((await room.draw()).json()).toMatchObject({ status: 409, type: '/api/v1/problems/office-closed' })
    expect((await room.json('GET', '/open-offices', undefined, { as: clerk })).json().offices).not.toContainEqual(
      expect.objectContaining({ office: 'verkehr' }),
    )
  })

  test('numbers are drawn from half an hour before it opens, and whenever somebody sits at a counter', async () => {
    at('07:29')
    expect((await room.draw()).status).toBe(409)
    at('07:30')
    expect(await kiosk()).toContain('name="service"')
    expect((await room.draw()).status).toBe(201)
    at('00:50')
    const officePage = async () => (await city.get('/dienststellen/verkehr')).body
    expect(await officePage()).not.toContain('Wartezeit ohne Termin')
    await counters(true)
    expect(await kiosk()).toContain('name="service"')
    expect((await room.draw()).status).toBe(201)
    // Whoever sits there may have forgotten to leave the counter; who calls people has not.
    expect(await officePage()).not.toContain('Wartezeit ohne Termin')
    expect((await room.next(clerk)).status).toBe(200)
    expect(await officePage()).toMatch(
      /Geschlossen[^]*Wartezeit ohne Termin[^]*gerade jemand für Sie da[^]*Zurzeit (?:etwa|ohne)/,
    )
    at('01:51')
    expect(await officePage()).not.toContain('Wartezeit ohne Termin')
    await room.empty()
  })

  test('on a closing day there is none, also at the hours of other days', async () => {
    const { db } = await city.ctx()
    await sql`insert into appointments_closure (id, office, first_day, last_day, reason)
      values (gen_random_uuid(), 'verkehr', '2030-03-13', '2030-03-13', 'Umzug')`.execute(db)
    expect(await kiosk()).toContain('Geschlossen, heute ist Schließtag, öffnet')
    expect((await room.draw()).status).toBe(409)
    await sql`delete from appointments_closure where reason = 'Umzug'`.execute(db)
  })

  test('the code of an appointment is taken, and says when that is instead of counting minutes', async () => {
    at('00:50')
    await bookingIn(430, 'FRUEHDA2')
    const drawn = await atKiosk({ code: 'FRUEHDA2' })
    expect(drawn.status).toBe(303)
    const ticket = (await city.get(drawn.location, { as: clerk })).body
    expect(ticket).toContain('Ihr Termin ist um 08:00 Uhr')
    const phone = (await city.get(`/warten/${/nummer\/([\w-]+)/.exec(drawn.location)![1]!}`)).body
    expect(phone).toContain('Ihr Termin ist um 08:00 Uhr')
    for (const page of [ticket, phone]) expect(page).not.toMatch(/Wartezeit|kein Schalter/)
    // Shown again: the same. With a counter open nobody counts the minutes until then, either.
    await counters(true)
    const again = (await city.get((await atKiosk({ code: 'FRUEHDA2' })).location, { as: clerk })).body
    expect(again).toContain('Ihr Termin ist um 08:00 Uhr.')
    expect(again).not.toMatch(/Wartezeit/)
  })
})
