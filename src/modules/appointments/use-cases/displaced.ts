import type { Ctx } from '#platform/context.ts'
import { formatDay } from '#platform/i18n/format.ts'
import type { Booking } from '../domain/booking.ts'
import { worksAt } from '../domain/hits.ts'
import { staffedStretches } from '../store/duties.ts'
import { lastHits, type PlanChange } from '../store/plan-changes.ts'
import { readPlan } from '../store/plan.ts'
import { texts } from '../texts/index.ts'

/** Which change of hours took an appointment its time. */
export type Why = Pick<PlanChange, 'id' | 'kind' | 'from'>

/** "Die Dienststelle ist an diesem Tag geschlossen." */
export function because(ctx: Pick<Ctx, 'locale'>, { kind, from }: Why): string {
  const t = texts(ctx).plan.mails
  return kind === 'rule' && from ? t.becauseFrom(formatDay(ctx, from)) : t.because[kind]
}

/**
 * Of these appointments those that cannot take place, by id: the person was asked to choose another time, or is to be
 * called, and still nobody works then. What staff left as it is takes place, and so does what was opened again.
 */
export async function displacedAmong(ctx: Ctx, bookings: readonly Booking[]): Promise<ReadonlyMap<string, Why>> {
  const booked = bookings.filter(({ state }) => state === 'booked')
  if (booked.length === 0) return new Map()
  const hits = (
    await lastHits(
      ctx,
      booked.map(({ id }) => id),
    )
  ).filter(({ outcome }) => outcome === 'written' || outcome === 'no-time' || outcome === 'call')
  if (hits.length === 0) return new Map()
  const plan = await readPlan(ctx)
  const staffed = await staffedStretches(ctx, [...new Set(booked.map(({ team }) => team))])
  const works = worksAt({ ...plan, staffed }, plan.teams)
  const isOff = (id: string) => booked.some((booking) => booking.id === id && !works(booking))
  return new Map(hits.filter(({ booking }) => isOff(booking)).map((hit) => [hit.booking, hit]))
}

export const displacedBy = async (ctx: Ctx, booking: Booking): Promise<Why | null> =>
  (await displacedAmong(ctx, [booking])).get(booking.id) ?? null
