import type { ServiceDefinition, Transition } from '#modules/services/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { publish } from '#platform/events/publish.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { today } from '#platform/time/clock.ts'
import { lastDayOf } from '../domain/deadline.ts'
import { advancesByItself, expectsDeadline, stateOf, type FieldValues } from '../domain/workflow.ts'
import { caseMoved } from '../events.ts'
import { advanceCase } from '../job-types.ts'
import { caseById, moveCase, setNews } from '../store/case.ts'
import { insertDecision } from '../store/decisions.ts'
import type { Case } from '../store/rows.ts'
import { retireDecision } from '../store/waiting.ts'
import { runActions } from './actions.ts'
import { startTimer } from './timers.ts'
import { traceOf } from './waiting.ts'

/**
 * Takes a transition that was chosen and allowed: state, deadline, audit entry, actions, event and what comes next, in
 * the caller's transaction, in which the case is locked. An action that throws undoes all of it.
 */
export async function move(
  ctx: Ctx,
  definition: ServiceDefinition,
  before: Case,
  transition: Transition,
  input: FieldValues = {},
): Promise<Case> {
  const to = stateOf(definition, transition.to)
  const dueOn = to.deadline && to.kind !== 'final' ? lastDayOf(to.deadline, today(ctx.clock)) : null
  const closed = to.kind === 'final' ? { outcome: to.outcome ?? 'granted' } : null
  await moveCase(ctx, before.id, {
    state: to.name,
    reason: transition.hasReason ? transition.name : null,
    missing: to.waitsFor === 'applicant' ? missingFrom(transition, input) : null,
    dueOn,
    closed,
  })
  const kase = (await caseById(ctx, before.id))!
  await audit(ctx, {
    subject: `case:${kase.id}`,
    action: 'cases.moved',
    data: { transition: transition.name, from: before.state, to: to.name, input, outcome: closed?.outcome ?? null },
    ...actorOf(ctx, transition),
  })
  if (transition.by === 'clerk') await insertDecision(ctx, kase.id, transition.name, input)
  // A clerk's decision that waited for its ten seconds while somebody else moved the case: the clerk has to know.
  const lost = await retireDecision(ctx, kase.id)
  if (lost) {
    await setNews(ctx, kase.id, ctx.clock.now())
    const data = traceOf(lost)
    await audit(ctx, { subject: `case:${kase.id}`, action: 'cases.void', data, actor: lost.accountId })
  }
  if (dueOn && expectsDeadline(definition, to.name)) await startTimer(ctx, kase, 'deadline', dueOn)
  await runActions(ctx, definition, kase, transition, input)
  await publish(ctx, caseMoved, {
    caseId: kase.id,
    caseNumber: kase.number,
    service: kase.service,
    transition: transition.name,
    from: before.state,
    to: to.name,
    outcome: closed ? (closed.outcome as 'granted') : null,
  })
  if (advancesByItself(definition, to.name)) await enqueue(ctx, advanceCase, { caseId: kase.id }, { key: kase.id })
  return kase
}

/** Applicants and organisations may have no account. */
function actorOf(ctx: Ctx, { by }: Transition): { actor?: string } {
  if (by === 'partner') return { actor: 'partner' }
  return by === 'applicant' ? { actor: ctx.account?.id ?? 'applicant' } : {}
}

/** What the clerk asked for, as the applicant will read it. */
function missingFrom(transition: Transition, input: FieldValues): string | null {
  const texts = transition.fields
    .filter(({ type }) => type === 'text' || type === 'long-text')
    .map(({ name }) => input[name])
    .filter((value) => typeof value === 'string')
  return texts.length === 0 ? null : texts.join('\n')
}
