import { randomBytes } from 'node:crypto'
import { notify } from '#modules/notifications/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { CITY_TIME_ZONE, cityDate, today } from '#platform/time/clock.ts'
import { endOfDay, lastDayOf } from '../domain/deadline.ts'
import { chooseTransition } from '../domain/workflow.ts'
import { changeCase, lockCase, setNews } from '../store/case.ts'
import { answerStatement, insertStatement, statementByToken } from '../store/statements.ts'
import { texts } from '../texts/index.ts'
import { definitionFor } from './happen.ts'
import { move } from './move.ts'
import { holdsIn, scopeOf } from './scope.ts'
import { isRepeated, onCase, staleness, type Seen, type WorkProblem } from './work.ts'

/** Time to answer: one month, as for consultees in building permits (LBO BW § 53 (4)); for other services a demo value. */
const TIME_TO_ANSWER = { months: 1 }

/** Asks another organisation for its statement: a link by mail that opens this question and nothing else of the case. */
export function askForStatement(
  ctx: Ctx,
  caseId: string,
  seen: Seen,
  ask: { organisation: string; email: string; question: string },
): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, caseId, async (ctx, kase) => {
    if (await isRepeated(ctx, kase, 'cases.statement-asked', seen.key)) return ok(null)
    if (kase.closedAt) return fail('case-closed')
    const stale = await staleness(ctx, kase, seen.revision)
    if (stale) return stale
    const lastDay = lastDayOf(TIME_TO_ANSWER, today(ctx.clock))
    const token = randomBytes(24).toString('base64url')
    const id = await insertStatement(ctx, { caseId, ...ask, token, expiresAt: endOfDay(lastDay, CITY_TIME_ZONE) })
    await changeCase(ctx, caseId, {})
    await audit(ctx, {
      subject: `case:${caseId}`,
      action: 'cases.statement-asked',
      data: { organisation: ask.organisation, key: seen.key },
    })
    const at = { locale: 'de' } as const
    const t = texts(at).notices.statement
    await notify(ctx, {
      key: `case/${caseId}/statement/${id}`,
      to: { email: ask.email },
      locale: at.locale,
      subject: t.subject(kase.number),
      paragraphs: [t.intro(formatDate(at, lastDay)), ...ask.question.split(/\n{2,}/)],
      link: { path: `/stellungnahme/${token}`, label: t.link },
      caseId,
      unit: kase.unit,
      channels: ['mail'],
      confidential: true,
    })
    return ok(null)
  })
}

/** The organisation answers; where the workflow has a transition for partners in this state, the case goes on by it. */
export async function giveStatement(ctx: Ctx, token: string, answer: string): Promise<Result<null, 'gone'>> {
  return transaction(ctx, async (ctx) => {
    const statement = await statementByToken(ctx, token)
    const kase = statement && (await lockCase(ctx, statement.caseId))
    if (!kase) return fail('gone')
    if (!(await answerStatement(ctx, statement.id, answer))) return ok(null)
    await setNews(ctx, kase.id, ctx.clock.now())
    await audit(ctx, {
      subject: `case:${kase.id}`,
      action: 'cases.statement-received',
      data: { organisation: statement.organisation },
      actor: 'partner',
    })
    if (kase.closedAt) return ok(null)
    const definition = await definitionFor(ctx, kase)
    const partner = definition.workflow.transitions.find((t) => t.by === 'partner' && t.from.includes(kase.state))
    const holds = holdsIn(scopeOf(ctx, definition, kase))
    const chosen = partner && chooseTransition(definition, kase.state, partner.name, { kind: 'partner' }, holds)
    if (chosen?.ok) await move(ctx, definition, kase, chosen.value)
    return ok(null)
  })
}

export const lastDayOfStatement = (expiresAt: Temporal.Instant): Temporal.PlainDate =>
  cityDate(expiresAt.subtract({ seconds: 1 }))
