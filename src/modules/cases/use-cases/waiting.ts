import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { SECONDS_TO_UNDO, type Waiting } from '../domain/waiting.ts'
import { takePending } from '../job-types.ts'
import type { Case } from '../store/rows.ts'
import { lastEntry } from '../store/timeline.ts'
import { insertPending, takeAwayPending, type Pending } from '../store/waiting.ts'
import { onCase, type WorkProblem } from './work.ts'

const TAKEN_BACK = 'cases.taken-back'

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
    // A second click, a reload: the same answer, so that the text is not lost by it.
    const before = pending ? null : await lastEntry(ctx, caseId, TAKEN_BACK)
    if (before?.data['pendingId'] === pendingId) return ok(before.data['what'] as Waiting)
    if (!pending) return fail('gone')
    await audit(ctx, { subject: `case:${caseId}`, action: TAKEN_BACK, data: traceOf(pending) })
    return ok(pending.what)
  })
}

/** What the timeline keeps of what did not go out, with what was written: it is erased with the case. */
export const traceOf = ({ id, what }: Pick<Pending, 'id' | 'what'>) => ({
  pendingId: id,
  what,
  ...(what.kind === 'decision' ? { transition: what.transition } : {}),
})
