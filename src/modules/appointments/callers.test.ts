import { beforeAll, describe, expect, test } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { mailsTo } from './testing/booked.ts'
import { at, BIRGIT, fieldsOn, freshDesk, LAURA, type Desk, type Typed } from './testing/desk.ts'
import { visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const SEARCH = '/workbench/termine/suche'
const BOOKINGS = '/workbench/termine/buchungen'
const search = (q: string, as = LAURA, more = '') => city.get(`${SEARCH}?q=${encodeURIComponent(q)}${more}`, { as })
const send = (to: string, fields: Typed, as = LAURA) => city.post(to, fields, { as })

let desk: Desk
let id: string
beforeAll(async () => {
  desk = await freshDesk(city)
  id = await desk.book(at(desk.mondays[0]!, '08:00'), 'caller@example.org')
  await update(sql`name = 'Jürgen Groß-Øster', telephone = '+49 (0)171 / 2345678', arrival_code = 'ABCD2345'`)
})

const update = async (set: ReturnType<typeof sql>) =>
  many((await city.ctx()).db, sql`update appointments_booking set ${set} where id = ${id}::uuid`)

describe('somebody calls about an appointment', () => {
  test.each(['juergen gross', 'Oster', 'caller@example.org', '0171 2345678', 'abcd-2345'])(
    'which is found by %s',
    async (q) => expect((await search(q)).body).toContain(`${BOOKINGS}/${id}?suche=`),
  )

  test('by two short words, each from its beginning', async () => {
    await update(sql`name = 'Li Wu'`)
    const [found, within] = [await search('wu li'), await search('u li')]
    await update(sql`name = 'Jürgen Groß-Øster'`)
    expect([found.body.includes(id), within.body.includes(id)]).toEqual([true, false])
  })

  test('by its number, too, and on its day alone; nobody else gets it', async () => {
    const day = desk.mondays[0]!
    expect((await search(id)).body).toContain('Jürgen')
    expect((await search('Jürgen', LAURA, `&tag=${day.toString()}`)).body).toContain(id)
    expect((await search('Jürgen', LAURA, `&tag=${day.add({ days: 1 }).toString()}`)).body).not.toContain(id)
    for (const q of [id, 'Jürgen Groß-Øster', 'caller@example.org'])
      expect((await search(q, BIRGIT)).body).toContain('Kein Termin gefunden')
    expect((await city.get(SEARCH, { as: 'anna.becker@musterstadt.example' })).status).toBe(403)
  })

  test('too little and a day that is none are refused at their fields, too many are said so', async () => {
    for (const q of ['J', 'Li', 'L W']) expect((await search(q)).body).toContain('mindestens drei Buchstaben')
    expect((await search('Jürgen', LAURA, '&tag=morgen')).status).toBe(422)
    expect((await search('maier', 'admin@musterstadt.example')).body).toContain('Mehr als 30 Termine')
    expect((await search('%%%')).status).toBe(422)
  })

  test('each search is noted with the appointments that it showed, and not with what was typed', async () => {
    await search('0171 2345678')
    const entries = await many(
      (await city.ctx()).db,
      sql<{
        data: unknown
      }>`select data from audit_entry where action = 'appointments.searched' order by position desc limit 1`,
    )
    expect(entries).toEqual([{ data: { by: 'telephone', shown: [id] } }])
  })

  test('its confirmation is sent once more and opens it; an old version of the page sends nothing', async () => {
    const form = fieldsOn(await city.get(`${BOOKINGS}/${id}`, { as: LAURA }))
    expect((await send(`${BOOKINGS}/${id}/bestaetigung`, { ...form, sequence: '99' })).status).toBe(409)
    expect((await send(`${BOOKINGS}/${id}/bestaetigung`, form, BIRGIT)).status).toBe(404)
    expect((await send(`${BOOKINGS}/${id}/bestaetigung`, form)).location).toContain('erledigt=gesendet')
    const mails = await mailsTo(await city.ctx(), 'caller@example.org')
    expect(mails.at(-1)!.subject).toContain('Ihr Termin am')
    expect((await visitorOf(city).get(mails.at(-1)!.path!)).body).toContain('Termin verschieben')
  })

  test('a mistyped address is mended: the new one gets the confirmation, the old one opens nothing; the name stays', async () => {
    const ctx = await city.ctx()
    const before = (await mailsTo(ctx, 'caller@example.org')).at(-1)!.path!
    const page = await city.get(`${BOOKINGS}/${id}`, { as: LAURA })
    expect(page.body.indexOf('/kontakt"')).toBeLessThan(page.body.indexOf('/absage"'))
    const form = fieldsOn(page)
    const wrong = await send(`${BOOKINGS}/${id}/kontakt`, { ...form, email: 'nirgends' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('value="nirgends"')
    const mended = await send(`${BOOKINGS}/${id}/kontakt`, { ...form, email: 'right@example.org', name: 'Otto Anders' })
    expect(mended.location).toContain('erledigt=berichtigt')
    const [mail] = await mailsTo(ctx, 'right@example.org')
    const opened = await visitorOf(city).get(mail!.path!)
    expect(opened.body).toContain('Jürgen Groß-Øster')
    expect(opened.body).not.toContain('Otto')
    expect((await visitorOf(city).get(before)).status).toBe(404)
    const told = (await mailsTo(ctx, 'caller@example.org')).at(-1)!
    expect(told).toMatchObject({ path: null })
    expect(told.subject).toContain('neue E-Mail-Adresse')
  })

  test('so is one that a program of the service centre mistyped: its mail had the code of the hold', async () => {
    const ctx = await city.ctx()
    const api = (to: string, body: object) => city.json('POST', `/api/v1/appointments/${to}`, body, { as: LAURA })
    const start = at(desk.mondays[1]!, '08:00').toString()
    const hold = (await api('holds', { office: desk.team.office, start, service: [desk.service] })).json()
    await api('bookings', { hold: hold.id, code: hold.code, name: 'Uta Falsch', email: 'falsch@example.org' })
    const [mail] = await mailsTo(ctx, 'falsch@example.org')
    const form = fieldsOn(await city.get(`${BOOKINGS}/${hold.id}`, { as: LAURA }))
    await send(`${BOOKINGS}/${hold.id}/kontakt`, { ...form, email: 'richtig@example.org' })
    expect((await visitorOf(city).get(mail!.path!)).status).toBe(404)
    const opened = await visitorOf(city).get((await mailsTo(ctx, 'richtig@example.org'))[0]!.path!)
    expect(opened.body).toContain('Uta Falsch')
  })

  test('who has not confirmed yet gets the link at the right address', async () => {
    const ctx = await city.ctx()
    const until = ctx.clock.now().add({ minutes: 30 })
    await update(sql`state = 'reserved', expires_at = ${until}, name = 'Nora Neu', email = 'wrnog@example.org'`)
    await many(ctx.db, sql`update appointments_occupancy set until = ${until} where booking = ${id}::uuid`)
    expect((await search('Nora Neu')).body).toContain(id)
    const form = fieldsOn(await city.get(`${BOOKINGS}/${id}`, { as: LAURA }))
    await send(`${BOOKINGS}/${id}/kontakt`, { ...form, email: 'wrong@example.org' })
    const visitor = visitorOf(city)
    await visitor.get((await mailsTo(ctx, 'wrong@example.org')).at(-1)!.path!)
    expect((await visitor.post(`/termine/${id}/bestaetigung`, {})).body).toContain('Ihr Termin ist gebucht')
  })
})

describe('a house that several units share', () => {
  test('each unit sees the appointments of its own counters, in each list and on each page', async () => {
    const { db } = await city.ctx()
    const rows = await many(
      db,
      sql<{ id: string; office: string; unit: string; team: string; email: string; name: string }>`
        select distinct on (t.id) b.id, t.office, t.unit, t.id as team, a.email, b.name
        from appointments_team t join appointments_booking b on b.team = t.id and b.state = 'booked'
        join accounts_assignment s on s.unit_id = t.unit and s.role_id = 'clerk' join accounts_account a on a.id = s.account_id
        where b.starts_at > ${city.clock.now()} and t.office = 'soziales'
        order by t.id, b.starts_at, a.email`,
    )
    const [host, guest] = rows
    expect(rows.map(({ unit }) => unit).toSorted()).toEqual(['schulamt', 'sozialamt'])
    for (const [one, other] of [
      [host!, guest!],
      [guest!, host!],
    ] as const) {
      const get = (path: string) => city.get(path, { as: one.email })
      expect((await get(`${BOOKINGS}/${one.id}`)).status).toBe(200)
      for (const path of [
        `${BOOKINGS}/${other.id}`,
        `${BOOKINGS}/${other.id}/verschieben`,
        `/workbench/termine/teams/${other.team}`,
      ])
        expect((await get(path)).status).toBe(404)
      expect((await get(`${SEARCH}?q=${one.id}`)).body).toContain(one.name)
      expect((await get(`${SEARCH}?q=${other.id}`)).body).toContain('Kein Termin gefunden')
      const day = (
        await many(
          db,
          sql<{ day: string }>`select (starts_at at time zone 'Europe/Berlin')::date::text as day
          from appointments_booking where id = ${other.id}::uuid`,
        )
      )[0]!.day
      const calendar = await get(`/workbench/termine/kalender?dienststelle=${one.office}&tag=${day}`)
      expect(calendar.status).toBe(200)
      expect(calendar.body).not.toContain(other.id)
      expect((await get('/workbench/termine')).body).not.toContain(`teams/${other.team}`)
    }
  })

  test('is shut by the unit that keeps it; guests block their own counters alone', async () => {
    const clerkOf = async (unit: string) => {
      const [clerk] = await many(
        (await city.ctx()).db,
        sql<{ email: string }>`select a.email from accounts_account a join accounts_assignment s on s.account_id = a.id
          where s.unit_id = ${unit} and s.role_id = 'clerk' order by a.email limit 1`,
      )
      return clerk!.email
    }
    const [keeper, guest] = [await clerkOf('sozialamt'), await clerkOf('schulamt')]
    const page = '/workbench/termine/schliesstage'
    const closure = { office: 'soziales', firstDay: desk.mondays[5]!.toString(), reason: 'Umbau' }
    const shut = (as: string) => city.json('POST', '/api/v1/appointments/closures', closure, { as })
    expect((await shut(guest)).status).toBe(422)
    expect((await shut(keeper)).status).toBe(201)
    expect((await city.get(page, { as: keeper })).body).toContain(`action="${page}/`)
    const seen = (await city.get(page, { as: guest })).body
    expect(seen).toContain('Umbau')
    expect(seen).not.toContain(`action="${page}`)
    expect(seen).toContain('im Kalender sperren')
  })
})

test.each([
  ['appointments.book', '/workbench/termine/buchen', 'Termine buchen'],
  ['appointments.work', '/workbench/termine/kalender', 'Termine'],
])('whoever has nothing but %s finds the way to it, and no other', async (permission, path, label) => {
  const { db } = await city.ctx()
  const jonas = sql`(select id from accounts_account where email = 'jonas.keller@musterstadt.example')`
  await sql`insert into accounts_role (id, name, permissions) values (${permission}, '{"de": "Eine", "en": "One"}',
    array[${permission}])`.execute(db)
  await sql`delete from accounts_assignment where account_id = ${jonas}`.execute(db)
  await sql`insert into accounts_assignment (account_id, role_id, unit_id, created_at)
    select ${jonas}, ${permission}, unit, now() from appointments_team limit 1`.execute(db)
  const { body } = await city.get(path, { as: 'jonas.keller@musterstadt.example' })
  const entries = [...body.matchAll(/<a class="rh-nav__link" href="(\/workbench[^"]*)"[^>]*>([^<]*)/g)]
  expect(entries.filter(([, to]) => to!.includes('termine')).map(([, to, words]) => [to, words])).toEqual([
    [path, label],
  ])
})
