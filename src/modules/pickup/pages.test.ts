import { describe, expect, it } from 'vitest'
import { addCitizen, addStaff } from '#modules/accounts/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { wordsOf } from '#src/testing/words.ts'
import { retention } from './jobs.ts'
import { ADMIN, CLERK, counterOf, LIST, OTHER } from './testing/counter.ts'
import { codeSentTo, machineOf, OFFICE, sentTo, wrongly } from './testing/lockers.ts'
import { announce } from './use-cases/announce.ts'
import { handOver } from './use-cases/collect.ts'

const city = await testCity({ seed: true })
const ctx = await city.ctx()
const { post, announced, seen } = await counterOf(city)

const numberOf = async (path: string) => /Erste Hälfte des Codes (\d{5})/.exec(await seen(path))?.[1]

describe('at the counter', () => {
  it('the message names the document in the language of whoever reads it', async () => {
    const told = async (dokument: string, sprache: string) =>
      (await sentTo(ctx, (await announced({ dokument, sprache })).email))[0]
    expect(await told('Reisepass', 'de')).toMatch(/^Zum Abholen bereit: Reisepass /)
    expect(await told('Reisepass', 'en')).toMatch(/^Ready to be collected: passport /)
    expect(await told('Fischereischein', 'en')).toMatch(/^Ready to be collected: your document \(Fischereischein\) /)
    const list = await seen('')
    expect(list).not.toMatch(/Ihr (Reisepass|Personalausweis)|Kinderreisepass/)
  })

  it('a document is announced once, and handed over for the code', async () => {
    const { path, email, fields } = await announced()
    await post('/neu', fields)
    expect(await sentTo(ctx, email)).toHaveLength(1)
    const code = await codeSentTo(ctx, email)
    const announcedPage = `${path}?hinweis=angekuendigt`
    expect(await seen(announcedPage)).toContain('Das Dokument ist angekündigt.')

    const wrong = await post(`${path}/ausgeben`, { nachweis: 'code', code: wrongly(code) })
    expect([wrong.status, wordsOf(wrong.body).includes('Dieser Code passt nicht')]).toEqual([422, true])
    expect((await post(`${path}/ausgeben`, { nachweis: 'code', code })).location).toContain('hinweis=ausgegeben')
    const page = await seen(path)
    expect(page).toContain('Mit dem Abholcode')
    expect(page).toContain('Kim Schalter')
    // Loaded again, the page says nothing that is over.
    expect(await seen(announcedPage)).not.toContain('Das Dokument ist angekündigt.')
    expect((await post(`${path}/ausgeben`, { nachweis: 'identity-card' })).status).toBe(422)
  })

  it('a code of somebody else’s document is none; an identity card is proof, and the log says so', async () => {
    const [mine, other] = [await announced(), await announced()]
    const foreign = await post(`${mine.path}/ausgeben`, { nachweis: 'code', code: await codeSentTo(ctx, other.email) })
    expect(foreign.status).toBe(422)
    await post(`${mine.path}/ausgeben`, { nachweis: 'identity-card' })
    expect(await seen(mine.path)).toContain('Mit Personalausweis oder Pass')
  })

  it('a new code ends the old one', async () => {
    const { path, email } = await announced()
    const old = await codeSentTo(ctx, email)
    await post(`${path}/code`, { nummer: (await numberOf(path))! })
    expect((await post(`${path}/ausgeben`, { nachweis: 'code', code: old })).status).toBe(422)
    expect((await post(`${path}/ausgeben`, { nachweis: 'code', code: await codeSentTo(ctx, email) })).status).toBe(303)
  })

  it('who has neither mail nor mobile gets a letter with a code of its own, and the log says so', async () => {
    const { path } = await announced({ mail: '' })
    expect(await seen(path)).toContain('Brief mit neuem Code (öffnet neuen Tab)')
    const before = await numberOf(path)
    const letter = await post(`${path}/brief`)
    expect([letter.status, letter.headers['content-type'], letter.body.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ])
    expect(await numberOf(path)).not.toBe(before)
    expect(await seen(path)).toContain('Brief mit Code gedruckt')
    expect((await post(`${path}/brief`, {}, OTHER)).status).toBe(404)
    await post(`${path}/ausgeben`, { nachweis: 'identity-card' })
    expect((await post(`${path}/brief`)).status).toBe(422)
  })

  it('from the page of a case a document is announced with what the case knows, and the case shows its state', async () => {
    const [kase] = await many(
      ctx.db,
      sql<{ number: string; name: string }>`select number, applicant_name as name from cases_case
        where unit = 'strassenverkehr' and erased_at is null order by number limit 1`,
    )
    const page = `/workbench/vorgaenge/${kase!.number}`
    const link = `${LIST}/neu?vorgang=${kase!.number}`
    expect((await city.get(page, { as: ADMIN })).body).toContain(`href="${link}"`)
    const form = (await city.get(link, { as: ADMIN })).body
    expect(form).toContain(`value="${kase!.number}"`)
    expect(form).toContain(`value="${kase!.name}"`)
    const { path } = await announced({ vorgang: kase!.number, name: '' }, ADMIN)
    expect((await city.get(page, { as: ADMIN })).body).toContain(`href="${LIST}${path}"`)
    await post(`${path}/ausgeben`, { nachweis: 'identity-card' }, ADMIN)
    expect(wordsOf((await city.get(page, { as: ADMIN })).body)).toContain('Abholung Ihr Führerschein: abgeholt')
    // Nobody fills a form with a case that they may not read.
    expect((await city.get(link, { as: OTHER })).body).not.toContain(kase!.name)
  })

  it('somebody with an account finds it in their messages, without the code', async () => {
    const email = 'ina.konto@example.org'
    await addCitizen(ctx, { name: 'Ina Konto', email })
    await announced({ mail: email })
    const inbox = wordsOf((await city.get('/konto/nachrichten', { as: email })).body)
    expect(inbox).toContain('Zum Abholen bereit: Ihr Führerschein')
    const [id] = await many(
      ctx.db,
      sql<{ id: string }>`select m.id from notifications_message m
      join notifications_delivery d on d.message = m.id where d.channel = 'inbox' and m.key like 'pickup:%' order by m.created_at desc, m.id desc limit 1`,
    )
    const letter = wordsOf((await city.get(`/konto/nachrichten/${id!.id}`, { as: email })).body)
    expect(letter).toContain('Den Abholcode haben wir Ihnen per E-Mail oder SMS geschickt.')
    expect(letter).not.toMatch(/\d{5} \d{5}/)
  })

  it('without an address staff are told that nobody was', async () => {
    const { path } = await announced({ mail: '' })
    expect(await seen(path)).toContain('Niemand wurde benachrichtigt')
  })

  it('what was typed wrongly stays, and says what to do', async () => {
    const answer = await post('/neu', {
      id: newId(),
      dokument: '',
      name: 'Rosa',
      mail: 'rosa',
      telefon: '12',
      wo: 'mond',
      vorgang: 'X',
    })
    const page = wordsOf(answer.body)
    expect(answer.status).toBe(422)
    for (const error of [
      'Bitte schreiben Sie, was',
      'name@beispiel.de',
      '0171 1234567',
      'Bitte wählen Sie, wo',
      'Diesen Vorgang gibt es nicht',
    ])
      expect(page).toContain(error)
    expect(answer.body).toContain('value="Rosa"')
  })
})

describe('in a locker', () => {
  it('staff put it in, and a person without a keyboard and without scripts gets it out', async () => {
    const locker = await machineOf(city)
    const { path, email } = await announced({ wo: locker.id })
    expect(await seen(path)).toContain('einzulegen')
    expect((await post(`${path}/einlegen`, { geraet: locker.id, fach: '0' })).status).toBe(422)
    await post(`${path}/einlegen`, { geraet: locker.id, fach: '9' })

    const at = { cookies: locker.cookies }
    let typed = ''
    for (const ziffer of (await codeSentTo(ctx, email)).replace(' ', '')) {
      const page = await city.post('/abholung/terminal', { code: typed, ziffer }, at)
      typed = /name="code"[^>]* value="(\d*)"/.exec(page.body)?.[1] ?? ''
    }
    const opened = await city.post('/abholung/terminal', { code: typed }, at)
    const page = await city.get(opened.location, at)
    expect(wordsOf(page.body)).toContain('Fach 9 ist offen')
    expect(page.body).toContain('<noscript><meta http-equiv="refresh"')
    expect(await seen('?stand=open')).toContain('Rosa Wartend')

    const done = await city.post(`${opened.location}/genommen`, {}, at)
    expect(wordsOf((await city.get(done.location, at)).body)).toContain('Vielen Dank')
    // Whoever goes back sees nothing of it.
    expect((await city.get(opened.location, at)).location).toBe('/abholung/terminal')
    expect(await seen(path)).toContain('sagt die Person')
  })

  it('a door that stays shut is told to the person, and staff can say what is in there', async () => {
    const locker = await machineOf(city)
    const { path, id, email } = await announced({ wo: locker.id })
    await post(`${path}/einlegen`, { geraet: locker.id, fach: '2' })
    const at = { cookies: locker.cookies }
    const code = await codeSentTo(ctx, email)
    await city.post('/abholung/terminal', { code }, at)
    const stuck = await city.post(`/abholung/terminal/fach/${id}/klemmt`, {}, at)
    expect(wordsOf((await city.get(stuck.location, at)).body)).toContain('Ihr Dokument liegt weiter sicher im Fach.')
    await city.post('/abholung/terminal', { code }, at)
    await post(`${path}/noch-da`)
    expect(await seen(path)).toContain('im Fach')
    await post(`${path}/zurueck`)
    expect((await post(`${path}/ausgeben`, { nachweis: 'code', code })).status).toBe(303)
  })

  it('the terminal belongs to a device of its kind', async () => {
    expect((await city.get('/abholung/terminal')).status).toBe(401)
    expect((await city.get('/abholung/terminal', { as: CLERK })).status).toBe(401)
    const kiosk = await machineOf(city, 'kiosk')
    expect((await city.get('/abholung/terminal', { cookies: kiosk.cookies })).status).toBe(403)
  })
})

describe('who keeps documents', () => {
  it('sees those of their own offices alone', async () => {
    const { path, id } = await announced()
    expect((await city.get(LIST, { as: CLERK })).body).toContain(id)
    for (const file of [LIST, `${LIST}.csv`, `${LIST}/verwahrung.csv`])
      expect((await city.get(file, { as: OTHER })).body).not.toContain(id)
    expect((await city.get(`${LIST}${path}`, { as: OTHER })).status).toBe(404)
    expect((await post(`${path}/ausgeben`, { nachweis: 'identity-card' }, OTHER)).status).toBe(404)
  })

  it('learns nothing by a case that its service keeps to few', async () => {
    const [kase] = await many(
      ctx.db,
      sql<{ number: string; service: string }>`update cases_case set unit = 'buergeramt'
        where id = (select id from cases_case order by number limit 1) returning number, service`,
    )
    const ask = async () => {
      const id = newId()
      const fields = {
        id,
        dokument: 'Ihr Bescheid',
        vorgang: kase!.number,
        name: 'Nora Neugier',
        sprache: 'de',
        wo: OFFICE,
      }
      return (await post('/neu', fields)).status
    }
    expect(await ask()).toBe(303)
    await sql`insert into services_version (slug, version, hash, definition, state, offered, loaded_at, published_at)
      select distinct on (slug) slug, version + 1, 'guarded', jsonb_set(definition, '{permissions,read}', '"accounts.manage"'),
        state, false, loaded_at, published_at
      from services_version where slug = ${kase!.service} order by slug, version desc`.execute(ctx.db)
    // What is published is asked anew after a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(await ask()).toBe(422)
  })

  it('takes the log of custody along', async () => {
    const { path } = await announced()
    const csv = (await city.get(`${LIST}${path}/verwahrung.csv`, { as: CLERK })).body
    expect(csv).toContain('Wann;Was;Wer;Einzelheiten')
    expect(csv).toMatch(/;angekündigt;Kim Schalter;/)
    expect((await city.get(`${LIST}/verwahrung.csv`, { as: CLERK })).body).toContain(path.slice(1))
  })

  it('finds by name, document and half of the code, and nothing by a wildcard', async () => {
    const { email, id } = await announced({ name: 'Xenia Sucherin' })
    for (const q of ['sucherin', (await codeSentTo(ctx, email)).slice(0, 5)])
      expect((await city.get(`${LIST}?q=${q}`, { as: CLERK })).body).toContain(id)
    expect((await city.get(`${LIST}?q=%25`, { as: CLERK })).body).not.toContain(id)
  })
})

describe('a house that two units share', () => {
  it('each sees its own documents, in the list, in its file, on the page and in the log', async () => {
    const clerks = []
    for (const unit of ['sozialamt', 'schulamt']) {
      const email = `${unit}.clerk@musterstadt.example`
      await addStaff(ctx, { name: `Clerk of ${unit}`, email, unit, roles: ['clerk'] })
      const { id } = await announced({ name: `Person of ${unit}`, wo: 'soziales' }, email)
      clerks.push({ email, name: `Person of ${unit}`, id })
    }
    for (const [i, { email, name, id }] of clerks.entries()) {
      const other = clerks[1 - i]!
      const get = (path: string) => city.get(`${LIST}${path}`, { as: email })
      for (const path of ['', '.csv']) {
        expect((await get(path)).body).toContain(name)
        expect((await get(path)).body).not.toContain(other.name)
      }
      expect((await get(`/${id}`)).status).toBe(200)
      for (const path of [`/${other.id}`, `/${other.id}/verwahrung.csv`]) expect((await get(path)).status).toBe(404)
      expect((await get('/verwahrung.csv')).body).not.toContain(other.id)
      expect((await post(`/${other.id}/zurueckziehen`, {}, email)).status).toBe(404)
    }
  })
})

describe('in time', () => {
  it('what nobody collected is told once: to the person and to the office', async () => {
    const { id, email } = await announced()
    city.clock.advance({ days: 29 })
    await city.runJob('pickup.overdue')
    await city.runJob('pickup.overdue')
    expect((await sentTo(ctx, email)).filter((text) => text.startsWith('Noch nicht abgeholt'))).toHaveLength(1)
    const [office] = await many(
      ctx.db,
      sql<{ email: string }>`select content ->> 'email' as email from catalogue_office where slug = ${OFFICE}`,
    )
    const told = (await sentTo(ctx, office!.email)).filter((text) => /Mitte.*überfällig|überfällig.*Mitte/s.test(text))
    expect(told).toHaveLength(1)
    // Whoever was signed in a month ago is so no longer.
    const late = 'spaet.dienst@musterstadt.example'
    await addStaff(ctx, { name: 'Spät Dienst', email: late, unit: 'buergeramt', roles: ['clerk'] })
    expect((await city.get(`${LIST}?stand=overdue&q=Wartend`, { as: late })).body).toContain(id)
    const custody = (await city.get(`${LIST}/${id}/verwahrung.csv`, { as: late })).body
    expect(custody.match(/\r\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d;überfällig;System;/g)).toHaveLength(1)
  })

  it('names go 90 days after the end, and a year after the announcement where nobody came; the bare document after two years', async () => {
    const id = newId()
    const contact = {
      unit: 'buergeramt',
      email: null,
      telephone: null,
      locale: 'de',
      account: null,
      caseNumber: null,
      device: null,
    } as const
    await announce(ctx, { id, office: OFFICE, title: 'Ihr Reisepass', name: 'Vera Vergessen', ...contact })
    await handOver(ctx, id, 'identity-card')
    const left = newId()
    await announce(ctx, { id: left, office: OFFICE, title: 'Ihr Reisepass', name: 'Nora Niekam', ...contact })
    const nameOf = async (id: string) =>
      (await many(ctx.db, sql<{ name: string }>`select name from pickup_document where id = ${id}`))[0]?.name
    const row = () => many(ctx.db, sql<{ name: string }>`select name from pickup_document where id = ${id}`)
    city.clock.advance({ days: 91 })
    await retention[0]!.run!(ctx)
    expect(await row()).toEqual([{ name: '' }])
    expect(await nameOf(left)).toBe('Nora Niekam')
    city.clock.advance({ days: 700 })
    await retention[0]!.run!(ctx)
    expect(await row()).toEqual([])
    // It still lies there, and waits for somebody with an identity card.
    expect(await nameOf(left)).toBe('')
  })
})
