import { describe, expect, it } from 'vitest'
import { addUnit, unitById } from '#modules/accounts/public.ts'
import { allPublished } from '#modules/services/public.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import manifest from './module.ts'
import { eraseDueCases } from './retention.ts'
import { caseById } from './store/case.ts'
import { tenSecondsOn } from './testing/desk.ts'
import { exemptAnswers, openDog } from './testing/dogs.ts'
import { ANNA, JONAS, MIRA, settle } from './testing/people.ts'
import { advance } from './use-cases/advance.ts'
import { writeToApplicant } from './use-cases/messages.ts'
import { takeCase } from './use-cases/work.ts'

const city = await testCity()
const ctx = await city.ctx()
const people = await settle(ctx)
const jonas = await city.ctx({ as: JONAS })
const anna = { accountId: people.anna, name: 'Anna Becker', email: ANNA, locale: 'de' } as const

describe('keeping and forgetting', () => {
  it('keeps an open case and a closed one until its years are over, then forgets the person and keeps the chain', async () => {
    const open = await openDog(ctx, { answers: exemptAnswers(), applicant: anna })
    await advance(ctx, open.caseId)
    const closed = await openDog(ctx, { applicant: anna })
    await advance(ctx, closed.caseId)
    const seen = { revision: (await caseById(ctx, closed.caseId))!.revision, key: 'form' }
    await writeToApplicant(jonas, closed.caseId, seen, 'Alles gut, Frau Becker.')
    await tenSecondsOn(city)
    expect(await eraseDueCases(ctx)).toBe(0)
    city.clock.advance({ years: 30 })
    expect(await eraseDueCases(ctx)).toBe(1)
    expect(await caseById(ctx, open.caseId)).toMatchObject({ applicant: { name: 'Anna Becker' } })
    const erased = (await caseById(ctx, closed.caseId))!
    expect(erased).toMatchObject({
      number: closed.caseNumber,
      outcome: 'granted',
      answers: {},
      applicant: { email: '', accountId: null },
    })
    const left = await one(
      ctx.db,
      sql<{ messages: number; documents: number; files: number }>`select
        (select count(*)::int from cases_message where case_id = ${closed.caseId}) as messages,
        (select count(*)::int from cases_document where case_id = ${closed.caseId}) as documents,
        (select count(*)::int from file_object where owner = ${`case:${closed.caseId}`}) as files`,
    )
    expect(left).toEqual({ messages: 0, documents: 0, files: 0 })
    const row = await one(
      ctx.db,
      sql<{ text: string }>`select row_to_json(k)::text as text from cases_case k where id = ${closed.caseId}`,
    )
    for (const personal of ['Anna', 'Becker', 'becker', 'Bello']) expect(row.text).not.toContain(personal)
    expect(await verifyAudit(ctx)).toMatchObject({ ok: true })
    expect(await eraseDueCases(ctx)).toBe(0)
    // Mira signs in only now: a session of thirty years ago is over.
    const page = await city.get(`/workbench/vorgaenge/${closed.caseNumber}`, { as: MIRA })
    expect(page.status).toBe(200)
    expect(page.body).toContain('sind gelöscht')
  })

  it('gives people everything that is kept about their cases, and nobody else’s', async () => {
    const opened = await openDog(ctx, { applicant: anna })
    const exported = JSON.stringify(await manifest.privacy!.export(ctx, people.anna))
    expect(exported).toContain(opened.caseNumber)
    expect(exported).toContain('Bello')
    expect(await manifest.privacy!.export(ctx, people.ben)).toEqual([])
  })

  it('takes the account off its cases where it is deleted, and gives a clerk’s cases back to the inbox', async () => {
    const opened = await openDog(ctx, { answers: exemptAnswers(), applicant: { ...anna, accountId: people.ben } })
    await advance(ctx, opened.caseId)
    await takeCase(jonas, opened.caseId, (await caseById(ctx, opened.caseId))!.revision)
    await manifest.privacy!.erase(ctx, people.ben)
    expect((await caseById(ctx, opened.caseId))?.applicant.accountId).toBeNull()
    await manifest.privacy!.erase(ctx, people.jonas)
    expect((await caseById(ctx, opened.caseId))?.assignee).toBeNull()
  })

  it('tells of cases that wait for the machine for too long', async () => {
    const check = () => manifest.health![0]!.check(ctx)
    await openDog(ctx)
    city.clock.advance({ hours: 3 })
    expect(await check()).toMatchObject({ ok: false })
    await city.runJobs()
    await city.runJob('cases.sweep')
    await city.runJobs()
    expect(await check()).toMatchObject({ ok: true })
  })

  it('tells of services whose unit is not there, because nobody sees their cases', async () => {
    const check = () => manifest.health![1]!.check(ctx)
    expect(await check()).toMatchObject({
      ok: false,
      message: { en: expect.stringContaining('resident-parking goes to') },
    })
    for (const { definition } of await allPublished(ctx))
      if (!(await unitById(ctx, definition.unit)))
        await addUnit(ctx, {
          id: definition.unit,
          parentId: 'rathaus',
          name: { de: definition.unit, en: definition.unit },
          telephone: null,
          email: null,
        })
    expect(await check()).toMatchObject({ ok: true })
  })

  it('knows every cell that holds a case, so that no list leaves one out', async () => {
    const unknown = await many(
      ctx.db,
      sql`select distinct cell from cases_case k
      where not exists (select from cases_cell c where c.cell = k.cell)`,
    )
    expect(unknown).toEqual([])
    const wrong = await many(
      ctx.db,
      sql`select cell from cases_cell
      where cell <> unit || '/' || service || '/' || state || '/' || case when is_closed then 'c' else 'o' end
        || case when is_assigned then '+' else '-' end`,
    )
    expect(wrong).toEqual([])
  })
})

describe('another city', () => {
  it('shows nothing of this one: no number, no list, no search', async () => {
    const opened = await openDog(ctx)
    const other = await city.addTenant('anderswo')
    const there = await other.ctx()
    await settle(there)
    expect(await caseById(there, opened.caseId)).toBeNull()
    expect((await other.get(`/workbench/vorgaenge/${opened.caseNumber}`, { as: JONAS })).status).toBe(404)
    expect((await other.get('/workbench?phase=all&q=bello', { as: JONAS })).body).toContain('Nichts gefunden')
    expect((await other.post('/stand', { nummer: opened.caseNumber, code: opened.accessCode })).status).toBe(422)
  })
})
