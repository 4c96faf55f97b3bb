import { notify } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { topicOf, type Visit } from '../domain/visit.ts'
import { countersOf } from '../store/counters.ts'
import { texts } from '../texts/index.ts'
import { unitFor } from './soon.ts'

/** Then the next one is at the counter; demo value. */
const USEFUL_MINUTES = 5

/** Tells browsers where to go, once for each call: mail and SMS would come too late. Hands the visit on. */
export async function tellCalled(ctx: Ctx, visit: Visit | null): Promise<Visit | null> {
  if (!visit?.push || !visit.announcedAt) return visit
  const counter = (await countersOf(ctx, visit.office)).find(({ id }) => id === visit.counter)
  if (!counter) return visit
  const t = texts(visit).called
  await notify(ctx, {
    key: `queue:${visit.id}:called:${visit.announcedAt.epochMilliseconds}`,
    ...(await unitFor(ctx, visit)),
    to: { topic: topicOf(visit) },
    locale: visit.locale,
    subject: t.subject(counter.name[visit.locale]),
    paragraphs: [t.body(visit.ticket, counter.way[visit.locale])],
    usefulMinutes: USEFUL_MINUTES,
  })
  return visit
}

/** A browser that has just said "your turn" is told that they wait a little longer. */
export async function tellUncalled(ctx: Ctx, visit: Visit | null): Promise<void> {
  if (!visit?.push) return
  const t = texts(visit).uncalled
  await notify(ctx, {
    key: `queue:${visit.id}:uncalled:${ctx.clock.now().epochMilliseconds}`,
    ...(await unitFor(ctx, visit)),
    to: { topic: topicOf(visit) },
    locale: visit.locale,
    subject: t.subject(visit.ticket),
    paragraphs: [t.body],
    usefulMinutes: USEFUL_MINUTES,
  })
}
