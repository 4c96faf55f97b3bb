import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine, as the demo city was made.
const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const clerk = room.clerks[0]!.email
await room.empty()

/** A booking of the office with a code, so many minutes from now. */
async function bookingIn(minutes: number, code: string): Promise<string> {
  const { db, clock } = await city.ctx()
  const at = clock.now().add({ minutes })
  const { id } = await one(
    db,
    sql<{ id: string }>`update appointments_booking set starts_at = ${at}, ends_at = ${at.add({ minutes: 15 })},
        arrival_code = ${code}, attended_at = null
      where id = (select b.id from appointments_booking b where b.office = 'verkehr' and b.state = 'booked'
        and b.starts_at > ${clock.now().add({ hours: 48 })} order by b.id limit 1)
      returning id`,
  )
  return id
}

const show = (code: string, office = 'verkehr', as = clerk) =>
  city.json('POST', `/api/v1/queue/offices/${office}/visits`, { code }, { as })
const atKiosk = (fields: Record<string, string | string[]>, as = clerk) => city.post('/kiosk/verkehr', fields, { as })

describe('somebody with an appointment', () => {
  test('is not taken for somebody without one: a code and a service together are refused', async () => {
    const both = { code: 'CDEFGH23', service: ['reisepass'] }
    const refused = await city.json('POST', '/api/v1/queue/offices/verkehr/visits', both, { as: clerk })
    expect(refused.json()).toMatchObject({ status: 422, errors: [{ pointer: '#/service' }] })
  })

  test.each([
    ['comes early', 20, 'early'],
    ['comes at the time', 0, 'on-time'],
    ['comes a little late and keeps the time', -14, 'on-time'],
    ['comes much too late and counts from now', -16, 'late'],
  ])('%s', async (_name, minutes, kind) => {
    const code = `CDEF${String(minutes + 50)}GH`
    const id = await bookingIn(minutes, code)
    const arrived = await show(code.toLowerCase())
    expect([arrived.status, arrived.json().kind]).toEqual([201, kind])
    const { due, attended } = await one(
      (await city.ctx()).db,
      sql<{ due: Temporal.Instant; attended: Temporal.Instant | null }>`
        select v.due_at as due, b.attended_at as attended from queue_visit v join appointments_booking b on b.id = v.booking
        where b.id = ${id}::uuid`,
    )
    expect(due.equals(city.clock.now().add({ minutes: kind === 'late' ? 0 : minutes }))).toBe(true)
    expect(attended).not.toBeNull()
  })

  test('was called in vain: the desk still says when the appointment is, and not when they are called again', async () => {
    await room.empty()
    await bookingIn(0, 'MISSEDIT')
    const { time } = await one(
      (await city.ctx()).db,
      sql<{ time: string }>`select to_char(starts_at at time zone 'Europe/Berlin', 'HH24:MI') as time
        from appointments_booking where arrival_code = 'MISSEDIT'`,
    )
    const { id } = (await show('MISSEDIT')).json()
    await room.next(clerk)
    city.clock.advance({ minutes: 3 })
    await room.does(clerk, id, 'not-there')
    expect((await city.get('/workbench/aufruf', { as: clerk })).body).toContain(`Termin ${time}`)
    expect((await city.get(`/workbench/aufruf/besuch/${id}`, { as: clerk })).body).toContain(`Termin ${time}`)
    city.clock.advance({ minutes: -3 })
  })

  test('and has come can neither cancel nor move it: its page says their number, and leads to how it stands', async () => {
    const id = await bookingIn(20, 'HERENWAT')
    await sql`update appointments_booking set code_hash = sha256('geheim') where id = ${id}::uuid`.execute(
      (await city.ctx()).db,
    )
    const opened = await city.get(`/termine/${id}?code=geheim`)
    const mine = { cookies: opened.cookies }
    const page = async () => (await city.get(`/termine/${id}`, mine)).body
    expect(await page()).toContain(`/termine/${id}/absage`)
    const { ticket, id: visit } = (await show('HERENWAT')).json()
    expect(await page()).toContain(`Sie sind angemeldet. Ihre Nummer ist ${ticket}.`)
    expect(await page()).not.toMatch(/absage|verschieben/)
    expect((await city.get(`/termine/${id}/absage`, mine)).location).toBe(`/termine/${id}`)
    expect((await city.post(`/termine/${id}/absage`, { sequence: '0' }, mine)).status).toBe(409)
    const cancelled = await city.json('DELETE', `/api/v1/appointments/bookings/${id}?code=geheim`)
    expect([cancelled.status, cancelled.json().type]).toEqual([409, '/api/v1/problems/not-changeable'])
    expect(await room.state(visit)).toBe('waiting')
    const { location } = await city.post(`/termine/${id}/wartenummer`, {}, mine)
    const phone = (await city.get(location)).body
    expect(phone).toContain('Diese Seite zeigt nur, wie es steht.')
    expect(phone).toContain(ticket.slice(2))
    // Whoever does not hold the booking gets no number.
    expect((await city.post(`/termine/${id}/wartenummer`)).status).toBe(404)
    for (const does of ['begin', 'finish']) {
      if (does === 'begin') await room.json('POST', '/calls', { visit }, { as: clerk })
      await room.does(clerk, visit, does)
    }
    expect(await page()).toContain('Zu diesem Termin haben Sie sich schon angemeldet.')
    expect((await city.post(`/termine/${id}/wartenummer`, {}, mine)).location).toBe(`/termine/${id}`)
  })

  test('noted as here by mistake is expected again, and can be noted once more; whoever was called cannot be undone', async () => {
    const id = await bookingIn(20, 'UNNWRNGC')
    const { id: visit } = (await show('UNNWRNGC')).json()
    const path = `/workbench/aufruf/besuch/${visit}`
    expect((await city.get(path, { as: clerk })).body).toContain('Doch nicht angekommen')
    expect((await city.post(`${path}/nicht-angekommen`, {}, { as: clerk })).status).toBe(303)
    const { attended } = await one(
      (await city.ctx()).db,
      sql<{ attended: unknown }>`select attended_at as attended from appointments_booking where id = ${id}::uuid`,
    )
    expect(attended).toBeNull()
    expect((await city.get('/workbench/aufruf', { as: clerk })).body).toContain(`value="${id}"`)
    expect((await city.get(path, { as: clerk })).status).toBe(404)
    expect((await city.post(`${path}/nicht-angekommen`, {}, { as: clerk })).status).toBe(404)
    const again = (await show('UNNWRNGC')).json()
    expect([again.kind, again.id === visit]).toEqual(['early', false])
    await room.json('POST', '/calls', { visit: again.id }, { as: clerk })
    expect((await room.does(clerk, again.id, 'not-arrived')).json().type).toBe('/api/v1/problems/visit-moved-on')
    const walkIn = (await room.draw()).json()
    expect((await room.does(clerk, walkIn.id, 'not-arrived')).status).toBe(409)
    expect((await city.get(`/workbench/aufruf/besuch/${walkIn.id}`, { as: clerk })).body).not.toContain('Doch nicht')
    await room.empty()
  })

  test('shows the same code twice, also at two terminals at once, and has one number', async () => {
    await bookingIn(5, 'TWICETWI')
    const [a, b] = await Promise.all([show('TWICETWI'), show('TWICETWI')])
    const again = await show('twice-twi')
    expect(new Set([a, b, again].map((answer) => answer.json().ticket)).size).toBe(1)
    expect([a, b].map((answer) => answer.json().kind).toSorted()).toEqual(['again', 'early'])
    expect(again.json().kind).toBe('again')
  })

  test('shows it once more and gets a QR code again, which shows how the ticket stands and changes nothing', async () => {
    await bookingIn(5, 'GLANCE22')
    const first = (await show('GLANCE22')).json()
    const at = (await atKiosk({ code: 'GLANCE22' })).location
    expect(at).toContain('art=again')
    const ticket = await city.get(at, { as: clerk })
    expect(ticket.body).toMatch(/class="qu-qr"[^>]*><svg/)
    const code = /nummer\/([\w-]+)/.exec(at)![1]!
    const page = await city.get(`/warten/${code}`)
    expect(page.body).toContain(first.ticket.slice(2))
    expect(page.body).toContain('Diese Seite zeigt nur, wie es steht.')
    expect(page.body).not.toMatch(/wunsch=|benachrichtigen/)
    const told = await city.json('GET', `/api/v1/queue/tickets/${code}`)
    expect(told.json()).toMatchObject({ ticket: first.ticket, state: 'waiting' })
    // Whoever finds the code of an appointment does not get at the ticket of who has come with it.
    expect((await city.get(`/warten/${code}?wunsch=aufgeben`)).body).not.toContain('Nummer abgeben')
    expect((await city.post(`/warten/${code}/aufgeben`)).status).toBe(404)
    expect((await city.post(`/warten/${code}/bescheid`, { contact: 'x@example.org' })).status).toBe(404)
    expect((await city.json('DELETE', `/api/v1/queue/tickets/${code}`)).status).toBe(404)
    expect(
      (
        await city.json('POST', `/api/v1/queue/tickets/${code}/browsers`, {
          endpoint: 'https://x.example',
          keys: { p256dh: 'x', auth: 'x' },
        })
      ).status,
    ).toBe(404)
    expect(await room.state(first.id)).toBe('waiting')
    // The first one stays valid, and each scan gives another.
    expect((await city.json('DELETE', `/api/v1/queue/tickets/${first.code}`)).status).toBe(200)
    const back = (await show('GLANCE22')).json()
    expect([back.kind, back.ticket, back.code === code]).toEqual(['back', first.ticket, false])
  })

  test('was called in vain, comes back and waits again; who has been served does not', async () => {
    const booking = await bookingIn(2, 'BACKAGAN')
    const { id, ticket } = (await show('BACKAGAN')).json()
    const { db } = await city.ctx()
    await sql`update queue_visit set state = 'absent' where id = ${id}::uuid`.execute(db)
    expect((await show('BACKAGAN')).json()).toMatchObject({ kind: 'back', ticket })
    await sql`update queue_visit set state = 'done' where booking = ${booking}::uuid`.execute(db)
    expect((await show('BACKAGAN')).json().type).toBe('/api/v1/problems/arrival-done')
  })

  test.each([
    ['of another day', async () => void (await bookingIn(60 * 24, 'OTHERDAY')), 'OTHERDAY', 409, /14\. März 2030/],
    ['that nobody has', async () => undefined, 'NOBODYS2', 404, /kennen wir nicht/],
    ['that is none at all', async () => undefined, `https://example.org/${'x'.repeat(150)}`, 404, /kennen wir nicht/],
    ['of nothing', async () => undefined, '  ', 422, /geben Sie den Code/],
    [
      'of a cancelled appointment',
      async () => {
        const id = await bookingIn(5, 'CANCELED')
        await sql`update appointments_booking set state = 'cancelled' where id = ${id}::uuid`.execute(
          (await city.ctx()).db,
        )
      },
      'CANCELED',
      409,
      /abgesagt/,
    ],
    [
      'of another office',
      async () => {
        const id = await bookingIn(5, 'ELSEWHER')
        await sql`update appointments_booking set office = 'finanzen' where id = ${id}::uuid`.execute(
          (await city.ctx()).db,
        )
      },
      'ELSEWHER',
      409,
      /Stadtkasse und Steueramt, [^<]*\d Uhr/,
    ],
  ])('shows a code %s and reads what to do', async (_name, prepare, code, status, words) => {
    await prepare()
    const answer = await atKiosk({ code })
    expect(answer.status).toBe(status)
    expect(answer.body).toMatch(words)
    const { visits } = await one(
      (await city.ctx()).db,
      sql<{
        visits: number
      }>`select count(*)::int as visits from queue_visit v join appointments_booking b on b.id = v.booking
        where b.arrival_code = ${code}`,
    )
    expect(visits).toBe(0)
  })

  test('is found by the clerk in the list of the day, who knows the name', async () => {
    const id = await bookingIn(10, 'LISTLIST')
    await sql`update appointments_booking set name = 'Ida Wartmann' where id = ${id}::uuid`.execute(
      (await city.ctx()).db,
    )
    expect((await city.get('/workbench/aufruf', { as: clerk })).body).toContain('Ida Wartmann')
    expect((await city.post('/workbench/aufruf/ankunft', { booking: id }, { as: clerk })).location).toBe(
      '/workbench/aufruf',
    )
    const desk = await city.get('/workbench/aufruf', { as: clerk })
    expect(desk.body).not.toContain('Ida Wartmann')
    const refused = await city.post('/workbench/aufruf/ankunft', { booking: 'x' }, { as: clerk })
    expect(refused.status).toBe(404)
  })
})

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
    expect(ticket).toMatch(/qu-ticket__number[^]*, [^<]*· 3 Personen/)

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
    await counters(true)
    expect(await kiosk()).toContain('name="service"')
    expect((await room.draw()).status).toBe(201)
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

test('everybody may know how many wait and who was called, and nobody’s name', async () => {
  await room.empty()
  const { ticket } = (await room.draw()).json()
  const { id } = (await room.next(clerk)).json().visit
  expect((await room.draw()).json().minutes).toSatisfy(Number.isInteger)
  const { people, openCounters, services, calls } = (
    await city.json('GET', '/api/v1/queue/offices/verkehr/waiting')
  ).json()
  expect([people, calls[0].ticket, calls[0].counter]).toEqual([1, ticket, 'Schalter 1'])
  expect(openCounters).toBeGreaterThan(1)
  // So does the page of the office, in words.
  expect((await city.get('/dienststellen/verkehr')).body).toMatch(/Wartezeit ohne Termin[^]*Zurzeit (?:etwa|ohne)/)
  expect(services.find((one: { service: string }) => one.service === room.service).minutes).toBeGreaterThanOrEqual(0)
  await room.does(clerk, id, 'begin')
  await room.does(clerk, id, 'finish')
  expect((await city.json('GET', '/api/v1/queue/offices/nowhere/waiting')).status).toBe(404)
})

test('the demo has 120 counters, and 60 days of visits behind it', async () => {
  const { db } = await city.ctx()
  const counters = await many(
    db,
    sql<{ count: number }>`select count(*)::int as count from queue_counter group by office`,
  )
  expect(counters.reduce((sum, { count }) => sum + count, 0)).toBe(120)
  const visits = await many(
    db,
    sql<{ count: number }>`select count(*)::int as count from queue_visit where state = 'done' group by office`,
  )
  expect(visits).toHaveLength(counters.length)
  expect(Math.min(...visits.map(({ count }) => count))).toBeGreaterThan(500)
})
