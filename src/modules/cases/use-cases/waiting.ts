import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { SECONDS_TO_UNDO, type Waiting } from '../domain/waiting.ts'
import { takePending } from '../job-types.ts'
import type { Case } from '../store/rows.ts'
import { insertPending, takeAwayPending } from '../store/waiting.ts'
import { onCase, type WorkProblem } from './work.ts'

/** Lets something wait until it cannot be taken back any more, on a locked case on which nothing else waits. */
export async function letWait(ctx: Ctx, kase: Case, what: Waiting): Promise<Temporal.Instant> {
  const id = newId()
  const runAt = ctx.clock.now().add({ seconds: SECONDS_TO_UNDO })
  const { id: caseId, revision } = kase
  await insertPending(ctx, { caseId, id, what, accountId: ctx.account!.id, revision, runAt })
  await enqueue(ctx, takePending, { caseId, pendingId: id }, { key: id, runAt })
  return runAt
}

/**
 * Takes back what waits, one's own or a colleague's, and returns it, so that nothing that was written is lost;
 * `gone` where the ten seconds are over.
 */
export function undo(ctx: Ctx, caseId: string, pendingId: string): Promise<Result<Waiting, WorkProblem>> {
  return onCase(ctx, caseId, async (ctx) => {
    const pending = await takeAwayPending(ctx, caseId, pendingId)
    if (!pending) return fail('gone')
    await audit(ctx, { subject: `case:${caseId}`, action: 'cases.taken-back', data: nameOf(pending.what) })
    return ok(pending.what)
  })
}

/** What the timeline says it was. */
export const nameOf = (what: Waiting): { kind: string; transition?: string } =>
  what.kind === 'decision' ? { kind: what.kind, transition: what.transition } : { kind: what.kind }
