import { endTopics, keepTopicUntil } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { RESUME_MINUTES, topicOf, type Visit } from '../domain/visit.ts'
import { endVisit } from '../store/calls.ts'

/**
 * Ends a visit, in the caller's transaction; no browser hears of it any more. "Done" can be taken back, and so long it is kept
 * which browsers heard of it.
 */
export async function end(ctx: Ctx, id: string, how: Parameters<typeof endVisit>[2]): Promise<Visit | null> {
  const visit = await endVisit(ctx, id, how)
  if (visit?.push && visit.state === 'done')
    await keepTopicUntil(ctx, topicOf(visit), how.now.add({ minutes: RESUME_MINUTES }))
  else if (visit?.push) await endTopics(ctx, [topicOf(visit)])
  return visit
}
