import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { savepoint, transaction } from '#platform/db/transaction.ts'
import { fail, type Result } from '#platform/problem.ts'
import { ActionRefused } from '../extension.ts'
import { lockCase, setNews } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { pendingOf, takeAwayPending, type Pending } from '../store/waiting.ts'
import { definitionFor } from './definition-for.ts'
import { TemplateError } from './letter.ts'
import { sendLetter } from './letters.ts'
import { sendMessage } from './messages.ts'
import { move } from './move.ts'
import { sendQuestion } from './statements.ts'
import { traceOf } from './waiting.ts'
import { onCase, type WorkProblem } from './work.ts'

/**
 * What job `cases.take-pending` does when the ten seconds are over: what the clerk did happens as it was written, in
 * the clerk's name. Where it cannot happen any more the timeline says so, and the case shows that it has news.
 */
export async function takeWaiting(ctx: Ctx, caseId: string, pendingId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const kase = await lockCase(ctx, caseId)
    const pending = kase && (await takeAwayPending(ctx, caseId, pendingId))
    if (!kase || !pending) return
    const inTheirName = { ...ctx, account: { ...nobody, id: pending.accountId } }
    const tell = async (action: string, more: object = {}) => {
      await setNews(ctx, caseId, ctx.clock.now())
      await audit(inTheirName, { subject: `case:${caseId}`, action, data: { ...traceOf(pending), ...more } })
    }
    try {
      const happened = await savepoint(ctx, () => happen(inTheirName, kase, pending))
      if (!happened) await tell('cases.void')
    } catch (error) {
      if (error instanceof ActionRefused) await tell('cases.refused', { says: error.says })
      else if (error instanceof TemplateError) await tell('cases.refused')
      else throw error
    }
  })
}

/** @returns false where the case has changed so that it means nothing any more */
async function happen(ctx: Ctx, kase: Case, { what, revision }: Pending): Promise<boolean> {
  switch (what.kind) {
    case 'decision': {
      const definition = await definitionFor(ctx, kase)
      const transition = definition.workflow.transitions.find(({ name }) => name === what.transition)
      // The machine has moved the case all the same: a payment came in.
      if (!transition || kase.revision !== revision) return false
      await move(ctx, definition, kase, transition, what.input)
      return true
    }
    case 'message':
      await sendMessage(ctx, kase, what)
      return true
    case 'letter':
      await sendLetter(ctx, kase, what)
      return true
    case 'statement':
      if (!kase.closedAt) await sendQuestion(ctx, kase, what)
      return !kase.closedAt
  }
}

/** The clerk has looked once more and does not want to wait. Only for one's own; `gone` where it has happened already. */
export async function takeNow(ctx: Ctx, caseId: string, pendingId: string): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, caseId, async (ctx) => {
    const pending = await pendingOf(ctx, caseId)
    if (pending?.id !== pendingId) return fail('gone')
    if (pending.accountId !== ctx.account?.id) return fail('forbidden')
    await takeWaiting(ctx, caseId, pendingId)
    return { ok: true, value: null }
  })
}

/** The clerk's permissions were asked for when they decided. */
const nobody = {
  kind: 'staff',
  name: '',
  email: '',
  assurance: 'low',
  permissions: new Map<string, readonly string[]>(),
} as const
