import { subscribe, unsubscribe, type PushSubscriptionJson } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { isHere, topicOf, type Visit } from '../domain/visit.ts'
import { setPush } from '../store/calls.ts'
import { lockVisit } from '../store/visits.ts'
import { changing } from './change.ts'
import { endOfTicket } from './end.ts'
import { ownTicket } from './own-ticket.ts'

/**
 * A browser hears when it is soon their turn and when they are called, in the language in which its page was.
 * @returns how it is called from now on
 */
export const addBrowser = (ctx: Ctx, code: string, browser: PushSubscriptionJson): Promise<Result<string>> =>
  withOwn(ctx, code, async (ctx, visit) => {
    const added = await subscribe(ctx, topicOf(visit), browser, { endsAt: endOfTicket(ctx) })
    if (added.ok) await setPush(ctx, visit.id, { push: true, locale: ctx.locale })
    return added
  })

export const removeBrowser = (ctx: Ctx, code: string, browser: string): Promise<Result<null>> =>
  withOwn(ctx, code, async (ctx, visit) => {
    const others = await unsubscribe(ctx, topicOf(visit), browser)
    if (others === 0) await setPush(ctx, visit.id, { push: false, locale: visit.locale })
    return ok(null)
  })

async function withOwn<T>(
  ctx: Ctx,
  code: string,
  work: (ctx: Ctx, visit: Visit) => Promise<Result<T>>,
): Promise<Result<T>> {
  const own = await ownTicket(ctx, code)
  if (!own) return fail('not-found')
  return changing(ctx, own.office, async (ctx): Promise<Result<T>> => {
    const visit = await lockVisit(ctx, own.id)
    return visit && isHere(visit) ? work(ctx, visit) : fail('visit-over')
  })
}
