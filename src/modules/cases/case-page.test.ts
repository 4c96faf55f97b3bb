import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { one, sql } from '#platform/db/db.ts'
import { documentsOf } from './store/documents.ts'
import { timelineOf } from './store/timeline.ts'
import { pendingOf } from './store/waiting.ts'
import { desk, fieldsOf, tenSecondsOn } from './testing/desk.ts'
import { ANNA, HEAD, JONAS, MIRA, OTHER, settle } from './testing/people.ts'
import { takeWaiting } from './use-cases/take-waiting.ts'
import { undo } from './use-cases/waiting.ts'

const city = await testCity()
const ctx = await city.ctx()
const people = await settle(ctx)
const { inReview, reload, subjectsTo } = desk(ctx)

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
    expect(undone.body).toContain('Zurückgenommen. Es ist nichts verschickt worden')
    expect(undone.body).toContain('Jährlich')
    expect((await city.post(`${path}/ruecknahme`, { pending: kase.id }, { as: JONAS })).status).toBe(409)
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
    await tenSecondsOn(city)
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
    await tenSecondsOn(city)
    expect((await city.post(`${path}/briefe`, { ...letter, ...shown }, { as: JONAS })).status).toBe(303)
    await tenSecondsOn(city)
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
    await tenSecondsOn(city)
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
      await tenSecondsOn(city)
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
      expect(reply.body).toContain('Bei diesem Vorgang geht gerade etwas hinaus')
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

  it('comes up again on a day that is still to come', async () => {
    const { path, caseId, kase } = await inReview()
    const on = (day: string) =>
      city.post(`${path}/wiedervorlage`, { revision: String(kase.revision), on: day }, { as: JONAS })
    const passed = await on('12.3.2030')
    expect(passed.status).toBe(422)
    expect(passed.body).toContain('Dieser Tag ist schon vorbei')
    expect(passed.body).toContain('value="12.3.2030"')
    expect((await on('13.3.2030')).status).toBe(303)
    expect((await reload(caseId)).followUpOn?.toString()).toBe('2030-03-13')
  })

  it('is offered for handing over to its clerk, to everybody while nobody has it, and to who may assign', async () => {
    const { path, kase } = await inReview()
    const offered = async (as: string) => (await city.get(path, { as })).body.includes(`action="${path}/uebergabe"`)
    expect([await offered(JONAS), await offered(MIRA), await offered(HEAD)]).toEqual([true, true, true])
    await city.post(`${path}/uebernahme`, { revision: String(kase.revision) }, { as: JONAS })
    expect([await offered(JONAS), await offered(MIRA), await offered(HEAD)]).toEqual([true, false, true])
  })

  it('goes to another unit only by somebody who may assign, and is gone from here then', async () => {
    const { path, kase } = await inReview()
    await city.post(
      `${path}/nachrichten`,
      { revision: String(kase.revision), key: 'k', message: 'Falsches Amt' },
      { as: JONAS },
    )
    await tenSecondsOn(city)
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
