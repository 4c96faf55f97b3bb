import { takeArrivalBack, teamsOf } from '#modules/appointments/public.ts'
import { endTopics } from '#modules/notifications/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import { topicOf, type Priority, type Visit } from '../domain/visit.ts'
import { deleteArrival, waitAgain } from '../store/arrivals.ts'
import { forward, setPriority } from '../store/calls.ts'
import { countersOf } from '../store/counters.ts'
import { lockVisit } from '../store/visits.ts'
import { texts } from '../texts/index.ts'
import { moved } from './call.ts'
import { changing } from './change.ts'
import { mayCallFor } from './offices.ts'

/** Of a reason; more is a story. */
export const MOST_REASON = 200

/** Who goes first, and why: whoever waits longer for it can ask. */
export async function prioritise(ctx: Ctx, id: string, priority: Priority, reason: string): Promise<Result<Visit>> {
  const words = reason.trim()
  if (priority !== 'normal' && (words === '' || words.length > MOST_REASON))
    return fail('invalid-input', { fields: { reason: texts(ctx).problems.reasonMissing } })
  const wanted = priority === 'normal' ? null : words
  return steering(ctx, id, async (ctx, before) => {
    // Sent twice.
    if (before.priority === priority && before.priorityReason === wanted) return ok(before)
    const visit = moved(await setPriority(ctx, id, priority, wanted))
    // Without the reason, which may say much about a person and goes when the visit ends.
    if (visit.ok) await audit(ctx, { subject: `visit:${id}`, action: 'queue.prioritised', data: { priority } })
    return visit
  })
}

export interface Destination {
  readonly team: string
  /** null, and one at which nobody sits: whichever counter of the team is free first. */
  readonly counter: string | null
}

/** To another team or counter of the same office. */
export async function forwardVisit(ctx: Ctx, id: string, to: Destination): Promise<Result<Visit>> {
  // Before the office is locked: it may take a second connection.
  const teams = await teamsOf(ctx)
  return steering(ctx, id, async (ctx, visit) => {
    const counters = await countersOf(ctx, visit.office)
    const wanted = counters.find((counter) => counter.id === to.counter && counter.team === to.team)
    const isThere =
      to.counter === null
        ? teams.some((team) => team.id === to.team && team.office === visit.office)
        : wanted !== undefined
    if (!isThere) return fail('invalid-input', { fields: { to: texts(ctx).problems.notInThisOffice } })
    // Where nobody sits nobody would call them.
    const counter = wanted?.clerk ? wanted.id : null
    // Sent twice, or by two: they wait for that already.
    if (visit.state === 'waiting' && visit.team === to.team && visit.wantedCounter === counter) return ok(visit)
    // Somebody at a counter is the matter of who sits there.
    const isElsewhere = counters.some(({ id, clerk }) => id === visit.counter && clerk !== ctx.account!.id)
    if (isElsewhere && (visit.state === 'called' || visit.state === 'serving')) return fail('visit-moved-on')
    const gone = moved(await forward(ctx, id, { team: to.team, counter, now: ctx.clock.now() }))
    if (gone.ok)
      await audit(ctx, { subject: `visit:${id}`, action: 'queue.forwarded', data: { team: to.team, counter } })
    return gone
  })
}

/** Called in vain, and there after all. */
export const putBack = (ctx: Ctx, id: string): Promise<Result<Visit>> =>
  steering(ctx, id, async (ctx) => moved(await waitAgain(ctx, id, ctx.clock.now())))

/** Noted as here by mistake: they are expected again, as if nobody had noted anything. */
export const notArrived = (ctx: Ctx, id: string): Promise<Result<Visit>> =>
  steering(ctx, id, async (ctx) => {
    const gone = moved(await deleteArrival(ctx, id))
    if (!gone.ok) return gone
    if (gone.value.push) await endTopics(ctx, [topicOf(gone.value)])
    await takeArrivalBack(ctx, gone.value.booking!)
    return gone
  })

/** A visit of today to a team for which the clerk calls; for all others there is none. */
async function steering(
  ctx: Ctx,
  id: string,
  work: (ctx: Ctx, visit: Visit) => Promise<Result<Visit>>,
): Promise<Result<Visit>> {
  const found = await lockVisit(ctx, id)
  if (!found || !(await mayCallFor(ctx, found.team))) return fail('not-found')
  if (!cityDate(found.arrivedAt).equals(today(ctx.clock))) return fail('visit-moved-on')
  return changing(ctx, found.office, async (ctx) => {
    const visit = await lockVisit(ctx, id)
    return visit ? work(ctx, visit) : fail('not-found')
  })
}
