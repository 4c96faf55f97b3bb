import { randomBytes } from 'node:crypto'
import { notify } from '#modules/notifications/public.ts'
import type { ServiceDefinition, Transition } from '#modules/services/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { CITY_TIME_ZONE, cityDate, today } from '#platform/time/clock.ts'
import { endOfDay, lastDayOf } from '../domain/deadline.ts'
import type { WaitingQuestion } from '../domain/waiting.ts'
import { offeredTransitions, readFields, type FieldProblem } from '../domain/workflow.ts'
import { changeCase, lockCase, setNews } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { answerStatement, insertStatement, statementByToken } from '../store/statements.ts'
import { texts } from '../texts/index.ts'
import { definitionFor } from './definition-for.ts'
import { move } from './move.ts'
import { holdsIn, scopeOf } from './scope.ts'
import { letWait } from './waiting.ts'
import { isRepeated, onCase, staleness, type Seen, type WorkProblem } from './work.ts'

/** Time to answer: one month, as for consultees in building permits (LBO BW § 53 (4)); for other services a demo value. */
const TIME_TO_ANSWER = { months: 1 }

const ASKED = 'cases.statement-asked'

/** Asks another organisation for its statement; the question can be taken back for ten seconds. */
export function askForStatement(
  ctx: Ctx,
  caseId: string,
  seen: Seen,
  ask: { organisation: string; email: string; question: string },
): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, caseId, async (ctx, kase) => {
    if (await isRepeated(ctx, kase, ASKED, seen.key, 'statement')) return ok(null)
    if (kase.closedAt) return fail('case-closed')
    const stale = await staleness(ctx, kase, seen.revision)
    if (stale) return stale
    await letWait(ctx, kase, { kind: 'statement', key: seen.key, ...ask })
    return ok(null)
  })
}

/** The question goes out: a link by mail that opens this question and nothing else of the case. */
export async function sendQuestion(ctx: Ctx, kase: Case, { key, ...ask }: WaitingQuestion): Promise<void> {
  const lastDay = lastDayOf(TIME_TO_ANSWER, today(ctx.clock))
  const token = randomBytes(24).toString('base64url')
  const expiresAt = endOfDay(lastDay, CITY_TIME_ZONE)
  const id = await insertStatement(ctx, { caseId: kase.id, ...ask, token, expiresAt })
  await changeCase(ctx, kase.id, {})
  await audit(ctx, { subject: `case:${kase.id}`, action: ASKED, data: { organisation: ask.organisation, key } })
  const at = { locale: 'de' } as const
  const t = texts(at).notices.statement
  await notify(ctx, {
    key: `case/${kase.id}/statement/${id}`,
    to: { email: ask.email },
    locale: at.locale,
    subject: t.subject(kase.number),
    paragraphs: [t.intro(formatDate(at, lastDay)), ...ask.question.split(/\n{2,}/)],
    link: { path: `/stellungnahme/${token}`, label: t.link },
    caseId: kase.id,
    unit: kase.unit,
    channels: ['mail'],
    confidential: true,
  })
}

/** What the organisation can do with the case beside its word: the workflow's transitions for partners in this state. */
export async function partnerSteps(
  ctx: Ctx,
  kase: Case,
): Promise<{ readonly definition: ServiceDefinition; readonly steps: readonly Transition[] }> {
  const definition = await definitionFor(ctx, kase)
  if (kase.closedAt) return { definition, steps: [] }
  const holds = holdsIn(scopeOf(ctx, definition, kase))
  return { definition, steps: offeredTransitions(definition, kase.state, { kind: 'partner' }, holds) }
}

/** Name of a field of a step on the organisation's page: several steps may ask for a field of the same name. */
export const partnerField = (step: string, field: string): string => `${step}.${field}`

/** What the organisation typed: its word, which step it takes where there are several, and the fields of the steps. */
export interface StatementInput {
  readonly answer: string
  readonly step: string
  readonly typed: (field: string) => unknown
}

export type StatementFailure = Failure<'gone' | 'invalid-input'> & {
  readonly fieldProblems?: Readonly<Record<string, FieldProblem>>
}

/** The organisation answers; where the workflow has a transition for partners in this state, the case goes on by it. */
export async function giveStatement(
  ctx: Ctx,
  token: string,
  input: StatementInput,
): Promise<{ readonly ok: true; readonly value: null } | StatementFailure> {
  return transaction(ctx, async (ctx) => {
    const statement = await statementByToken(ctx, token)
    const kase = statement && (await lockCase(ctx, statement.caseId))
    if (!kase) return fail('gone')
    const { definition, steps } = await partnerSteps(ctx, kase)
    const step = steps.length > 1 ? steps.find(({ name }) => name === input.step) : steps[0]
    if (!step && steps.length > 0) return { ...fail('invalid-input'), fieldProblems: { step: 'required' } }
    const fields = readFields(step?.fields ?? [], (name) => input.typed(partnerField(step?.name ?? '', name)))
    if (!fields.ok) {
      const named = Object.entries(fields.problems).map(([name, problem]) => [partnerField(step!.name, name), problem])
      return { ...fail('invalid-input'), fieldProblems: Object.fromEntries(named) as Record<string, FieldProblem> }
    }
    if (!(await answerStatement(ctx, statement.id, input.answer))) return ok(null)
    await setNews(ctx, kase.id, ctx.clock.now())
    await audit(ctx, {
      subject: `case:${kase.id}`,
      action: 'cases.statement-received',
      data: { organisation: statement.organisation },
      actor: 'partner',
    })
    if (step) await move(ctx, definition, kase, step, fields.value)
    return ok(null)
  })
}

export const lastDayOfStatement = (expiresAt: Temporal.Instant): Temporal.PlainDate =>
  cityDate(expiresAt.subtract({ seconds: 1 }))
