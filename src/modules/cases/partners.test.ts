import { expect, it } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { keepServiceVersion } from '#src/testing/service-version.ts'
import { caseById } from './store/case.ts'
import { timelineOf } from './store/timeline.ts'
import { clubVersion } from './testing/club.ts'
import { tenSecondsOn } from './testing/desk.ts'
import { openDog } from './testing/dogs.ts'
import { JONAS, settle } from './testing/people.ts'
import { decide } from './use-cases/decide.ts'
import { tellCase } from './use-cases/happen.ts'
import { askForStatement } from './use-cases/statements.ts'

const city = await testCity()
const ctx = await city.ctx()
await settle(ctx)
await keepServiceVersion(ctx, await clubVersion(ctx), 'trial')
const jonas = await city.ctx({ as: JONAS })
const reload = async (id: string) => (await caseById(ctx, id))!

const FILLED_IN: Readonly<Record<string, string>> = { deposit: '1.250,50', visit: '24.12.2030', kind: 'rescue' }

async function atTheClub() {
  const { caseId, caseNumber } = await openDog(ctx, { version: 2 })
  const asked = { caseId, transition: 'ask-club', revision: 1, typed: (name: string) => FILLED_IN[name] }
  expect(await decide(jonas, asked, { atOnce: true })).toMatchObject({ ok: true })
  const { revision } = await reload(caseId)
  const question = { organisation: 'Hundeverein', email: 'verein@hunde.example', question: 'Bestanden?' }
  await askForStatement(jonas, caseId, { revision, key: caseId }, question)
  await tenSecondsOn(city)
  const { link } = await one(
    ctx.db,
    sql<{ link: string }>`select link_path as link from notifications_message
      where case_id = ${caseId} and subject like 'Bitte um Stellungnahme%'`,
  )
  return { caseId, link, path: `/workbench/vorgaenge/${caseNumber}` }
}

it('an organisation chooses between the ways that the workflow gives it, and fills in what its way asks for', async () => {
  const { caseId, link, path } = await atTheClub()
  const page = await city.get(link)
  for (const words of ['Ihr Ergebnis', 'Wir stimmen zu', 'Wir lehnen ab', 'Mit Auszeichnung', 'Wir lehnen ab: Warum'])
    expect(page.body).toContain(words)
  expect(page.body).not.toContain('value="never"')
  for (const [typed, error] of [
    [{ answer: 'Ja.' }, 'Füllen Sie das Feld „Ihr Ergebnis“ aus.'],
    [{ answer: 'Ja.', step: 'never' }, 'Füllen Sie das Feld „Ihr Ergebnis“ aus.'],
    [{ answer: 'Ja.', step: 'agree' }, 'Füllen Sie das Feld „Note“ aus.'],
    [{ answer: 'Ja.', step: 'agree', 'agree.grade': 'c' }, 'Wählen Sie bei „Note“ eine der Möglichkeiten.'],
  ] as const) {
    const again = await city.post(link, typed)
    expect(again.status).toBe(422)
    expect(again.body).toContain(error)
    expect(again.body).toContain('>Ja.</textarea>')
  }
  expect((await reload(caseId)).state).toBe('club')
  expect((await city.post(link, { answer: 'Ja.', step: 'agree', 'agree.grade': 'a' })).status).toBe(303)
  expect((await reload(caseId)).state).toBe('review')
  const [moved] = (await timelineOf(ctx, caseId)).filter(({ action }) => action === 'cases.moved')
  expect(moved).toMatchObject({ actor: 'partner', data: { transition: 'agree', input: { grade: 'a' } } })
  expect((await city.get(path, { as: JONAS })).body).toContain('Mit Auszeichnung')
  const after = await city.get(link)
  expect(after.body).toContain('Ihre Stellungnahme ist bei uns.')
  expect(after.body).toContain('<p>Ja.</p>')
})

it('its second word changes nothing', async () => {
  const { caseId, link } = await atTheClub()
  await city.post(link, { answer: 'Nein.', step: 'object', 'object.grounds': 'Durchgefallen' })
  expect(await reload(caseId)).toMatchObject({ state: 'refused', outcome: 'refused' })
  expect((await city.post(link, { answer: 'Doch.' })).status).toBe(303)
  expect((await city.get(link)).body).not.toContain('Doch.')
})

it('money, days and choices are read as people type them, and shown and sent in words', async () => {
  const { caseId, path } = await atTheClub()
  const page = await city.get(path, { as: JONAS })
  for (const words of ['1.250,50\u00a0€', '24. Dezember 2030', 'Rettungshund']) expect(page.body).toContain(words)
  const [notice] = await many(
    ctx.db,
    sql<{
      paragraphs: string[]
    }>`select paragraphs from notifications_message where case_id = ${caseId} and subject = 'Der Verein'`,
  )
  expect(notice?.paragraphs).toEqual(['Pfand 1.250,50\u00a0€, Besuch am 24. Dezember 2030, Rettungshund.'])
})

it('a decision that waits is void when somebody else is faster, and the clerk is told', async () => {
  const { caseId, caseNumber } = await openDog(ctx, { version: 2 })
  await decide(jonas, { caseId, transition: 'ask-club', revision: 1, typed: (name) => FILLED_IN[name] })
  expect(await tellCase(ctx, caseId, 'deadline')).toBe(true)
  expect(await reload(caseId)).toMatchObject({ state: 'review', newsAt: expect.anything() })
  expect((await city.get(`/workbench/vorgaenge/${caseNumber}`, { as: JONAS })).body).toContain(
    'Nicht wirksam geworden, weil sich der Vorgang vorher geändert hat: Verein fragen',
  )
})

it('a case that begins with a clerk is moved by its deadline, too', async () => {
  const { caseId } = await openDog(ctx, { version: 2 })
  const { dueOn } = await reload(caseId)
  city.clock.set(dueOn!.add({ days: 1 }).toZonedDateTime('Europe/Berlin').toInstant().add({ seconds: 1 }).toString())
  await city.runJobs()
  expect(await reload(caseId)).toMatchObject({ state: 'review', reason: 'left-lying' })
})
