import { accountsByIds, unitById, units, type Unit } from '#modules/accounts/public.ts'
import { paymentsFor, type Payment } from '#modules/payments/public.ts'
import { summaryOf, type ServiceDefinition, type SummarySection, type Transition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { may } from '#platform/auth/principal.ts'
import { newId } from '#platform/db/id.ts'
import type { Choice } from '#platform/html/components/index.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { resultsOf, stepsFor, type CaseLink } from '../extension.ts'
import { offeredTransitions } from '../domain/workflow.ts'
import { caseById, caseByNumber } from '../store/case.ts'
import { decisionsOf, type Decision } from '../store/decisions.ts'
import { documentsOf, type CaseDocument } from '../store/documents.ts'
import { messagesOf, notesOf, type Message, type Note } from '../store/messages.ts'
import type { Case } from '../store/rows.ts'
import { statementsOf, type Statement } from '../store/statements.ts'
import { timelineOf, type TimelineRow } from '../store/timeline.ts'
import { mayRead } from '../store/visible.ts'
import { pendingOf, type Pending } from '../store/waiting.ts'
import { clerkIn } from '../use-cases/decide.ts'
import { definitionFor } from '../use-cases/definition-for.ts'
import { holdsIn, scopeOf } from '../use-cases/scope.ts'
import { ASSIGN, workPermission } from '../use-cases/work.ts'
import { wordsOf, type ServiceWords } from '../views/words.ts'
import { colleaguesOf } from './colleagues.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Everything that the page of a case shows. */
export interface CaseModel {
  readonly kase: Case
  readonly definition: ServiceDefinition
  readonly words: ServiceWords
  readonly unit: Unit | null
  readonly summary: readonly SummarySection[]
  readonly documents: readonly CaseDocument[]
  readonly messages: readonly Message[]
  readonly notes: readonly Note[]
  readonly decisions: readonly Decision[]
  readonly statements: readonly Statement[]
  readonly payments: readonly Payment[]
  readonly timeline: readonly TimelineRow[]
  /** What came of it and has pages of its own. */
  readonly results: readonly CaseLink[]
  /** What other modules can do with it. */
  readonly steps: readonly CaseLink[]
  readonly pending: Pending | null
  /** What the clerk can decide now. */
  readonly offered: readonly Transition[]
  readonly mayWork: boolean
  readonly mayAssign: boolean
  readonly colleagues: readonly Choice[]
  readonly units: readonly Choice[]
  readonly nameOf: (accountId: string) => string | null
  /** Of each form of the page: sent twice, it does one thing. */
  readonly formKey: string
}

/**
 * The case of a number that the clerk may see; null for one that does not exist and for one of another unit alike,
 * so that nobody finds out which numbers there are.
 */
export async function findCase(ctx: Ctx, typed: string): Promise<Case | null> {
  const read = readCaseNumber(typed)
  // Payments and messages know a case by its id alone and link to it with that.
  const kase = UUID.test(typed) ? await caseById(ctx, typed) : read.ok ? await caseByNumber(ctx, read.number) : null
  return kase && (await mayRead(ctx, kase)) ? kase : null
}

export async function loadCase(ctx: Ctx, kase: Case): Promise<CaseModel> {
  const definition = await definitionFor(ctx, kase)
  const [
    unit,
    documents,
    messages,
    notes,
    decisions,
    statements,
    payments,
    timeline,
    pending,
    allUnits,
    work,
    results,
    steps,
  ] = await Promise.all([
    unitById(ctx, kase.unit),
    documentsOf(ctx, kase.id),
    messagesOf(ctx, kase.id),
    notesOf(ctx, kase.id),
    decisionsOf(ctx, kase.id),
    statementsOf(ctx, kase.id),
    paymentsFor(ctx, `case:${kase.id}`),
    timelineOf(ctx, kase.id),
    pendingOf(ctx, kase.id),
    units(ctx),
    workPermission(ctx, kase),
    resultsOf(ctx, kase, 'staff'),
    kase.erasedAt ? [] : stepsFor(ctx, kase),
  ])
  const mayWork = may(ctx, work, kase.unit)
  const people = [
    ...timeline.flatMap(({ actor, data }) => [actor, ...peopleIn(data)]),
    ...notes.map(({ author }) => author),
    ...messages.map(({ author }) => author),
    ...decisions.map(({ author }) => author),
    kase.assignee,
  ].filter((id) => id !== null && /^[0-9a-f-]{36}$/.test(id))
  const names = await accountsByIds(ctx, [...new Set(people as string[])])
  const holds = holdsIn(scopeOf(ctx, definition, kase))
  const files = new Map(documents.map((d) => [d.fileId, { name: d.name, kind: d.mediaType, bytes: d.bytes }]))
  return {
    kase,
    definition,
    words: wordsOf(definition, kase.service, ctx.locale),
    unit,
    summary: kase.erasedAt ? [] : summaryOf(definition, kase.answers, ctx.locale, files),
    documents,
    messages,
    notes,
    decisions,
    statements,
    payments,
    timeline,
    results,
    steps,
    pending,
    offered: kase.closedAt ? [] : offeredTransitions(definition, kase.state, clerkIn(ctx, kase.unit), holds),
    mayWork,
    mayAssign: may(ctx, ASSIGN, kase.unit),
    colleagues: mayWork ? await colleaguesOf(ctx) : [],
    units: allUnits
      .filter(({ id }) => id !== kase.unit)
      .map(({ id, name }) => ({ value: id, label: name[ctx.locale] }))
      .toSorted((a, b) => a.label.localeCompare(b.label, ctx.locale)),
    nameOf: (id) => names.get(id)?.name ?? null,
    formKey: newId(),
  }
}

const peopleIn = (data: unknown): string[] =>
  typeof data === 'object' && data !== null && 'to' in data && typeof data.to === 'string' ? [data.to] : []
