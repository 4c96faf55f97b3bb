import { endTopics } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { topicOf, type Visit } from '../domain/visit.ts'
import { endVisit } from '../store/calls.ts'

/** Ends a visit, in the caller's transaction; no browser hears of it any more. */
export async function end(ctx: Ctx, id: string, how: Parameters<typeof endVisit>[2]): Promise<Visit | null> {
  const visit = await endVisit(ctx, id, how)
  if (visit?.push) await endTopics(ctx, [topicOf(visit)])
  return visit
}
