import type { JsonValue } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { eventType } from '#platform/events/events.ts'
import { extensionPoint } from '#platform/extension.ts'
import type { CaseForAction, Finding } from './domain/case.ts'

export type { Applicant, CaseForAction, Channel, Finding, Findings, StoredFinding } from './domain/case.ts'
export { caseNumberCheckDigit, formatCaseNumber, readCaseNumber } from './domain/case-number.ts'
export { isWorkingDay, lastDayOf, nextWorkingDay } from './domain/deadline.ts'
export { openCase, type NewCase, type OpenedCase } from './usecases/open-case.ts'
export { caseById, caseByNumber } from './store/case.ts'

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

/** A case was opened. */
export const caseOpened = eventType<{ caseId: string; caseNumber: string; service: string; accountId: string | null }>(
  'cases.opened',
)

/** A case has moved from one state to another; `outcome` where it is closed by that. */
export const caseMoved = eventType<{
  caseId: string
  caseNumber: string
  service: string
  transition: string
  from: string
  to: string
  outcome: 'granted' | 'refused' | 'withdrawn' | 'expired' | null
}>('cases.moved')
