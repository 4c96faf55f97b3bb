import { describe, expect, it } from 'vitest'
import { one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { caseById } from './store/case.ts'
import { tenSecondsOn } from './testing/desk.ts'
import { exemptAnswers, openDog } from './testing/dogs.ts'
import { ANNA, BEN, JONAS, settle } from './testing/people.ts'
import { advance } from './use-cases/advance.ts'
import { decide } from './use-cases/decide.ts'
import { askForStatement } from './use-cases/statements.ts'

const city = await testCity()
const ctx = await city.ctx()
const people = await settle(ctx)
const jonas = await city.ctx({ as: JONAS })

const anna = { accountId: people.anna, name: 'Anna Becker', email: ANNA, locale: 'de' } as const
async function hers() {
  const opened = await openDog(ctx, { answers: exemptAnswers(), applicant: anna })
  await advance(ctx, opened.caseId)
  return { ...opened, path: `/meine-antraege/${opened.caseNumber}` }
}
const reload = async (id: string) => (await caseById(ctx, id))!
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

describe('“Meine Anträge”', () => {
  it('says how each application stands in plain words, and until when', async () => {
    const { caseNumber } = await hers()
    const page = await city.get('/meine-antraege', { as: ANNA })
    expect(page.status).toBe(200)
    for (const words of [caseNumber, 'Wir prüfen Ihren Antrag auf Befreiung', 'Bis spätestens 27. März 2030'])
      expect(page.body).toContain(words)
    expect((await city.get('/meine-antraege', { as: BEN })).body).toContain('Sie haben noch keine Anträge')
    expect((await city.get('/meine-antraege')).location).toContain('/anmelden')
  })

  it('shows nobody’s application to somebody else: 404, as for a number that does not exist', async () => {
    const { path } = await hers()
    expect((await city.get(path, { as: ANNA })).status).toBe(200)
    expect((await city.get(path, { as: BEN })).status).toBe(404)
    expect((await city.get('/meine-antraege/HUN-2030-999999-9', { as: BEN })).status).toBe(404)
    expect((await city.get('/meine-antraege/%00', { as: BEN })).status).toBeLessThan(500)
    expect((await city.get(`${path}/dokumente/0197c2d0-0000-7000-8000-000000000000`, { as: BEN })).status).toBe(404)
    for (const step of ['nachrichten', 'unterlagen', 'ruecknahme'])
      expect((await city.post(`${path}/${step}`, { message: 'x', key: '1' }, { as: BEN })).status).toBe(404)
  })

  it('takes a message once, even if it is sent twice', async () => {
    const { path, caseId } = await hers()
    const page = await city.get(path, { as: ANNA })
    const key = /name="key" value="([^"]+)"/.exec(page.body)![1]!
    const message = 'Wann sind Sie fertig?\r\nGrüße <Anna>'
    const send = () => city.post(`${path}/nachrichten`, { message, key }, { as: ANNA })
    const [first, second] = await Promise.all([send(), send()])
    expect([first.status, second.status]).toEqual([303, 303])
    const { n } = await one(
      ctx.db,
      sql<{ n: number }>`select count(*)::int as n from cases_message where case_id = ${caseId}`,
    )
    expect(n).toBe(1)
    expect((await reload(caseId)).newsAt).not.toBeNull()
    const after = await city.get(path, { as: ANNA })
    expect(after.body).toContain('Wann sind Sie fertig?<br>Grüße &lt;Anna&gt;')
    const clerk = await city.get('/workbench?news=1', { as: JONAS })
    expect(clerk.body).toContain('Neue Nachricht')
    const empty = await city.post(`${path}/nachrichten`, { message: ' ' }, { as: ANNA })
    expect(empty.status).toBe(422)
    expect(empty.body).toContain('Schreiben Sie Ihre Nachricht in das Feld.')
  })

  it('are counted on the first page of the account', async () => {
    const count = async () => /(Ein|\d+) laufende/.exec((await city.get('/konto', { as: ANNA })).body)?.[1]
    const before = await count()
    await hers()
    expect(await count()).not.toBe(before)
    expect((await city.get('/konto', { as: BEN })).body).toContain('Kein laufender Antrag.')
    expect((await city.get('/en/konto', { as: BEN })).body).toContain('No application under way.')
  })

  it('says what is missing, takes it, and refuses what is no document', async () => {
    const { path, caseId, caseNumber } = await hers()
    const { revision } = await reload(caseId)
    const typed = () => 'Prüfungszeugnis des Hundes'
    await decide(jonas, { caseId, transition: 'ask-for-documents', revision, typed }, { atOnce: true })
    const page = await city.get(path, { as: ANNA })
    for (const words of ['Das brauchen wir noch von Ihnen', 'Prüfungszeugnis des Hundes', 'Bitte bis'])
      expect(page.body).toContain(words)
    expect((await city.get('/meine-antraege', { as: ANNA })).body).toContain('Es fehlt noch etwas')

    const program = await city.upload(
      `${path}/unterlagen`,
      [{ field: 'files', name: 'zeugnis.pdf', content: 'MZ\x90 program' }],
      {},
      { as: ANNA },
    )
    expect(program.status).toBe(422)
    expect(program.body).toContain('„zeugnis.pdf“ ist weder PDF noch JPG noch PNG')
    const none = await city.upload(`${path}/unterlagen`, [], {}, { as: ANNA })
    expect(none.status).toBe(422)
    expect((await reload(caseId)).state).toBe('documents')

    const done = await city.upload(
      `${path}/unterlagen`,
      [{ field: 'files', name: 'zeugnis.pdf', content: PDF }],
      {},
      { as: ANNA },
    )
    expect(done.status).toBe(303)
    expect(await reload(caseId)).toMatchObject({ state: 'review', missing: null })
    const clerk = await city.get(`/workbench/vorgaenge/${caseNumber}`, { as: JONAS })
    expect(clerk.body).toContain('nachgereicht')
    const twice = [1, 2].map((n) => ({ field: 'files', name: `zweites-${n}.pdf`, content: PDF }))
    const known = await city.upload(`${path}/unterlagen`, twice, {}, { as: ANNA })
    expect((await city.get(known.location, { as: ANNA })).body).toContain('Diese Datei haben wir schon')
    expect((await city.get(path, { as: ANNA })).body).not.toContain('zweites-')
    const link = new RegExp(`${path}/dokumente/([0-9a-f-]+)`).exec((await city.get(path, { as: ANNA })).body)![1]!
    expect((await city.get(`${path}/dokumente/${link}`, { as: ANNA })).bytes.equals(PDF)).toBe(true)
    expect((await city.get(`${path}/dokumente/${link}`, { as: BEN })).status).toBe(404)
  })

  it('takes a withdrawal after asking once more, and only while the application is open', async () => {
    const { path, caseId } = await hers()
    const ask = await city.get(`${path}/ruecknahme`, { as: ANNA })
    expect(ask.body).toContain('Möchten Sie den Antrag zurückziehen?')
    expect((await reload(caseId)).closedAt).toBeNull()
    expect((await city.post(`${path}/ruecknahme`, {}, { as: ANNA })).location).toBe(`${path}?done=step`)
    expect((await reload(caseId)).outcome).toBe('withdrawn')
    const again = await city.post(`${path}/ruecknahme`, {}, { as: ANNA })
    expect(again.status).toBe(409)
    expect(again.body).toContain('nicht mehr möglich')
  })

  it('is there as JSON, too', async () => {
    const { caseNumber } = await hers()
    const mine = await city.json('GET', '/api/v1/me/cases', undefined, { as: ANNA })
    expect(mine.json().cases.map((kase: { caseNumber: string }) => kase.caseNumber)).toContain(caseNumber)
    expect((await city.json('GET', '/api/v1/me/cases', undefined, { as: BEN })).json().cases).toEqual([])
  })

  it('lets an app write, hand in, read and withdraw as the page does', async () => {
    const { caseId, caseNumber } = await hers()
    const path = `/api/v1/me/cases/${caseNumber}`
    const say = { as: ANNA, headers: { 'idempotency-key': 'app-1' } }
    for (const _ of [1, 2])
      expect((await city.json('POST', `${path}/messages`, { body: 'Wie lange noch?' }, say)).status).toBe(201)
    expect((await city.json('POST', `${path}/messages`, { body: ' ' }, say)).status).toBe(422)
    const files = [{ field: 'files', name: 'zeugnis.pdf', content: PDF }]
    expect((await city.upload(`${path}/documents`, files, {}, { as: ANNA })).status).toBe(201)
    const program = [{ field: 'files', name: 'zeugnis.pdf', content: 'MZ\x90 program' }]
    expect((await city.upload(`${path}/documents`, program, {}, { as: ANNA })).status).toBe(422)
    const read = (await city.json('GET', path, undefined, { as: ANNA })).json()
    expect(read).toMatchObject({
      caseNumber,
      messages: [{ direction: 'in', body: 'Wie lange noch?' }],
      documents: [{ kind: 'later', title: 'zeugnis.pdf' }],
      transitions: [{ name: 'withdraw' }],
    })
    const file = `${path}/documents/${read.documents[0].id}`
    expect((await city.get(file, { as: ANNA })).bytes.equals(PDF)).toBe(true)
    for (const [method, address] of [
      ['GET', path],
      ['GET', file],
      ['POST', `${path}/transitions/withdraw`],
    ] as const) {
      expect((await city.json(method, address, method === 'POST' ? {} : undefined, { as: BEN })).status).toBe(404)
      expect((await city.json(method, address, method === 'POST' ? {} : undefined)).status).toBe(401)
    }
    expect((await city.json('POST', `${path}/transitions/exempt`, {}, { as: ANNA })).status).toBe(409)
    expect((await city.json('POST', `${path}/transitions/withdraw`, {}, { as: ANNA })).status).toBe(200)
    expect((await reload(caseId)).outcome).toBe('withdrawn')
  })
})

describe('the state by number and code', () => {
  it('opens with both, typed as people type them', async () => {
    const { caseNumber, accessCode } = await openDog(ctx, { answers: exemptAnswers() })
    const typed = {
      nummer: caseNumber.toLowerCase().replaceAll('-', ' '),
      code: accessCode.toLowerCase().replaceAll('-', ''),
    }
    const opened = await city.post('/stand', typed)
    expect(opened.location).toBe(`/stand/${caseNumber}`)
    const page = await city.get(opened.location, { cookies: opened.cookies })
    expect(page.status).toBe(200)
    expect(page.body).toContain(caseNumber)
    expect((await city.get(opened.location)).location).toBe(`/stand?nummer=${caseNumber}`)
  })

  it('opens by a link that holds the code, which then stands in no address', async () => {
    const { caseNumber, accessCode } = await openDog(ctx)
    const link = `/en/stand/${caseNumber}?code=${accessCode}&done=sent`
    const opened = await city.get(link)
    expect(opened.location).toBe(`/en/stand/${caseNumber}?done=sent`)
    expect(String(opened.headers['set-cookie'])).toMatch(
      /^rathaus_stand_[\w-]+=.*; HttpOnly; SameSite=Lax; Max-Age=1800$/,
    )
    expect((await city.get(opened.location, { cookies: opened.cookies })).body).toContain(caseNumber)
    // Somebody has opened another case before: the code of the link counts.
    expect((await city.get(link, { cookies: opened.cookies })).status).toBe(303)
    expect((await city.get(`/stand/${caseNumber}?code=AAAA-AAAA-AAAA`)).location).toBe(`/stand?nummer=${caseNumber}`)
  })

  it('opens one case and no other', async () => {
    const one = await openDog(ctx)
    const other = await openDog(ctx)
    const opened = await city.post('/stand', { nummer: one.caseNumber, code: one.accessCode })
    expect((await city.get(`/stand/${other.caseNumber}`, { cookies: opened.cookies })).status).toBe(303)
    const mixed = await city.post('/stand', { nummer: other.caseNumber, code: one.accessCode })
    expect(mixed.status).toBe(422)
    expect(mixed.body).toContain('Nummer und Code passen nicht zusammen')
  })

  it('lets an app without an account do what the page does', async () => {
    const { caseId, caseNumber, accessCode } = await openDog(ctx, { answers: exemptAnswers() })
    await advance(ctx, caseId)
    const at = (more = '', code = accessCode) => `/api/v1/cases/${caseNumber}${more}?code=${code}`
    expect((await city.json('POST', at('/messages'), { body: 'Hallo' })).status).toBe(201)
    const files = [{ field: 'files', name: 'a.pdf', content: PDF }]
    expect((await city.upload(at('/documents'), files, {}, {})).status).toBe(201)
    const read = (await city.json('GET', at())).json()
    expect(read).toMatchObject({ messages: [{ body: 'Hallo' }], documents: [{ title: 'a.pdf' }] })
    const file = `/documents/${read.documents[0].id}`
    expect((await city.get(at(file))).bytes.equals(PDF)).toBe(true)
    for (const code of ['AAAA-AAAA-AAAA', '']) {
      expect((await city.json('POST', at('/messages', code), { body: 'Hallo' })).status).toBe(404)
      expect((await city.upload(at('/documents', code), files, {}, {})).status).toBe(404)
      expect((await city.get(at(file, code))).status).toBe(404)
      expect((await city.json('POST', at('/transitions/withdraw', code), {})).status).toBe(404)
    }
    expect((await city.json('POST', at('/transitions/withdraw'), {})).json()).toMatchObject({
      state: { name: 'withdrawn' },
    })
    expect((await reload(caseId)).outcome).toBe('withdrawn')
  })

  it('tells a typing error from a wrong code, and keeps what was typed', async () => {
    const { caseNumber, accessCode } = await openDog(ctx)
    const typo = caseNumber.slice(0, -1) + ((Number(caseNumber.at(-1)) + 1) % 10)
    const page = await city.post('/stand', { nummer: typo, code: accessCode })
    expect(page.status).toBe(422)
    expect(page.body).toContain('Bitte prüfen Sie die Nummer')
    expect(page.body).toContain(`value="${typo}"`)
    expect((await city.post('/stand', {})).body).toContain('Geben Sie die Nummer ein.')
    expect((await city.post('/stand', { nummer: 'hallo', code: 'x' })).body).toContain('BPA-2026-000017-4')
  })

  it('lets people without an account write, hand in and withdraw', async () => {
    const { caseId, caseNumber, accessCode } = await openDog(ctx, { answers: exemptAnswers() })
    await advance(ctx, caseId)
    const { cookies, location } = await city.post('/stand', { nummer: caseNumber, code: accessCode })
    expect((await city.post(`${location}/nachrichten`, { message: 'Hallo', key: 'k' }, { cookies })).status).toBe(303)
    expect(
      (await city.upload(`${location}/unterlagen`, [{ field: 'files', name: 'a.pdf', content: PDF }], {}, { cookies }))
        .status,
    ).toBe(303)
    expect((await city.post(`${location}/ruecknahme`, {}, { cookies })).status).toBe(303)
    expect((await reload(caseId)).outcome).toBe('withdrawn')
    const expired = await city.upload(`${location}/unterlagen`, [{ field: 'files', name: 'a.pdf', content: PDF }])
    expect(expired.location).toBe(`/stand?nummer=${caseNumber}`)
    const left = await city.post('/stand/abmeldung', {}, { cookies })
    expect(left.location).toBe('/stand?done=left')
    expect(left.cookies).toEqual(Object.fromEntries(Object.keys(cookies).map((name) => [name, ''])))
  })

  it('answers machines with the state and what happens next', async () => {
    const { caseNumber, accessCode } = await openDog(ctx)
    const get = (number: string, code: string) => city.json('GET', `/api/v1/cases/${number}?code=${code}`)
    const state = await get(caseNumber, accessCode)
    expect(state.status).toBe(200)
    expect(state.json()).toMatchObject({
      caseNumber,
      service: { slug: 'dog-registration' },
      state: { name: 'received' },
    })
    expect(state.json().next).not.toBe('')
    expect((await get(caseNumber, 'AAAA-BBBB-CCCC')).status).toBe(404)
    expect((await get('HUN-2030-999999-0', accessCode)).status).toBeGreaterThanOrEqual(404)
    expect((await get(caseNumber, '')).status).toBe(404)
  })

  it('opens with a new code that a clerk made, and not with the old one any more', async () => {
    const { caseId, caseNumber, accessCode } = await openDog(ctx, { answers: exemptAnswers() })
    const revision = String((await reload(caseId)).revision)
    const page = await city.post(`/workbench/vorgaenge/${caseNumber}/zugangscode`, { revision }, { as: JONAS })
    const code = /([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})/.exec(page.body)![1]!
    expect((await city.post('/stand', { nummer: caseNumber, code })).status).toBe(303)
    expect((await city.post('/stand', { nummer: caseNumber, code: accessCode })).status).toBe(422)
  })
})

describe('a statement of another organisation', () => {
  it('is given once by a link that opens the question and nothing else', async () => {
    const { caseId, caseNumber } = await openDog(ctx, { answers: exemptAnswers() })
    await advance(ctx, caseId)
    const { revision } = await reload(caseId)
    const ask = { organisation: 'Hundeschule Neckar', email: 'schule@hunde.example', question: 'Ist die Prüfung echt?' }
    expect(await askForStatement(jonas, caseId, { revision, key: 'form' }, ask)).toMatchObject({ ok: true })
    await tenSecondsOn(city)
    const { link } = await one(
      ctx.db,
      sql<{ link: { path: string } }>`select jsonb_build_object('path', link_path) as link
      from notifications_message where case_id = ${caseId} and subject like 'Bitte um Stellungnahme%'`,
    )
    const page = await city.get(link.path)
    expect(page.body).toContain('Ist die Prüfung echt?')
    expect(page.body).not.toContain('Anna Becker')
    expect((await city.post(link.path, { answer: '' })).status).toBe(422)
    expect((await city.post(link.path, { answer: 'Ja, bestanden.' })).status).toBe(303)
    expect((await city.post(link.path, { answer: 'Nein.' })).status).toBe(303)
    const clerk = await city.get(`/workbench/vorgaenge/${caseNumber}`, { as: JONAS })
    expect(clerk.body).toContain('Ja, bestanden.')
    expect(clerk.body).not.toContain('Nein.')
    expect((await city.get('/stellungnahme/none')).status).toBe(410)
    city.clock.advance({ days: 40 })
    expect((await city.get(link.path)).status).toBe(410)
  })
})
