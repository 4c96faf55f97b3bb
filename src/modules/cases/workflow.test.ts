import { describe, expect, it } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { transaction } from '#platform/db/transaction.ts'
import { definitionOf, type ServiceDefinition } from '#modules/services/public.ts'
import { provide } from '#platform/extension.ts'
import { defineModule } from '#platform/module.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { testCity } from '#src/testing/city.ts'
import { ActionRefused, caseAction } from './extension.ts'
import { caseById, lockCase } from './store/case.ts'
import { documentsOf } from './store/documents.ts'
import { timelineOf } from './store/timeline.ts'
import { exemptAnswers, openDog } from './testing/dogs.ts'
import { JONAS, MIRA, settle } from './testing/people.ts'
import { advance } from './use-cases/advance.ts'
import { handIn } from './use-cases/applicant.ts'
import { decide, decideAsApplicant } from './use-cases/decide.ts'
import { tellCase } from './use-cases/happen.ts'
import { moveByMachine } from './use-cases/move-by-machine.ts'
import { sweep } from './use-cases/sweep.ts'
import { takeWaiting } from './use-cases/take-waiting.ts'
import { undo } from './use-cases/waiting.ts'

/** Stands in for another module, whose action can be refused. */
let zoneIsFull = false
const parking = defineModule({
  name: 'parking-of-the-tests',
  extensions: [
    provide(caseAction, 'test.issue', {
      run: async () => {
        await Promise.resolve()
        if (zoneIsFull) throw new ActionRefused({ de: 'Die Zone ist voll.', en: 'The zone is full.' })
      },
    }),
  ],
})

const city = await testCity({ extraModules: [parking] })
const ctx = await city.ctx()
await settle(ctx)
const jonas = await city.ctx({ as: JONAS })
const mira = await city.ctx({ as: MIRA })

const subjects = (caseId: string) =>
  many(
    ctx.db,
    sql<{
      subject: string
    }>`select subject from notifications_message where case_id = ${caseId} and key like 'case/%' order by created_at`,
  )
const actions = async (caseId: string) => (await timelineOf(ctx, caseId)).map(({ action }) => action).toReversed()
const reload = async (caseId: string) => (await caseById(ctx, caseId))!

async function inReview() {
  const opened = await openDog(ctx, { answers: exemptAnswers() })
  await advance(ctx, opened.caseId)
  return reload(opened.caseId)
}
const wish = (caseId: string, transition: string, revision: number | null, fields: Record<string, string> = {}) => ({
  caseId,
  transition,
  revision,
  typed: (name: string) => fields[name],
})

describe('a registration in order', () => {
  it('is granted without a clerk: letter, mail, closed', async () => {
    const { caseId } = await openDog(ctx)
    await city.runJobs()
    expect(await reload(caseId)).toMatchObject({ state: 'registered', outcome: 'granted', dueOn: null })
    const [letter] = await documentsOf(ctx, caseId)
    expect(letter).toMatchObject({ kind: 'letter', template: 'tax-notice', mediaType: 'application/pdf' })
    expect(await subjects(caseId)).toHaveLength(1)
    expect(await actions(caseId)).toEqual(['cases.opened', 'cases.moved', 'cases.letter-made'])
  })

  it('is granted once, however often the job runs', async () => {
    const { caseId } = await openDog(ctx)
    await Promise.all([advance(ctx, caseId), advance(ctx, caseId), advance(ctx, caseId)])
    await advance(ctx, caseId)
    expect(await documentsOf(ctx, caseId)).toHaveLength(1)
    expect(await subjects(caseId)).toHaveLength(1)
  })

  it('is picked up by the sweeper where its job got lost', async () => {
    const { caseId } = await openDog(ctx)
    await sql`delete from graphile_worker._private_jobs`.execute(ctx.db)
    city.clock.advance({ hours: 2 })
    await sweep(ctx)
    await city.runJobs()
    expect((await reload(caseId)).state).toBe('registered')
  })
})

describe('a registration that needs judgement', () => {
  it('comes to the clerks with the reason and a deadline of ten working days', async () => {
    const kase = await inReview()
    expect(kase).toMatchObject({ state: 'review', reason: 'to-review' })
    // Opened on Wednesday, 13 March 2030.
    expect(kase.dueOn?.toString()).toBe('2030-03-27')
  })

  it('is decided by a clerk after ten seconds, with its conditions', async () => {
    const kase = await inReview()
    const result = await decide(
      jonas,
      wish(kase.id, 'exempt', kase.revision, { conditions: 'Nachweis jährlich vorlegen' }),
    )
    expect(result).toMatchObject({ ok: true, value: { kase: { state: 'review' } } })
    expect(await documentsOf(ctx, kase.id)).toHaveLength(0)
    await city.runJobs()
    expect((await reload(kase.id)).state).toBe('review')
    city.clock.advance({ seconds: 11 })
    await city.runJobs()
    expect(await reload(kase.id)).toMatchObject({ state: 'registered', outcome: 'granted' })
    expect(await documentsOf(ctx, kase.id)).toHaveLength(1)
    const [moved] = (await timelineOf(ctx, kase.id)).filter(({ action }) => action === 'cases.moved')
    expect(moved).toMatchObject({
      actor: jonas.account!.id,
      data: { input: { conditions: 'Nachweis jährlich vorlegen' } },
    })
  })

  it('can be taken back within ten seconds, and nothing has gone out', async () => {
    const kase = await inReview()
    const before = await subjects(kase.id)
    await decide(jonas, wish(kase.id, 'refuse', kase.revision, { grounds: 'Kein Nachweis' }))
    const { id } = await one(ctx.db, sql<{ id: string }>`select id from cases_pending where case_id = ${kase.id}`)
    expect(await undo(jonas, kase.id, id)).toMatchObject({ ok: true })
    city.clock.advance({ seconds: 11 })
    await city.runJobs()
    expect((await reload(kase.id)).state).toBe('review')
    expect(await subjects(kase.id)).toEqual(before)
    // A second click takes nothing more back, and gives the same answer.
    expect(await undo(jonas, kase.id, id)).toMatchObject({ ok: true, value: { transition: 'refuse' } })
    expect(await undo(jonas, kase.id, kase.id)).toMatchObject({ ok: false, problem: 'gone' })
  })

  it('takes one of two decisions made at once', async () => {
    const kase = await inReview()
    const results = await Promise.all([
      decide(jonas, wish(kase.id, 'refuse', kase.revision, { grounds: 'A' })),
      decide(mira, wish(kase.id, 'register-taxed', kase.revision, { grounds: 'B' })),
    ])
    expect(results.map((result) => (result.ok ? 'ok' : result.problem)).toSorted()).toEqual(['ok', 'something-waits'])
  })

  it('takes a decision once where the job comes twice', async () => {
    const kase = await inReview()
    await decide(jonas, wish(kase.id, 'exempt', kase.revision))
    const { id } = await one(ctx.db, sql<{ id: string }>`select id from cases_pending where case_id = ${kase.id}`)
    await Promise.all([takeWaiting(ctx, kase.id, id), takeWaiting(ctx, kase.id, id)])
    expect(await documentsOf(ctx, kase.id)).toHaveLength(1)
  })

  it('refuses a decision on an older revision, and changes nothing', async () => {
    const kase = await inReview()
    const first = await decide(jonas, wish(kase.id, 'ask-for-documents', kase.revision, { missing: 'Zeugnis' }), {
      atOnce: true,
    })
    expect(first.ok).toBe(true)
    const second = await decide(mira, wish(kase.id, 'exempt', kase.revision))
    expect(second).toMatchObject({ ok: false, problem: 'edited-by-others' })
    expect((await reload(kase.id)).state).toBe('documents')
  })

  it('says which fields are missing, and changes nothing', async () => {
    const kase = await inReview()
    const result = await decide(jonas, wish(kase.id, 'refuse', kase.revision))
    expect(result).toMatchObject({ ok: false, problem: 'invalid-input', fieldProblems: { grounds: 'required' } })
    expect((await reload(kase.id)).revision).toBe(kase.revision)
  })

  it('goes on by itself when the missing documents come, and tells the clerk', async () => {
    const kase = await inReview()
    await decide(jonas, wish(kase.id, 'ask-for-documents', kase.revision, { missing: 'Prüfungszeugnis' }), {
      atOnce: true,
    })
    expect(await reload(kase.id)).toMatchObject({ state: 'documents', missing: 'Prüfungszeugnis' })
    const file = await ctx.app.files.save(ctx, { name: 'zeugnis.pdf', content: Buffer.from('%PDF-1.7 test') })
    expect(await handIn(ctx, kase.id, [file.id])).toMatchObject({ ok: true })
    const after = await reload(kase.id)
    expect(after).toMatchObject({ state: 'review', missing: null })
    expect(after.newsAt).not.toBeNull()
  })

  it('comes back to the clerk when the deadline for documents has passed, at the end of its last day', async () => {
    const kase = await inReview()
    await decide(jonas, wish(kase.id, 'ask-for-documents', kase.revision, { missing: 'Zeugnis' }), { atOnce: true })
    const due = (await reload(kase.id)).dueOn!
    const end = due.add({ days: 1 }).toZonedDateTime('Europe/Berlin').toInstant()
    city.clock.set(end.subtract({ seconds: 1 }).toString())
    await city.runJobs()
    expect((await reload(kase.id)).state).toBe('documents')
    city.clock.set(end.add({ seconds: 1 }).toString())
    await city.runJobs()
    expect(await reload(kase.id)).toMatchObject({ state: 'review', reason: 'documents-late' })
  })

  it('is withdrawn by the applicant, and a waiting decision is void then', async () => {
    const kase = await inReview()
    const withdrawn = await decideAsApplicant(ctx, wish(kase.id, 'withdraw', null))
    expect(withdrawn).toMatchObject({ ok: true, value: { state: 'withdrawn', outcome: 'withdrawn' } })
    const again = await decideAsApplicant(ctx, wish(kase.id, 'withdraw', null))
    expect(again).toMatchObject({ ok: false, problem: 'transition-not-allowed' })
  })

  it('lets nobody take a step that is not theirs', async () => {
    const kase = await inReview()
    const asApplicant = await decideAsApplicant(ctx, wish(kase.id, 'exempt', null))
    expect(asApplicant).toMatchObject({ ok: false, problem: 'transition-not-allowed' })
    const unknown = await decide(jonas, wish(kase.id, 'explode', kase.revision))
    expect(unknown).toMatchObject({ ok: false, problem: 'transition-not-allowed' })
  })
})

describe('an action that is refused', () => {
  const withIssue = async (): Promise<ServiceDefinition> => {
    const dogs = (await definitionOf(ctx, 'dog-registration', 1))!
    const issue = { do: 'test.issue', input: {} }
    const transitions = dogs.workflow.transitions.map((transition) =>
      transition.name === 'register' ? { ...transition, actions: [issue, ...transition.actions] } : transition,
    )
    const last = {
      ...dogs.workflow.transitions.find(({ name }) => name === 'to-review')!,
      name: 'full',
      when: undefined,
    }
    return { ...dogs, workflow: { ...dogs.workflow, transitions: [...transitions, last] } }
  }
  const moveIt = (caseId: string, definition: ServiceDefinition) =>
    transaction(ctx, async (ctx) => moveByMachine(ctx, definition, (await lockCase(ctx, caseId))!, null))

  it('sends the case to a clerk, with the reason, and undoes what the transition had done', async () => {
    const definition = await withIssue()
    const { caseId } = await openDog(ctx)
    zoneIsFull = true
    expect(await moveIt(caseId, definition)).toBe(true)
    zoneIsFull = false
    const kase = await reload(caseId)
    expect(kase).toMatchObject({
      state: 'review',
      findings: { register: { outcome: 'no', message: { de: 'Die Zone ist voll.' } } },
    })
    expect(await documentsOf(ctx, caseId)).toHaveLength(0)
    expect(await subjects(caseId)).toHaveLength(0)
    expect(await actions(caseId)).toEqual(['cases.opened', 'cases.refused', 'cases.moved'])
  })

  it('is done where nothing stands in the way', async () => {
    const { caseId } = await openDog(ctx)
    await moveIt(caseId, await withIssue())
    expect((await reload(caseId)).state).toBe('registered')
  })
})

it('a payment for a case that waits for none moves nothing', async () => {
  const kase = await inReview()
  expect(await tellCase(ctx, kase.id, 'payment-received')).toBe(false)
  expect((await reload(kase.id)).revision).toBe(kase.revision)
})

it('the audit chains of all cases hold', async () => {
  expect(await verifyAudit(ctx)).toMatchObject({ ok: true })
})
