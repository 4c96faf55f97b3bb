import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { many, sql } from '#platform/db/db.ts'
import { mailsTo } from './testing/booked.ts'
import { BIRGIT, fieldsOn, freshDesk, LAURA, type Desk, type Typed } from './testing/desk.ts'
import { asLaura, deskOf } from './testing/desk-pages.ts'
import { hiddenOn, timesOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})
const { send } = deskOf(city, () => desk)

describe('the service centre books for whoever calls', () => {
  const book = async (more: Typed) => {
    const times = await city.get(
      `/workbench/termine/buchen?service=${desk.service}&office=${desk.team.office}&people=1`,
      asLaura,
    )
    const clerk = visitorOf(city, LAURA)
    const who = await clerk.post('/workbench/termine/buchen/halten', { ...hiddenOn(times), time: timesOn(times)[0]! })
    expect(who.body).toContain('Für wen ist der Termin?')
    // Staff read it, who want no appointment themselves.
    for (const { body } of [times, who])
      expect(body).not.toMatch(/Ihr Anliegen|möchten Sie mit uns|für Sie frei|Ihre Adresse/)
    const fields = { ...fieldsOn(who), ...more }
    const { path } = clerk
    return { clerk, path, fields, answer: await clerk.post(path, fields) }
  }

  test('and finds by their words what it is about', async () => {
    const { body } = await city.get(`/workbench/termine/buchen?q=${desk.service.slice(0, 6)}`, asLaura)
    expect(body).toContain('Anliegen der Person')
    expect(body).toContain(`/workbench/termine/buchen?service=${desk.service}&amp;people=1&amp;schritt=wunsch`)
    const wish = await city.get(`/workbench/termine/buchen?service=${desk.service}&schritt=wunsch`, asLaura)
    expect(wish.body).toContain('Freie Zeiten zeigen')
    const none = await city.get('/workbench/termine/buchen?q=xyzzy', asLaura)
    expect([none.status, none.body.includes('Nichts gefunden'), none.body.includes('tel:115')]).toEqual([
      200,
      true,
      false,
    ])
  })

  test('from its own seats first, by telephone alone, and nobody is mailed; it belongs to no account', async () => {
    // As an address book copies it, between signs that nobody sees.
    const refused = await book({ name: '\u2068Otto\tFern\u2069', telephone: '', email: '' })
    expect(refused.answer.status).toBe(422)
    expect(refused.answer.body).toContain('eine Telefonnummer oder eine E-Mail-Adresse')
    const { clerk, path } = refused
    // Loaded again, the page holds no second time.
    expect((await clerk.get(path)).body).toContain('Für wen ist der Termin?')
    const fields = { ...refused.fields, telephone: '0711 1234-0' }
    const booked = await clerk.post(path, fields)
    expect(booked.body).toContain('Der Termin ist gebucht')
    expect(booked.body).toContain('/workbench/termine/buchungen/')
    // A double click is one appointment.
    expect((await clerk.post(path, fields)).body).toContain('Der Termin ist gebucht')
    expect((await city.get(path, { as: BIRGIT })).status).toBe(404)
    const rows = await many(
      (await city.ctx()).db,
      sql<{ lane: string; account: string | null; state: string }>`select lane, account, state from appointments_booking
        where name = 'Otto Fern'`,
    )
    expect(rows).toEqual([{ lane: `${desk.team.id}/centre/1`, account: null, state: 'booked' }])
  })

  test('and the browser of the clerk keeps the code no longer than the time is held, and none once it is booked or given back', async () => {
    const search = `/workbench/termine/buchen?service=${desk.service}&office=${desk.team.office}&people=1`
    const hold = async () => {
      const times = await city.get(search, asLaura)
      const held = await send('/workbench/termine/buchen/halten', { ...hiddenOn(times), time: timesOn(times)[0]! })
      const id = held.location.split('/').at(-1)!
      const cookie = [held.headers['set-cookie']].flat().find((one) => one?.startsWith(`rathaus_termin_${id}=`))
      expect(cookie).toContain('Max-Age=600')
      return { path: held.location, name: `rathaus_termin_${id}`, cookies: held.cookies }
    }
    const isDropped = ({ headers }: Answer, name: string) =>
      [headers['set-cookie']].flat().some((one) => one?.startsWith(`${name}=;`) && one.includes('Max-Age=0'))

    const first = await hold()
    const given = await city.post(`${first.path}/freigabe`, {}, { ...asLaura, cookies: first.cookies })
    expect(given.location).toContain('hinweis=zurueckgegeben')
    expect(isDropped(given, first.name)).toBe(true)
    expect((await city.get(given.location, asLaura)).body).toContain('zurückgegeben')

    const second = await hold()
    const fields = { name: 'Ute Kurz', telephone: '0711 99887-0', email: '' }
    const booked = await city.post(second.path, fields, { ...asLaura, cookies: second.cookies })
    expect(isDropped(booked, second.name)).toBe(true)
    // Who has booked it reads it without a code, for half an hour, and nobody else; on the public page nothing opens it.
    expect((await city.get(second.path, asLaura)).body).toContain('Der Termin ist gebucht')
    expect((await city.get(second.path.replace('/workbench/termine/buchen', '/termine'), asLaura)).status).toBe(404)
    expect((await city.get(second.path, { as: BIRGIT })).status).toBe(404)

    const { db } = await city.ctx()
    const subject = `appointment:${second.path.split('/').at(-1)}`
    await many(db, sql`update audit_entry set at = at - interval '31 minutes' where subject = ${subject}`)
    expect((await city.get(second.path, asLaura)).status).toBe(404)

    const third = await hold()
    city.clock.advance({ minutes: 11 })
    const late = await city.get(third.path, { ...asLaura, cookies: third.cookies })
    expect(late.location).toContain('hinweis=abgelaufen')
    expect(isDropped(late, third.name)).toBe(true)
  })

  test('and gives a time back when the clerk goes back in the browser and takes another one for the caller', async () => {
    const clerk = visitorOf(city, LAURA)
    const search = `/workbench/termine/buchen?service=${desk.service}&office=${desk.team.office}&people=1`
    const times = await clerk.get(search)
    const take = async (i: number, more: Typed = {}) => {
      await clerk.post('/workbench/termine/buchen/halten', { ...hiddenOn(times), time: timesOn(times)[i]!, ...more })
      return clerk.path
    }
    const held = async () =>
      (
        await many(
          (await city.ctx()).db,
          sql<{ id: string }>`select id from appointments_booking where state = 'held' and team = ${desk.team.id}
            order by starts_at, people`,
        )
      ).map(({ id }) => `/workbench/termine/buchen/${id}`)
    const first = await take(0)
    expect(await take(0)).toBe(first)
    const notice = (await clerk.get(search)).body
    expect(notice).toContain('Noch freigehalten')
    expect(notice).toContain(`href="${first}"`)
    expect((await clerk.get(search.replace('/workbench/termine/buchen', '/termine'))).body).not.toContain(
      'freigehalten',
    )
    const second = await take(1)
    expect(await held()).toEqual([second])
    // Two callers who come together are another matter.
    const third = await take(2, { people: '2' })
    expect(await held()).toEqual([second, third])
  })

  test('what nobody deals with together is said, with a search for each of them', async () => {
    const rows = await many(
      (await city.ctx()).db,
      sql<{ service: string }>`select s.slug as service from appointments_service s
        where exists (select from appointments_team t where s.slug = any(t.services))
          and not exists (select from appointments_team t where s.slug = any(t.services) and ${desk.service} = any(t.services))
        order by s.slug limit 1`,
    )
    const other = rows[0]!.service
    const page = await city.get(
      `/workbench/termine/buchen?service=${desk.service}&service=${other}&people=1&office=${desk.team.office}`,
      asLaura,
    )
    expect(page.status).toBe(422)
    expect(page.body).toContain('Das geht nicht in einem Termin')
    const links = [...page.body.matchAll(/href="(\/workbench\/termine\/buchen\?[^"]+)"/g)].map(([, to]) =>
      to!.replaceAll('&amp;', '&'),
    )
    expect(links.map((to) => new URLSearchParams(to.split('?')[1]).getAll('service'))).toEqual([
      [desk.service],
      [other],
    ])
    for (const to of links) expect((await city.get(to, asLaura)).body).toContain('Diese Zeit nehmen')
  })

  test('what is not done by telephone is said, with a search for each way in which it is', async () => {
    const { slug } = (
      await many(
        (await city.ctx()).db,
        sql<{ slug: string }>`select slug from appointments_service
          where slug = any(${[...desk.team.services]}::text[]) and variants = '{in-person}' order by slug limit 1`,
      )
    )[0]!
    const asked = `/workbench/termine/buchen?service=${slug}&people=1&office=${desk.team.office}&variant=`
    const page = await city.get(`${asked}telephone`, asLaura)
    expect(page.status).toBe(422)
    expect(page.body).toContain('Am Telefon bieten wir das nicht an')
    expect(page.body).toContain('So wird es angeboten')
    const [, link] = /href="(\/workbench\/termine\/buchen\?[^"]*variant=in-person[^"]*)"/.exec(page.body)!
    expect((await city.get(link!.replaceAll('&amp;', '&'), asLaura)).body).toContain('Diese Zeit nehmen')
  })

  test('who has a mobile number alone is told by SMS, also when staff move and cancel it', async () => {
    const { answer } = await book({ name: 'Mo Fern', telephone: '0171 7654321', email: '' })
    const base = /\/workbench\/termine\/buchungen\/[0-9a-f-]{36}/.exec(answer.body)![0]
    const page = await city.get(`${base}/verschieben`, asLaura)
    expect(page.body).toContain('bekommt eine SMS')
    await send(`${base}/verschieben`, { ...hiddenOn(page), time: timesOn(page)[1]! })
    const before = await city.get(base, asLaura)
    expect(before.body).toContain('Steht in der SMS')
    await send(`${base}/absage`, hiddenOn(before))
    const told = await many(
      (await city.ctx()).db,
      sql<{ subject: string; channel: string }>`select m.subject, d.channel from notifications_message m
        join notifications_delivery d on d.message = m.id where m.telephone = '0171 7654321' order by m.id`,
    )
    expect(told.map(({ channel }) => channel)).toEqual(['sms', 'sms', 'sms'])
    expect(told.at(-1)!.subject).toContain('abgesagt')
  })

  test('who speaks English alone reads it, whatever the person who types reads', async () => {
    const wrong = await book({ name: '', language: 'en', email: 'joan.far@example.org' })
    expect(wrong.answer.body).toMatch(/value="en"[^>]* checked/)
    await wrong.clerk.post(wrong.path, { ...fieldsOn(wrong.answer), name: 'Joan Far' })
    const [mail] = await mailsTo(await city.ctx(), 'joan.far@example.org')
    expect(mail!.subject).toMatch(/^Your appointment on /)
    expect(mail!.path).toMatch(/^\/termine\//)
  })

  test('with a mail address the person can change it alone', async () => {
    await book({ name: 'Uta Fern', telephone: '', email: 'uta.fern@example.org' })
    const [mail] = await mailsTo(await city.ctx(), 'uta.fern@example.org')
    expect((await visitorOf(city).get(mail!.path!)).body).toContain('Termin verschieben')
    expect((await city.get('/workbench/termine/buchen', { as: 'anna.becker@musterstadt.example' })).status).toBe(403)
  })
})
