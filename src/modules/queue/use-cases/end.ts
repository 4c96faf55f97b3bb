import { endTopics, keepTopicUntil } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { RESUME_MINUTES, topicOf, type Visit } from '../domain/visit.ts'
import { endVisit, setPush } from '../store/calls.ts'

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

/** "Done" is taken back: the same browsers hear of it again, unless they have stopped listening. */
export async function keepBrowsers(ctx: Ctx, visit: Visit): Promise<void> {
  if (!visit.push) return
  const browsers = await keepTopicUntil(ctx, topicOf(visit), endOfTicket(ctx))
  if (browsers === 0) await setPush(ctx, visit.id, { push: false, locale: visit.locale })
}

/** With its day. */
export const endOfTicket = ({ clock }: Pick<Ctx, 'clock'>): Temporal.Instant =>
  today(clock).add({ days: 1 }).toZonedDateTime({ timeZone: CITY_TIME_ZONE }).toInstant()
