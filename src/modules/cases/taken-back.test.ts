import { describe, expect, it } from 'vitest'
import { verifyAudit } from '#platform/audit/verify.ts'
import { testCity } from '#src/testing/city.ts'
import { documentsOf } from './store/documents.ts'
import { messagesOf, notesOf } from './store/messages.ts'
import { timelineOf } from './store/timeline.ts'
import { pendingOf } from './store/waiting.ts'
import { desk, fieldsOf, tenSecondsOn } from './testing/desk.ts'
import { ANNA, JONAS, MIRA, settle } from './testing/people.ts'
import { writeToCity } from './use-cases/applicant.ts'
import { decideAsApplicant } from './use-cases/decide.ts'

const city = await testCity()
const ctx = await city.ctx()
const people = await settle(ctx)
const { inReview, reload, subjectsTo } = desk(ctx)

const MESSAGE = { message: 'Bitte rufen Sie an.\n\nDanke' }
const LETTER = { template: 'cases.general', subject: 'Ihre Frage', letter: 'Ihr Hund ist willkommen.' }
const QUESTION = { organisation: 'Tierheim', mail: 'heim@tiere.example', question: 'Kennen Sie den Hund?' }

async function sent(form: string, typed: Record<string, string>) {
  const opened = await inReview({
    applicant: { accountId: people.anna, name: 'Anna Becker', email: ANNA, locale: 'de' },
  })
  const fields = { ...fieldsOf((await city.get(opened.path, { as: JONAS })).body), ...typed }
  expect(await city.post(`${opened.path}/${form}`, fields, { as: JONAS })).toMatchObject({
    status: 303,
    location: opened.path,
  })
  const pending = (await pendingOf(ctx, opened.caseId))!.id
  const press = (button: string, as = JONAS) => city.post(`${opened.path}/${button}`, { pending }, { as })
  return { ...opened, fields, press }
}

const OUTGOING: readonly (readonly [form: string, typed: Record<string, string>, title: string])[] = [
  ['nachrichten', MESSAGE, 'Die Nachricht geht in zehn Sekunden hinaus'],
  ['briefe', LETTER, 'Der Brief geht in zehn Sekunden hinaus'],
  ['stellungnahmen', QUESTION, 'Die Anfrage geht in zehn Sekunden hinaus: Tierheim'],
]

describe('what a clerk sends', () => {
  for (const [form, typed, title] of OUTGOING) {
    it(`waits ten seconds, then goes out once (${form})`, async () => {
      const { caseId, path, fields } = await sent(form, typed)
      expect((await city.get(path, { as: JONAS })).body).toContain(title)
      const hers = await city.get(`/meine-antraege/${(await reload(caseId)).number}`, { as: ANNA })
      expect(hers.body).not.toContain('Bitte rufen Sie an.')
      expect(await subjectsTo(caseId)).toEqual([])
      await city.post(`${path}/${form}`, fields, { as: JONAS })
      await tenSecondsOn(city)
      await city.post(`${path}/${form}`, fields, { as: JONAS })
      await tenSecondsOn(city)
      expect(await subjectsTo(caseId)).toHaveLength(1)
      const [latest] = await timelineOf(ctx, caseId)
      expect(latest?.actor).toBe((await city.ctx({ as: JONAS })).account!.id)
    })

    it(`can be taken back: nothing has gone out, and what was written is still there (${form})`, async () => {
      const { caseId, path, press } = await sent(form, typed)
      const back = await press('ruecknahme', MIRA)
      expect(back.status).toBe(200)
      expect(back.body).toContain('was Sie geschrieben haben, steht noch da')
      for (const text of Object.values(typed)) expect(back.body).toContain(text)
      await tenSecondsOn(city)
      expect(await subjectsTo(caseId)).toEqual([])
      expect([...(await documentsOf(ctx, caseId)), ...(await messagesOf(ctx, caseId))]).toEqual([])
      // A second click gives the same answer.
      for (const text of Object.values(typed)) expect((await press('ruecknahme')).body).toContain(text)
      // What is sent from the page that came back goes out as any other.
      const again = { ...fieldsOf(back.body), ...typed }
      expect((await city.post(`${path}/${form}`, again, { as: JONAS })).status).toBe(303)
      await tenSecondsOn(city)
      expect(await subjectsTo(caseId)).toHaveLength(1)
    })

    it(`goes out at once for a clerk who does not want to wait, and for nobody else (${form})`, async () => {
      const { caseId, press } = await sent(form, typed)
      expect((await press('ohne-warten', MIRA)).status).toBe(403)
      expect(await subjectsTo(caseId)).toEqual([])
      expect((await press('ohne-warten')).status).toBe(303)
      expect(await subjectsTo(caseId)).toHaveLength(1)
      expect((await press('ohne-warten')).status).toBe(303)
      await tenSecondsOn(city)
      expect(await subjectsTo(caseId)).toHaveLength(1)
    })
  }

  it('gives a decision back as it was filled in', async () => {
    const { caseId, path, kase } = await inReview()
    const filled = { revision: String(kase.revision), grounds: 'Kein Nachweis.\nSchade.' }
    await city.post(`${path}/schritte/refuse`, filled, { as: JONAS })
    const pending = (await pendingOf(ctx, caseId))!.id
    const back = await city.post(`${path}/ruecknahme`, { pending }, { as: JONAS })
    expect(back.status).toBe(200)
    expect(back.body).toContain('>Kein Nachweis.\nSchade.</textarea>')
    expect(back.body).toContain(`action="${path}/schritte/refuse"`)
    expect((await reload(caseId)).state).toBe('review')
  })

  it('does not take a note of the same page for the message that waits', async () => {
    const { caseId, path, fields } = await sent('nachrichten', MESSAGE)
    await city.post(`${path}/notizen`, { ...fields, note: 'Eine Notiz' }, { as: JONAS })
    const letter = await city.post(`${path}/briefe`, { ...fields, ...LETTER }, { as: JONAS })
    expect(letter.status).toBe(409)
    expect(letter.body).toContain(LETTER.letter)
    expect((await notesOf(ctx, caseId)).map(({ body }) => body)).toEqual(['Eine Notiz'])
  })

  it('leaves news that come in meanwhile as news', async () => {
    const { caseId } = await sent('nachrichten', MESSAGE)
    await writeToCity(await city.ctx({ as: ANNA }), caseId, 'Noch etwas', 'x')
    await tenSecondsOn(city)
    expect((await reload(caseId)).newsAt).not.toBeNull()
  })

  it('keeps no applicant from withdrawing, and still goes out', async () => {
    const { caseId } = await sent('nachrichten', MESSAGE)
    const anna = await city.ctx({ as: ANNA })
    const wish = { caseId, transition: 'withdraw', revision: null, typed: () => undefined }
    expect(await decideAsApplicant(anna, wish)).toMatchObject({ ok: true })
    await tenSecondsOn(city)
    expect(await messagesOf(ctx, caseId)).toMatchObject([{ direction: 'out', body: MESSAGE.message }])
  })

  it('asks no organisation about a case that was closed meanwhile, and says so', async () => {
    const { caseId, path } = await sent('stellungnahmen', QUESTION)
    const anna = await city.ctx({ as: ANNA })
    await decideAsApplicant(anna, { caseId, transition: 'withdraw', revision: null, typed: () => undefined })
    await tenSecondsOn(city)
    expect((await subjectsTo(caseId)).join()).not.toContain('Stellungnahme')
    const page = await city.get(path, { as: JONAS })
    expect(page.body).toContain('Nicht wirksam geworden, weil sich der Vorgang vorher geändert hat: Anfrage')
    expect(page.body).toContain('Tierheim: Kennen Sie den Hund?')
    expect(await verifyAudit(ctx)).toMatchObject({ ok: true })
  })
})
