import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import type { Counter } from '../domain/counter.ts'
import type { Visit } from '../domain/visit.ts'
import { endEarlierDays, openToTeam } from '../store/calls.ts'
import { counterOfClerk, leaveCounter, lockCounter, seatAt, setOpen } from '../store/counters.ts'
import { visitAtCounter } from '../store/visits.ts'
import { texts } from '../texts/index.ts'
import { changing } from './change.ts'
import { mayCallFor } from './offices.ts'

/** Sits down at a counter, which is open with that; leaves the one where the clerk sat before. */
export async function takeSeat(ctx: Ctx, id: string): Promise<Result<Counter>> {
  // First: whoever may not sit there stays where they are.
  const found = await counterFor(ctx, id)
  if (!found.ok) return found
  const before = await counterOfClerk(ctx, ctx.account!.id)
  if (before && before.id !== id) {
    const left = await leaveSeat(ctx)
    if (!left.ok) return left
  }
  return changing(ctx, found.value.office, async (ctx): Promise<Result<Counter>> => {
    const counter = await lockCounter(ctx, id)
    if (!counter) return fail('not-found')
    const now = ctx.clock.now()
    if (counter.clerk !== null && counter.clerk !== ctx.account!.id) return fail('counter-taken')
    await endEarlierDays(ctx, counter.office, today(ctx.clock), now)
    await seatAt(ctx, id, ctx.account!.id, now)
    return ok({ ...counter, clerk: ctx.account!.id, since: now, isOpen: true, openSince: now })
  })
}

/** Goes home, or to another counter. Whoever is at the counter has to be finished with first; who waits for it alone goes to its team. */
export async function leaveSeat(ctx: Ctx): Promise<Result<null>> {
  const seat = await counterOfClerk(ctx, ctx.account!.id)
  if (!seat) return ok(null)
  return changing(ctx, seat.office, async (ctx): Promise<Result<null>> => {
    await lockCounter(ctx, seat.id)
    const present = await visitAtCounter(ctx, seat.id)
    if (present) return somebodyHere(ctx, present)
    await leaveCounter(ctx, seat.id)
    await openToTeam(ctx, seat, today(ctx.clock), ctx.clock.now())
    return ok(null)
  })
}

/** What is to be done first depends on whether they have come. */
export const somebodyHere = (ctx: Ctx, { state }: Visit): Failure =>
  fail('somebody-here', state === 'called' ? { detail: texts(ctx).problems.calledHereAdvice } : {})

/** A break, and its end: a closed counter calls nobody and counts for no waiting time. */
export async function openSeat(ctx: Ctx, isOpen: boolean): Promise<Result<null>> {
  const seat = await ownSeat(ctx)
  if (!seat) return fail('no-counter')
  return changing(ctx, seat.office, async (ctx) => {
    await setOpen(ctx, seat.id, isOpen, ctx.clock.now())
    return ok(null)
  })
}

/** Where the clerk sits, while they may call there: whoever lost that since they sat down can only leave. */
export async function ownSeat(ctx: Ctx): Promise<Counter | null> {
  const seat = await counterOfClerk(ctx, ctx.account!.id)
  return seat && (await mayCallFor(ctx, seat.team)) ? seat : null
}

/** A counter of a team for which the clerk calls; for all others there is none. */
async function counterFor(ctx: Ctx, id: string): Promise<Result<Counter>> {
  const counter = await lockCounter(ctx, id)
  return counter && (await mayCallFor(ctx, counter.team)) ? ok(counter) : fail('not-found')
}
