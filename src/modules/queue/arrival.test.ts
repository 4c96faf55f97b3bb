import { describe, expect, test } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { expectedAt } from './testing/expected.ts'
import { waitingRoom } from './testing/waiting-room.ts'

// A Wednesday at half past nine, as the demo city was made.
const city = await testCity({ seed: true })
const room = await waitingRoom(city, 'verkehr')
const clerk = room.clerks[0]!.email
const { bookingIn, show, atKiosk } = expectedAt(city, 'verkehr', clerk)
await room.empty()

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

  test('is spoken to by name at the counter, whatever has become of them; halls and telephones say none', async () => {
    const id = await bookingIn(0, 'NAMEDHER')
    const { db } = await city.ctx()
    await sql`update appointments_booking set name = 'Ilse Zwölfer' where id = ${id}::uuid`.execute(db)
    const { id: visit, code } = (await show('NAMEDHER')).json() as { id: string; code: string }
    const names = async (path: string) => (await city.get(path, { as: clerk })).body.includes('Ilse Zwölfer')
    const desk = () => names('/workbench/aufruf')
    expect(await names(`/workbench/aufruf/besuch/${visit}`)).toBe(true)
    await room.json('POST', '/calls', { visit }, { as: clerk })
    expect(await desk()).toBe(true)
    for (const path of ['/aufruf/verkehr', `/warten/${code}`]) expect(await names(path)).toBe(false)
    await room.does(clerk, visit, 'begin')
    await room.does(clerk, visit, 'park')
    expect(await desk()).toBe(true)
    await room.does(clerk, visit, 'take-back')
    await room.does(clerk, visit, 'begin')
    await room.does(clerk, visit, 'finish')
    expect(await desk()).toBe(false)
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
    expect((await city.post(`${path}/nicht-angekommen`, {}, { as: clerk })).status).toBe(409)
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

  test('gets a QR code by each scan, of which the last five show how it stands; the one of the arrival stays valid', async () => {
    const booking = await bookingIn(5, 'GLANCE33')
    const first = (await show('GLANCE33')).json() as { id: string; code: string }
    const codes: string[] = []
    for (let i = 0; i < 7; i += 1) codes.push((await show('GLANCE33')).json().code)
    const status = async (code: string) => (await city.get(`/warten/${code}`)).status
    expect(await Promise.all(codes.map(status))).toEqual([404, 404, 200, 200, 200, 200, 200])
    expect((await city.get(`/warten/${codes[0]}`)).body).toContain('bekommt einen neuen QR-Code')
    expect(await status(first.code)).toBe(200)
    // Also at several terminals at once, and with those from the page of the booking.
    const { db } = await city.ctx()
    await sql`update appointments_booking set code_hash = sha256('blick') where id = ${booking}::uuid`.execute(db)
    const { cookies } = await city.get(`/termine/${booking}?code=blick`)
    const opened = Array.from({ length: 4 }, () => city.post(`/termine/${booking}/wartenummer`, {}, { cookies }))
    await Promise.all([...opened, show('GLANCE33'), show('GLANCE33')])
    await show('GLANCE33')
    const kept = await many(db, sql`select 1 from queue_glance where visit = ${first.id}::uuid`)
    expect(kept).toHaveLength(5)
    await room.empty()
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
