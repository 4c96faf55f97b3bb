import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { caseById } from './store/case.ts'
import { pendingOf } from './store/decisions.ts'
import { documentsOf } from './store/documents.ts'
import { timelineOf } from './store/timeline.ts'
import { exemptAnswers, openDog } from './testing/dogs.ts'
import { ANNA, HEAD, JONAS, MIRA, OTHER, settle } from './testing/people.ts'
import { advance } from './use-cases/advance.ts'
import { takeWaiting, undo } from './use-cases/decide.ts'

const city = await testCity()
const ctx = await city.ctx()
const people = await settle(ctx)

async function inReview(more: Parameters<typeof openDog>[1] = {}) {
  const opened = await openDog(ctx, { answers: exemptAnswers(), ...more })
  await advance(ctx, opened.caseId)
  const kase = (await caseById(ctx, opened.caseId))!
  return { ...opened, kase, path: `/workbench/vorgaenge/${opened.caseNumber}` }
}
const subjectsTo = async (caseId: string) =>
  (
    await many(
      ctx.db,
      sql<{ subject: string }>`select subject from notifications_message where case_id = ${caseId} order by created_at`,
    )
  ).map(({ subject }) => subject)
const reload = async (id: string) => (await caseById(ctx, id))!
/** A row of the list as its box names it: the case, and the revision that the clerk saw. */
const boxOf = async (id: string) => `${id}.${(await reload(id)).revision}`
/** The hidden fields of a form of the case page, as the browser would send them. */
const fieldsOf = (body: string) => ({
  revision: /name="revision" value="(\d+)"/.exec(body)![1]!,
  key: /name="key" value="([^"]+)"/.exec(body)![1]!,
})

describe('the inbox', () => {
  it('shows clerks the cases of their unit and nobody else’s', async () => {
    const { caseNumber } = await inReview()
    const mine = await city.get('/workbench', { as: JONAS })
    expect(mine.status).toBe(200)
    expect(mine.body).toContain(caseNumber)
    const others = await city.get('/workbench?phase=all', { as: OTHER })
    expect(others.status).toBe(200)
    expect(others.body).not.toContain(caseNumber)
    expect((await city.get('/workbench', { as: ANNA })).status).toBe(403)
    expect((await city.get('/workbench')).location).toContain('/anmelden')
  })

  it('finds a case by name, number and plate-like words, and says so where there is none', async () => {
    const { caseNumber } = await inReview({
      applicant: { accountId: null, name: 'Jürgen Groß-Umstädter', email: 'j.gross@home.example', locale: 'de' },
    })
    for (const q of ['gross-umstadter', 'Jürgen', caseNumber, caseNumber.toLowerCase().replaceAll('-', ' '), 'bello'])
      expect((await city.get(`/workbench?q=${encodeURIComponent(q)}`, { as: JONAS })).body, q).toContain(caseNumber)
    for (const q of ['Nirgendwer', "' or 1=1 --", '&&&']) {
      const { body } = await city.get(`/workbench?q=${encodeURIComponent(q)}`, { as: JONAS })
      expect(body, q).toContain('Nichts gefunden')
      expect(body, q).toMatch(/href="\/workbench\?q=[^"]+phase=all">.*In allen Vorgängen suchen/)
    }
    expect((await city.get('/workbench?q=Nirgendwer&phase=all', { as: JONAS })).body).not.toContain(
      'In allen Vorgängen',
    )
  })

  it('survives any address', async () => {
    for (const query of [
      'sort=x',
      'after=%%%',
      'after=AAAA&before=BBBB',
      'assignee=1;drop',
      'state=review&state=x',
      'due=never',
    ])
      expect((await city.get(`/workbench?${query}`, { as: JONAS })).status, query).toBeLessThan(500)
  })

  it('goes through all pages in both directions without losing or repeating a case', async () => {
    for (let i = 0; i < 60; i++) await openDog(ctx, { answers: exemptAnswers() })
    for (const sort of ['opened', '-opened', 'due', '-changed']) {
      const first = await city.json('GET', `/api/v1/workbench/cases?sort=${sort}&limit=25`, undefined, { as: JONAS })
      const seen: string[] = []
      let next = first.json() as { cases: { caseNumber: string }[]; next: string | null }
      for (;;) {
        seen.push(...next.cases.map(({ caseNumber }) => caseNumber))
        if (!next.next) break
        next = (await city.json('GET', `${next.next}&limit=25`, undefined, { as: JONAS })).json()
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThanOrEqual(60)
    }
    const page = await city.get('/workbench?sort=opened', { as: JONAS })
    const after = /\/workbench\?sort=opened&amp;after=([\w-]+)/.exec(page.body)?.[1]
    const second = await city.get(`/workbench?sort=opened&after=${after}`, { as: JONAS })
    const before = /\/workbench\?sort=opened&amp;before=([\w-]+)/.exec(second.body)?.[1]
    const back = await city.get(`/workbench?sort=opened&before=${before}`, { as: JONAS })
    const numbers = (body: string) => [...body.matchAll(/data-number="([^"]+)"/g)].map((match) => match[1])
    expect(numbers(back.body)).toEqual(numbers(page.body))
    expect(numbers(second.body)).not.toEqual(numbers(page.body))
  })

  it('is exported as CSV that no spreadsheet runs as a program', async () => {
    const { caseNumber } = await inReview({
      applicant: { accountId: null, name: '=cmd|calc', email: 'x@home.example', locale: 'de' },
    })
    const csv = await city.get('/workbench/vorgaenge.csv?phase=all', { as: JONAS })
    expect(csv.headers['content-type']).toContain('text/csv')
    const line = csv.body.split('\r\n').find((text) => text.startsWith(caseNumber))
    expect(line).toContain(`;'=cmd|calc;`)
    expect((await city.get('/workbench/vorgaenge.csv?phase=all', { as: OTHER })).body).not.toContain(caseNumber)
  })

  it('takes, hands over and sets follow-ups for several cases at once, and says what did not work', async () => {
    const [a, b] = [await inReview(), await inReview()]
    const ids = [a.caseId, b.caseId]
    const boxes = () => Promise.all(ids.map(boxOf))
    const cases = await boxes()
    const taken = await city.post('/workbench/uebernahmen', { case: cases, back: 'state=review' }, { as: JONAS })
    expect(taken.location).toBe('/workbench?state=review&changed=2&left=0')
    expect((await reload(a.caseId)).assignee).toBe(people.jonas)

    const stolen = await city.post('/workbench/uebernahmen', { case: cases }, { as: MIRA })
    expect(stolen.location).toContain('changed=0&left=2')
    const told = await city.get(stolen.location, { as: MIRA })
    for (const words of ['2 Vorgänge sind geblieben', `>${a.caseNumber}</a>`, 'inzwischen von jemand anderem geändert'])
      expect(told.body).toContain(words)
    const foreign = await city.post('/workbench/uebernahmen', { case: cases }, { as: OTHER })
    expect(foreign.location).toContain('changed=0&left=2')

    // Jonas is ill: the head of the unit gives his cases to Mira.
    const list = await city.get(`/workbench?assignee=${people.jonas}`, { as: HEAD })
    expect(list.body).toContain(a.caseNumber)
    const notHers = await city.post('/workbench/uebergaben', { case: await boxes(), to: people.mira }, { as: MIRA })
    expect(notHers.location).toContain(`not=${a.caseNumber}.forbidden`)
    const handed = await city.post('/workbench/uebergaben', { case: await boxes(), to: people.mira }, { as: HEAD })
    expect(handed.location).toContain('changed=2')
    expect((await reload(b.caseId)).assignee).toBe(people.mira)

    const later = await city.post('/workbench/wiedervorlagen', { case: await boxes(), on: '24.12.2030' }, { as: MIRA })
    expect(later.location).toContain('changed=2')
    expect((await reload(a.caseId)).followUpOn?.toString()).toBe('2030-12-24')
    const blind = await city.post('/workbench/wiedervorlagen', { case: cases, on: '2.1.2031' }, { as: JONAS })
    expect(blind.location).toContain('changed=0&left=2')
    expect((await reload(a.caseId)).followUpOn?.toString()).toBe('2030-12-24')
    const impossible = await city.post(
      '/workbench/wiedervorlagen',
      { case: await boxes(), on: '30.2.2031' },
      { as: MIRA },
    )
    expect(impossible.status).toBe(422)
    expect((await city.post('/workbench/uebernahmen', {}, { as: MIRA })).body).toContain(
      'Wählen Sie zuerst Vorgänge aus',
    )
  })

  it('keeps views under a name, for their owner alone', async () => {
    await city.post(
      '/workbench/ansichten',
      { name: 'Meine Sorgenkinder', query: 'due=overdue&x=%22%3E%3Cscript' },
      { as: JONAS },
    )
    const page = await city.get('/workbench', { as: JONAS })
    expect(page.body).toContain('Meine Sorgenkinder')
    expect(page.body).toContain('/workbench?due=overdue"')
    expect((await city.get('/workbench', { as: MIRA })).body).not.toContain('Meine Sorgenkinder')
    const id = /\/workbench\/ansichten\/([0-9a-f-]+)\/loeschung/.exec(page.body)![1]!
    const rename = (name: string, as: string) => city.post(`/workbench/ansichten/${id}/umbenennung`, { name }, { as })
    await city.post('/workbench/ansichten', { name: 'Zweite', query: 'due=week' }, { as: JONAS })
    expect((await rename('Zweite', JONAS)).body).toContain('Diesen Namen hat schon eine andere Ansicht.')
    await rename('Fremd', MIRA)
    expect((await city.get('/workbench', { as: JONAS })).body).not.toContain('Fremd')
    expect((await rename('Meine Lieblinge', JONAS)).status).toBe(303)
    expect((await city.get('/workbench', { as: JONAS })).body).toContain('Meine Lieblinge')
    await rename('Meine Sorgenkinder', JONAS)
    await city.post(`/workbench/ansichten/${id}/loeschung`, {}, { as: MIRA })
    expect((await city.get('/workbench', { as: JONAS })).body).toContain('Meine Sorgenkinder')
    await city.post(`/workbench/ansichten/${id}/loeschung`, {}, { as: JONAS })
    expect((await city.get('/workbench', { as: JONAS })).body).not.toContain('Meine Sorgenkinder')
    expect((await city.post('/workbench/ansichten', { name: ' ' }, { as: JONAS })).status).toBe(422)
  })
})

describe('the page of a case', () => {
  it('answers who, what, since when, until when and what can be done', async () => {
    const { path } = await inReview()
    const page = await city.get(path, { as: JONAS })
    expect(page.status).toBe(200)
    for (const words of [
      'Anna Becker',
      '13. März 2030',
      '27. März 2030',
      'noch 10 Arbeitstage',
      'Befreien und anmelden',
      'Eine Befreiung ist beantragt',
      'Bello',
      'Antrag eingegangen',
    ])
      expect(page.body).toContain(words)
    const english = await city.get(`/en${path}`, { as: JONAS })
    expect(english.body).toContain('10 working days left')
    expect(english.body).toContain('Exempt and register')
  })

  it('is as unknown to clerks of other units as a number that does not exist', async () => {
    const { path } = await inReview()
    const foreign = await city.get(path, { as: OTHER })
    const unknown = await city.get('/workbench/vorgaenge/HUN-2030-999999-1', { as: OTHER })
    expect([foreign.status, unknown.status]).toEqual([404, 404])
    for (const step of ['uebernahme', 'notizen', 'nachrichten', 'zugangscode', 'schritte/refuse'])
      expect((await city.post(`${path}/${step}`, { revision: '1' }, { as: OTHER })).status).toBe(404)
  })

  it('tells the second of two clerks who take it, and leaves it with the first', async () => {
    const { path, kase } = await inReview()
    const revision = String(kase.revision)
    expect((await city.post(`${path}/uebernahme`, { revision }, { as: JONAS })).status).toBe(303)
    const second = await city.post(`${path}/uebernahme`, { revision }, { as: MIRA })
    expect(second.status).toBe(409)
    expect(second.body).toContain('Jonas Keller hat den Vorgang am')
    expect((await reload(kase.id)).assignee).toBe(people.jonas)
  })

  it('keeps what was typed where somebody else was faster', async () => {
    const { path, kase } = await inReview()
    await city.post(`${path}/uebernahme`, { revision: String(kase.revision) }, { as: JONAS })
    const late = await city.post(
      `${path}/schritte/refuse`,
      { revision: String(kase.revision), grounds: 'Der Nachweis ist <abgelaufen>.' },
      { as: MIRA },
    )
    expect(late.status).toBe(409)
    expect(late.body).toContain('Inzwischen geändert')
    expect(late.body).toContain('Der Nachweis ist &lt;abgelaufen&gt;.')
    const now = await reload(kase.id)
    expect(late.body).toContain(`name="revision" value="${now.revision}"`)
    expect(now.state).toBe('review')
  })

  it('says what will happen before a decision, shows the letter, and can take it back', async () => {
    const { path, kase } = await inReview()
    const step = `${path}/schritte/exempt`
    const page = await city.get(step, { as: JONAS })
    for (const words of ['Was dann geschieht', 'Bescheid über die Hundesteuer', 'zehn Sekunden', 'abgeschlossen'])
      expect(page.body).toContain(words)
    const preview = await city.post(`${step}/vorschau/tax-notice`, { conditions: 'Jährlich' }, { as: JONAS })
    expect(preview.headers['content-type']).toBe('application/pdf')
    expect(preview.bytes.subarray(0, 5).toString()).toBe('%PDF-')

    const decided = await city.post(step, { revision: String(kase.revision), conditions: 'Jährlich' }, { as: JONAS })
    expect(decided.location).toBe(path)
    const waiting = await city.get(path, { as: JONAS })
    expect(waiting.body).toContain('wird in zehn Sekunden wirksam')
    const pending = /name="pending" value="([^"]+)"/.exec(waiting.body)![1]!
    const undone = await city.post(`${path}/ruecknahme`, { pending }, { as: JONAS })
    expect(undone.location).toContain('done=undone')
    expect((await city.post(`${path}/ruecknahme`, { pending }, { as: JONAS })).status).toBe(409)
    expect((await reload(kase.id)).state).toBe('review')
  })

  it('says at the field what is missing', async () => {
    const { path, kase } = await inReview()
    const refused = await city.post(
      `${path}/schritte/refuse`,
      { revision: String(kase.revision), grounds: '' },
      { as: JONAS },
    )
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Füllen Sie das Feld „Gründe“ aus.')
    expect(refused.body).toContain('href="#f-grounds"')
  })

  it('shows no step that is not possible, and none is taken', async () => {
    const { path, kase } = await inReview()
    expect((await city.get(`${path}/schritte/register`, { as: JONAS })).location).toBe(path)
    const post = await city.post(`${path}/schritte/register`, { revision: String(kase.revision) }, { as: JONAS })
    expect(post.status).toBe(409)
    expect((await reload(kase.id)).state).toBe('review')
  })

  it('takes notes and messages; the applicant is told of messages and never sees notes', async () => {
    const { path, caseNumber } = await inReview({
      applicant: { accountId: people.anna, name: 'Anna Becker', email: ANNA, locale: 'de' },
    })
    const shown = fieldsOf((await city.get(path, { as: JONAS })).body)
    await city.post(`${path}/notizen`, { ...shown, note: 'Nachbarn gefragt' }, { as: JONAS })
    await city.post(`${path}/nachrichten`, { ...shown, message: 'Bitte rufen Sie an.\n\nDanke' }, { as: JONAS })
    const page = await city.get(path, { as: JONAS })
    expect(page.body).toContain('Nachbarn gefragt')
    const hers = await city.get(`/meine-antraege/${caseNumber}`, { as: ANNA })
    expect(hers.body).toContain('Bitte rufen Sie an.')
    expect(hers.body).not.toContain('Nachbarn gefragt')
    expect((await city.post(`${path}/notizen`, { note: '  ' }, { as: JONAS })).status).toBe(422)
    const long = await city.post(`${path}/nachrichten`, { message: 'x'.repeat(5001) }, { as: JONAS })
    expect(long.status).toBe(422)
    expect(long.body).toContain('x'.repeat(5001))
  })

  it('makes a letter, shows it first, and delivers it once', async () => {
    const { path, caseId } = await inReview()
    const shown = fieldsOf((await city.get(path, { as: JONAS })).body)
    const letter = {
      template: 'cases.general',
      subject: 'Ihre Frage',
      letter: 'Ihr Hund ist willkommen.\n\nBis *bald*',
    }
    const preview = await city.post(`${path}/briefe/vorschau`, letter, { as: JONAS })
    expect(preview.headers['content-type']).toBe('application/pdf')
    expect(await documentsOf(ctx, caseId)).toHaveLength(0)
    expect((await city.post(`${path}/briefe`, { ...letter, ...shown }, { as: JONAS })).status).toBe(303)
    expect((await city.post(`${path}/briefe`, { ...letter, ...shown }, { as: JONAS })).status).toBe(303)
    expect(await documentsOf(ctx, caseId)).toMatchObject([{ kind: 'letter', title: 'Ihre Frage' }])
    expect(await subjectsTo(caseId)).toEqual([expect.stringContaining('Ihre Frage zu Ihrem Antrag')])
    const empty = await city.post(`${path}/briefe`, { ...letter, ...shown, subject: ' ' }, { as: JONAS })
    expect(empty.status).toBe(422)
    expect(empty.body).toContain('Geben Sie dem Brief einen Betreff.')
    expect(empty.body).toContain('Bis *bald*')
  })

  it('lets no decision leave the house as a letter without the decision', async () => {
    const { path, caseId } = await inReview()
    const page = await city.get(path, { as: JONAS })
    expect(page.body).not.toContain('value="tax-notice"')
    for (const template of ['tax-notice', '../../etc/passwd']) {
      const letter = { ...fieldsOf(page.body), template, subject: 'x', letter: 'x' }
      expect((await city.post(`${path}/briefe`, letter, { as: JONAS })).status).toBe(404)
      expect((await city.post(`${path}/briefe/vorschau`, letter, { as: JONAS })).status).toBe(422)
    }
    expect(await documentsOf(ctx, caseId)).toHaveLength(0)
  })

  it('tells the second of two clerks in every form whose effect a colleague could contradict', async () => {
    const { path, caseId } = await inReview()
    const before = fieldsOf((await city.get(path, { as: MIRA })).body)
    const his = { ...before, key: 'his', message: 'Ja, gern.' }
    expect((await city.post(`${path}/nachrichten`, his, { as: JONAS })).status).toBe(303)
    const forms: Record<string, Record<string, string>> = {
      uebernahme: {},
      uebergabe: { to: people.mira },
      wiedervorlage: { on: '24.12.2030' },
      nachrichten: { message: 'Nein, leider nicht.' },
      briefe: { template: 'cases.general', subject: 'Nein', letter: 'Leider nicht.' },
      stellungnahmen: { organisation: 'Tierheim', mail: 'heim@tiere.example', question: 'Kennen Sie den Hund?' },
      zugangscode: {},
      'schritte/refuse': { grounds: 'Kein Nachweis.' },
    }
    for (const [form, typed] of Object.entries(forms)) {
      const late = await city.post(`${path}/${form}`, { ...before, ...typed }, { as: MIRA })
      expect(late.status, form).toBe(409)
      expect(late.body, form).toContain('Jonas Keller hat den Vorgang am')
      for (const text of Object.values(typed)) expect(late.body, form).toContain(text)
    }
    expect(await reload(caseId)).toMatchObject({ assignee: null, followUpOn: null, state: 'review' })
    expect(await subjectsTo(caseId)).toHaveLength(1)
  })

  it('does once what is sent twice', async () => {
    const { path, caseId } = await inReview()
    const shown = fieldsOf((await city.get(path, { as: JONAS })).body)
    const twice = async (form: string, typed: Record<string, string>) => {
      const { revision } = await reload(caseId)
      const send = () => city.post(`${path}/${form}`, { ...shown, ...typed, revision: String(revision) }, { as: JONAS })
      const both = [await send(), await send()]
      expect(
        both.map(({ status }) => status),
        form,
      ).toEqual([303, 303])
    }
    await twice('uebernahme', {})
    await twice('wiedervorlage', { on: '24.12.2030' })
    await twice('notizen', { note: 'Einmal' })
    await twice('nachrichten', { message: 'Einmal' })
    await twice('stellungnahmen', { organisation: 'Tierheim', mail: 'heim@tiere.example', question: 'Einmal?' })
    await twice('uebergabe', { to: people.mira })
    await twice('schritte/refuse', { grounds: 'Einmal' })
    const kinds = (await timelineOf(ctx, caseId))
      .map(({ action }) => action)
      .filter((action) => action !== 'cases.moved')
    expect(kinds).toEqual([
      'cases.handed-over',
      'cases.statement-asked',
      'cases.message-sent',
      'cases.noted',
      'cases.follow-up',
      'cases.taken',
      'cases.opened',
    ])
  })

  it('changes nothing while a decision is about to take effect, so that none gets lost', async () => {
    const { path, caseId, kase } = await inReview()
    await city.post(
      `${path}/schritte/refuse`,
      { revision: String(kase.revision), grounds: 'Kein Nachweis' },
      { as: JONAS },
    )
    const shown = { revision: String(kase.revision), key: 'x' }
    for (const [form, typed] of [
      ['wiedervorlage', { on: '24.12.2030' }],
      ['uebernahme', {}],
      ['nachrichten', { message: 'Noch etwas' }],
    ] as const) {
      const reply = await city.post(`${path}/${form}`, { ...shown, ...typed }, { as: MIRA })
      expect(reply.status, form).toBe(409)
      expect(reply.body).toContain('Eine Entscheidung wird gerade wirksam')
    }
    const waiting = (await pendingOf(ctx, caseId))!
    await takeWaiting(ctx, caseId, waiting.id)
    expect((await reload(caseId)).state).toBe('refused')
  })

  it('lets nobody take a decision back who may not work on the case', async () => {
    const { path, kase } = await inReview()
    await city.post(`${path}/schritte/exempt`, { revision: String(kase.revision) }, { as: JONAS })
    const pending = /name="pending" value="([^"]+)"/.exec((await city.get(path, { as: JONAS })).body)![1]!
    const reader = await city.ctx({ as: JONAS })
    const account = { ...reader.account!, permissions: new Map([['cases.read', ['steueramt']]]) }
    expect(await undo({ ...reader, account }, kase.id, pending)).toMatchObject({ problem: 'forbidden' })
    expect(await undo(reader, kase.id, pending)).toMatchObject({ ok: true })
  })

  it('goes to another unit only by somebody who may assign, and is gone from here then', async () => {
    const { path, kase } = await inReview()
    await city.post(
      `${path}/nachrichten`,
      { revision: String(kase.revision), key: 'k', message: 'Falsches Amt' },
      { as: JONAS },
    )
    const revision = String((await reload(kase.id)).revision)
    const own = await city.post(`${path}/uebergabe`, { revision, to: '', unit: 'kulturamt' }, { as: JONAS })
    expect(own.status).toBe(403)
    const nobody = await city.post(`${path}/uebergabe`, { revision, to: people.other }, { as: JONAS })
    expect(nobody.status).toBe(422)
    const handed = await city.post(`${path}/uebergabe`, { revision, to: '', unit: 'kulturamt' }, { as: HEAD })
    expect(handed.status).toBe(303)
    expect((await city.get(path, { as: JONAS })).status).toBe(404)
    expect((await city.get(path, { as: OTHER })).status).toBe(200)
    // What was written about it has gone with it.
    const { units } = await one(
      ctx.db,
      sql<{
        units: string[]
      }>`select array_agg(distinct unit) as units from notifications_message where case_id = ${kase.id}`,
    )
    expect(units).toEqual(['kulturamt'])
  })
})

describe('the JSON operations of the workbench', () => {
  it('take a step for who has seen the newest version', async () => {
    const { caseNumber, kase } = await inReview()
    const path = `/api/v1/workbench/cases/${caseNumber}`
    const seen = await city.json('GET', path, undefined, { as: JONAS })
    expect(seen.headers['etag']).toBe(`"${kase.revision}"`)
    expect(seen.json().transitions.map(({ name }: { name: string }) => name)).toContain('refuse')
    const step = (name: string, body: unknown, ifMatch?: string) =>
      city.json('POST', `${path}/transitions/${name}`, body, {
        as: JONAS,
        headers: ifMatch ? { 'if-match': ifMatch } : {},
      })

    expect((await step('refuse', { grounds: 'x' })).status).toBe(428)
    expect((await step('refuse', { grounds: 'x' }, '"0"')).json()).toMatchObject({
      status: expect.any(Number),
      title: expect.any(String),
    })
    expect((await step('refuse', {}, String(seen.headers['etag']))).status).toBe(422)
    expect((await step('register', {}, String(seen.headers['etag']))).status).toBe(409)
    expect((await step('nonsense', {}, String(seen.headers['etag']))).status).toBe(409)
    const done = await step('refuse', { grounds: 'Kein Nachweis' }, String(seen.headers['etag']))
    expect(done.status).toBe(200)
    expect(done.json()).toMatchObject({ state: { name: 'refused' } })
    expect((await step('refuse', { grounds: 'again' }, String(seen.headers['etag']))).status).toBe(409)
  })

  it('refuse who may not, with 404 for cases of others', async () => {
    const { caseNumber } = await inReview()
    const path = `/api/v1/workbench/cases/${caseNumber}`
    expect((await city.json('GET', path)).status).toBe(401)
    expect((await city.json('GET', path, undefined, { as: ANNA })).status).toBe(403)
    expect((await city.json('GET', path, undefined, { as: OTHER })).status).toBe(404)
    expect((await city.json('GET', '/api/v1/workbench/cases?limit=0', undefined, { as: JONAS })).status).toBe(400)
    expect((await city.json('GET', '/api/v1/workbench/cases?nonsense=1', undefined, { as: JONAS })).status).toBe(400)
  })
})
