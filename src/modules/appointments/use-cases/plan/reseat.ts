import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { cityCalendar, selfOf } from '../../calendars.ts'
import type { Booking } from '../../domain/booking.ts'
import { cellOf } from '../../domain/cells.ts'
import { isAbleFor, worksAt } from '../../domain/hits.ts'
import { laneKey } from '../../domain/lane.ts'
import { lockBooking, setLane } from '../../store/bookings.ts'
import { tellChange } from '../../store/changes.ts'
import { staffedStretches } from '../../store/duties.ts'
import { changeLane } from '../../store/occupancies.ts'
import { readPlan } from '../../store/plan.ts'
import { free, occupy } from '../memory.ts'
import { mayChange } from '../standing.ts'

/** Other processes may have what this one takes for free. */
const TRIES = 4

/**
 * Puts an appointment at another counter of its team, at the same time, where somebody can do it. Nobody is told: time and
 * place stay. False where there is none, or the appointment is not what it was.
 * @param then in the transaction
 */
export async function reseat(
  ctx: Ctx,
  booking: Booking,
  then: (ctx: Ctx) => Promise<void> = async () => {},
): Promise<boolean> {
  const calendar = (await cityCalendar(ctx)).teams.find(({ team }) => team.id === booking.team)?.calendar
  if (!calendar) return false
  const [from, to] = [cellOf(booking.startsAt), cellOf(booking.endsAt)]
  const at = { from, cells: to - from, audience: booking.audience, services: booking.services }
  const works = await worksNow(ctx, booking.team)
  const tried = new Set([booking.lane])
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const found = calendar.laneFor(ctx.clock.now(), at, tried)
    if (!found) return false
    const lane = laneKey(found)
    tried.add(lane)
    // Memory may be a moment behind.
    if (!works({ ...booking, lane })) continue
    const outcome = await transaction(ctx, async (ctx) => {
      const now = await lockBooking(ctx, booking.id, { teams: [booking.team] })
      if (now?.sequence !== booking.sequence || now.lane !== booking.lane || now.state !== 'booked') return 'changed'
      if (!(await changeLane(ctx, booking.id, lane))) return 'taken'
      await setLane(ctx, booking.id, lane)
      await tellChange(ctx, selfOf(ctx), booking.team)
      await audit(ctx, {
        subject: `appointment:${booking.id}`,
        action: 'appointments.reseated',
        data: { from: booking.lane, to: lane },
      })
      await then(ctx)
      return 'reseated'
    })
    if (outcome === 'taken') continue
    if (outcome === 'changed') return false
    await free(ctx, booking)
    await occupy(ctx, { ...booking, lane }, null)
    return true
  }
  return false
}

/** Whether whoever sits at its counter then cannot do what an appointment to come is for. */
export async function isUnable(ctx: Ctx, booking: Booking): Promise<boolean> {
  return mayChange(ctx, booking) && !isAbleFor({ staffed: await staffedStretches(ctx, [booking.team]) })(booking)
}

/** What the database says of a team: whether somebody works there at the time of an appointment who can do it. */
export async function worksNow(ctx: Ctx, team: string) {
  const plan = await readPlan(ctx)
  return worksAt({ ...plan, staffed: await staffedStretches(ctx, [team]) }, plan.teams)
}
