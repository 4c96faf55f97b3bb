import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import type { Counter } from '../domain/counter.ts'
import { inOrder } from '../domain/order.ts'
import { isFor } from '../domain/room.ts'
import { mayResume, type Visit } from '../domain/visit.ts'
import {
  announceAgain,
  callBack,
  callFirst,
  callLater,
  park,
  reopenVisit,
  serve,
  uncall,
  type Desk,
} from '../store/calls.ts'
import { lockCounter } from '../store/counters.ts'
import { lockVisit, visitAtCounter, visitsOfDay } from '../store/visits.ts'
import { tellCalled, tellUncalled } from './called.ts'
import { changing } from './change.ts'
import { end, keepBrowsers } from './end.ts'
import { ownTeams } from './offices.ts'
import { ownSeat, somebodyHere } from './seat.ts'

/** Called so often and not there: they are gone. Demo value. */
export const MOST_CALLS = 3
/** Two clicks within that time were one. */
const SAME_PRESS_SECONDS = 3
/** Minutes until somebody is called again who was not there; demo value. */
const LATER_MINUTES = 5

/**
 * What is done at the clerk's own counter, and nowhere else; in turn, however often a button is pressed.
 * @param others offices that are changed, too
 */
export async function atCounter<T>(
  ctx: Ctx,
  work: (ctx: Ctx, here: { counter: Counter; present: Visit | null; desk: Desk }) => Promise<Result<T>>,
  others: readonly string[] = [],
): Promise<Result<T>> {
  const seat = await ownSeat(ctx)
  if (!seat) return fail('no-counter')
  return changing(ctx, [seat.office, ...others], async (ctx) => {
    const counter = await lockCounter(ctx, seat.id)
    if (counter?.clerk !== ctx.account!.id) return fail('no-counter')
    const present = await visitAtCounter(ctx, counter.id)
    return work(ctx, {
      counter,
      present,
      desk: { counter: counter.id, clerk: ctx.account!.id, now: ctx.clock.now() },
    })
  })
}

/**
 * Finishes with who is there and calls the next one. Whoever was only called is not finished with: have they come at all?
 * @param seen who the clerk believes to be there, null for nobody: a button that was pressed twice calls one person
 * @returns who is there now; null where nobody waits
 */
export const callNext = (ctx: Ctx, seen: string | null): Promise<Result<Visit | null>> =>
  atCounter(ctx, async (ctx, { counter, present, desk }): Promise<Result<Visit | null>> => {
    if ((present?.id ?? null) !== seen) return ok(present)
    if (!counter.isOpen) return fail('counter-closed')
    if (present?.state === 'called') return somebodyHere(ctx, present)
    if (present) await end(ctx, present.id, { state: 'done', from: ['serving'], now: desk.now })
    const visits = await visitsOfDay(ctx, counter.office, today(ctx.clock))
    const mine = visits.filter((visit) => visit.state === 'waiting' && isFor(visit, counter))
    const order = inOrder(mine, desk.now).map(({ id }) => id)
    return ok(await tellCalled(ctx, await callFirst(ctx, order, desk)))
  })

/** Calls a certain person of the office, out of turn. */
export const callVisit = async (ctx: Ctx, id: string): Promise<Result<Visit>> => {
  const own = await ownTeams(ctx)
  return atCounter(ctx, async (ctx, { counter, present, desk }): Promise<Result<Visit>> => {
    if (present) return present.id === id ? ok(present) : somebodyHere(ctx, present)
    if (!counter.isOpen) return fail('counter-closed')
    const visits = await visitsOfDay(ctx, counter.office, today(ctx.clock))
    if (!visits.some((visit) => visit.id === id && (own.has(visit.team) || isFor(visit, counter))))
      return fail('not-found')
    return moved(await tellCalled(ctx, await callFirst(ctx, [id], desk)))
  })
}

/** Calls somebody back whom somebody in this office has parked. */
export const takeBack = async (ctx: Ctx, id: string): Promise<Result<Visit>> => {
  const own = await ownTeams(ctx)
  return atCounter(ctx, async (ctx, { counter, present, desk }): Promise<Result<Visit>> => {
    if (present) return present.id === id ? ok(present) : somebodyHere(ctx, present)
    if (!counter.isOpen) return fail('counter-closed')
    const visits = await visitsOfDay(ctx, counter.office, today(ctx.clock))
    const parked = visits.find((visit) => visit.id === id && visit.state === 'parked' && own.has(visit.team))
    return parked ? moved(await tellCalled(ctx, await callBack(ctx, id, desk))) : fail('visit-moved-on')
  })
}

/** Pressed twice it is one more call: each counts, and the hall hears each. */
export const recall = (ctx: Ctx, id: string): Promise<Result<Visit>> =>
  withPresent(ctx, id, async (ctx, { now }, present) =>
    present.state === 'called' && present.announcedAt!.until(now).total('seconds') < SAME_PRESS_SECONDS
      ? ok(present)
      : moved(await tellCalled(ctx, await announceAgain(ctx, id, now))),
  )

/** The person called has come. */
export const begin = (ctx: Ctx, id: string): Promise<Result<Visit>> =>
  withPresent(ctx, id, async (ctx, { now }) => moved(await serve(ctx, id, now)))

export const finish = (ctx: Ctx, id: string): Promise<Result<Visit>> =>
  withPresent(ctx, id, async (ctx, { now }, present) =>
    present.state === 'called'
      ? somebodyHere(ctx, present)
      : moved(await end(ctx, id, { state: 'done', from: ['serving'], now })),
  )

/** "Done" was wrong. Whoever was called since waits again in their place. */
export const resume = (ctx: Ctx, id: string): Promise<Result<Visit>> =>
  atCounter(ctx, async (ctx, { present, desk }): Promise<Result<Visit>> => {
    if (present?.state === 'serving') return present.id === id ? ok(present) : somebodyHere(ctx, present)
    const done = await lockVisit(ctx, id)
    if (!done || !mayResume(done, desk)) return fail('visit-moved-on')
    if (present) await tellUncalled(ctx, await uncall(ctx, present.id))
    const back = moved(await reopenVisit(ctx, id))
    if (!back.ok) return back
    await keepBrowsers(ctx, back.value)
    await audit(ctx, { subject: `visit:${id}`, action: 'queue.resumed' })
    return back
  })

/** Called in vain: again later, and after some calls no more. */
export const notThere = (ctx: Ctx, id: string): Promise<Result<Visit>> =>
  withPresent(ctx, id, async (ctx, { now }, { calls }) =>
    moved(
      calls >= MOST_CALLS
        ? await end(ctx, id, { state: 'absent', from: ['called'], now })
        : await callLater(ctx, id, now.add({ minutes: LATER_MINUTES })),
    ),
  )

export const parkVisit = (ctx: Ctx, id: string): Promise<Result<Visit>> =>
  withPresent(ctx, id, async (ctx, { now }) => moved(await park(ctx, id, now)))

/** For who is at the clerk's own counter; somebody else's visit has moved on, or never was theirs. */
const withPresent = (
  ctx: Ctx,
  id: string,
  work: (ctx: Ctx, desk: Desk, present: Visit) => Promise<Result<Visit>>,
): Promise<Result<Visit>> =>
  atCounter(ctx, async (ctx, { present, desk }) =>
    present?.id === id ? work(ctx, desk, present) : fail('visit-moved-on'),
  )

export const moved = (visit: Visit | null): Result<Visit> => (visit ? ok(visit) : fail('visit-moved-on'))
