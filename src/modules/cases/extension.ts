import type { JsonValue } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { extensionPoint } from '#platform/extension.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { CaseForAction, Finding } from './domain/case.ts'

/**
 * What a workflow can ask of another system or module (`checks` of a state). Runs outside a transaction, at least
 * once, so it must bear being asked twice; a thrown error counts as `unavailable`.
 */
export interface CaseCheck {
  run(ctx: Ctx, kase: CaseForAction, input: Readonly<Record<string, unknown>>): Promise<Finding>
}

/**
 * An action that cannot be done now, with the reason in words (the zone is full, somebody else was faster). The
 * transition is undone: a clerk is told, and where the machine wanted to take it, it takes the next that holds.
 */
export class ActionRefused extends Error {
  readonly says: LocalizedText
  constructor(says: LocalizedText) {
    super(says.en)
    this.says = says
  }
}

/**
 * What a workflow can do (`do` of a transition). Runs inside the transaction of the transition: throwing undoes all of
 * it, so effects outside the database are jobs. What it gives back (`data`) is there for the letters and notices that
 * follow; with a `fileId` in it, the file joins the documents of the case (titled `fileTitle`) and goes with the notices.
 */
export interface CaseAction {
  /** What it does, for the clerk who decides and for the timeline: "Der Ausweis wird ausgestellt". */
  readonly says?: LocalizedText
  run(
    ctx: Ctx,
    kase: CaseForAction,
    input: Readonly<Record<string, unknown>>,
  ): Promise<void | { readonly data?: JsonValue }>
}

export const caseAction = extensionPoint<CaseAction>('cases.action')
export const caseCheck = extensionPoint<CaseCheck>('cases.check')

/** How somebody came to a case: signed in, by number and code, or at work. */
export type CaseDoor = 'account' | 'code' | 'staff'

/** What came of a case and has pages of its own (a permit): links for the pages of the case, behind the same door. */
export interface CaseResult {
  linksOf(
    ctx: Ctx,
    kase: { readonly id: string; readonly number: string },
    door: CaseDoor,
  ): Promise<readonly CaseLink[]>
}

export interface CaseLink {
  readonly label: string
  readonly path: string
}

export const caseResult = extensionPoint<CaseResult>('cases.result')

/** What another module offers to do with a case, on the page that a clerk works with: announce what is ready. */
export interface CaseStep {
  readonly label: LocalizedText
  /** Where it is done; null where it cannot be, or not by them. */
  readonly pathFor: (ctx: Ctx, kase: { readonly id: string; readonly number: string }) => Promise<string | null>
}

export const caseStep = extensionPoint<CaseStep>('cases.step')

/** Of every module, as links. */
export async function stepsFor(ctx: Ctx, kase: { readonly id: string; readonly number: string }): Promise<CaseLink[]> {
  const links: CaseLink[] = []
  for (const step of ctx.app.extensions(caseStep).values()) {
    const path = await step.pathFor(ctx, kase)
    if (path !== null) links.push({ label: step.label[ctx.locale], path })
  }
  return links
}

/** The links of every module that made something of the case. */
export async function resultsOf(
  ctx: Ctx,
  kase: { readonly id: string; readonly number: string },
  door: CaseDoor,
): Promise<CaseLink[]> {
  const links: CaseLink[] = []
  for (const result of ctx.app.extensions(caseResult).values()) links.push(...(await result.linksOf(ctx, kase, door)))
  return links
}
