import type { JsonValue } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { extensionPoint } from '#platform/extension.ts'
import type { CaseForAction, Finding } from './domain/case.ts'

/**
 * What a workflow can ask of another system or module (`checks` of a state). Runs outside a transaction, at least
 * once, so it must bear being asked twice; a thrown error counts as `unavailable`.
 */
export interface CaseCheck {
  run(ctx: Ctx, kase: CaseForAction, input: Readonly<Record<string, unknown>>): Promise<Finding>
}

/**
 * What a workflow can do (`do` of a transition). Runs inside the transaction of the transition: throwing undoes all of
 * it, so effects outside the database are jobs. What it returns is kept in the timeline.
 */
export interface CaseAction {
  run(
    ctx: Ctx,
    kase: CaseForAction,
    input: Readonly<Record<string, unknown>>,
  ): Promise<void | { readonly data?: JsonValue }>
}

export const caseAction = extensionPoint<CaseAction>('cases.action')
export const caseCheck = extensionPoint<CaseCheck>('cases.check')
