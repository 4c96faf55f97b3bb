import type { ServiceDefinition, Transition } from '#modules/services/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import { fail, ok, type Failure } from '#platform/problem.ts'
import {
  chooseTransition,
  readFields,
  stateOf,
  type Actor,
  type FieldProblem,
  type FieldValues,
} from '../domain/workflow.ts'
import { ActionRefused } from '../extension.ts'
import { lockCase } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { lastEntry } from '../store/timeline.ts'
import { pendingOf } from '../store/waiting.ts'
import { definitionFor } from './definition-for.ts'
import { move } from './move.ts'
import { holdsIn, scopeOf } from './scope.ts'
import { letWait } from './waiting.ts'

export type DecideProblem =
  | 'not-found'
  | 'forbidden'
  | 'edited-by-others'
  | 'transition-not-allowed'
  | 'something-waits'
  | 'action-refused'
  | 'invalid-input'

export type DecideFailure = Failure<DecideProblem> & {
  readonly fieldProblems?: Readonly<Record<string, FieldProblem>>
  /** Of `action-refused`: why. */
  readonly says?: LocalizedText
}

export interface Wish {
  readonly caseId: string
  readonly transition: string
  /** The revision that the clerk saw; null: whatever it is (the applicant sees no revisions). */
  readonly revision: number | null
  readonly typed: (field: string) => unknown
}

/** The clerk of the context as an actor on a case of that unit. */
export const clerkIn = (ctx: Ctx, unit: string): Actor => ({
  kind: 'clerk',
  may: (permission) => may(ctx, permission, unit),
})

/**
 * A clerk's transition. What leaves the house (a letter, a mail, a demand for money, the end of the case) waits ten
 * seconds and can be taken back until then; `pending` tells until when. Everything else is done at once.
 */
export async function decide(
  ctx: Ctx,
  wish: Wish,
  more: { atOnce?: boolean } = {},
): Promise<{ ok: true; value: { kase: Case; pendingUntil: Temporal.Instant | null } } | DecideFailure> {
  return refusable(() =>
    transaction(ctx, async (ctx) => {
      const repeated = more.atOnce ? null : await repeatedDecision(ctx, wish)
      if (repeated) return ok(repeated)
      const chosen = await choose(ctx, wish, (kase) => clerkIn(ctx, kase.unit))
      if (!chosen.ok) return chosen
      const { definition, kase, transition, input } = chosen.value
      if (more.atOnce || !mattersOutside(definition, transition))
        return ok({ kase: await move(ctx, definition, kase, transition, input), pendingUntil: null })
      const pendingUntil = await letWait(ctx, kase, { kind: 'decision', transition: transition.name, input })
      return ok({ kase, pendingUntil })
    }),
  )
}

/** What came of the same decision of the same clerk a moment ago: a double click, or a reload. */
async function repeatedDecision(
  ctx: Ctx,
  wish: Wish,
): Promise<{ kase: Case; pendingUntil: Temporal.Instant | null } | null> {
  const kase = await lockCase(ctx, wish.caseId)
  if (!kase || wish.revision === null) return null
  const pending = await pendingOf(ctx, kase.id)
  if (pending) {
    const { what, accountId, revision, runAt } = pending
    const isSame = what.kind === 'decision' && what.transition === wish.transition && revision === wish.revision
    return isSame && accountId === ctx.account?.id ? { kase, pendingUntil: runAt } : null
  }
  if (kase.revision !== wish.revision + 1) return null
  const last = await lastEntry(ctx, kase.id, 'cases.moved')
  const isTheirs = last?.actor === ctx.account?.id && last?.data['transition'] === wish.transition
  return isTheirs && kase.enteredAt.equals(last.at) ? { kase, pendingUntil: null } : null
}

/** A refused action undoes the transaction around it, and is an answer and no error. */
async function refusable<T>(work: () => Promise<T>): Promise<T | DecideFailure> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ActionRefused) return { ...fail('action-refused'), says: error.says }
    throw error
  }
}

/** Whether somebody outside would notice, so that taking it back later would not help. */
export function mattersOutside(definition: ServiceDefinition, transition: Transition): boolean {
  return transition.actions.length > 0 || stateOf(definition, transition.to).kind === 'final'
}

interface Chosen {
  readonly definition: ServiceDefinition
  readonly kase: Case
  readonly transition: Transition
  readonly input: FieldValues
}

async function choose(
  ctx: Ctx,
  wish: Wish,
  actorOn: (kase: Case) => Actor,
): Promise<{ ok: true; value: Chosen } | DecideFailure> {
  const kase = await lockCase(ctx, wish.caseId)
  if (!kase) return fail('not-found')
  if (wish.revision !== null && wish.revision !== kase.revision) return fail('edited-by-others')
  const actor = actorOn(kase)
  const waiting = (await pendingOf(ctx, kase.id))?.what
  // A message that is about to go out keeps no applicant from withdrawing.
  if (waiting && (waiting.kind === 'decision' || actor.kind === 'clerk')) return fail('something-waits')
  const definition = await definitionFor(ctx, kase)
  const holds = holdsIn(scopeOf(ctx, definition, kase))
  const chosen = chooseTransition(definition, kase.state, wish.transition, actor, holds)
  if (!chosen.ok) return fail(chosen.problem)
  const fields = readFields(chosen.value.fields, wish.typed)
  if (!fields.ok) return { ...fail('invalid-input'), fieldProblems: fields.problems }
  return ok({ definition, kase, transition: chosen.value, input: fields.value })
}

/** The applicant's transition: withdrawal and the like. Done at once. */
export async function decideAsApplicant(ctx: Ctx, wish: Wish): Promise<{ ok: true; value: Case } | DecideFailure> {
  return refusable(() =>
    transaction(ctx, async (ctx) => {
      const chosen = await choose(ctx, wish, () => ({ kind: 'applicant' }))
      if (!chosen.ok) return chosen
      const { definition, kase, transition, input } = chosen.value
      return ok(await move(ctx, definition, kase, transition, input))
    }),
  )
}
