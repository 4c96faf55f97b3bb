import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { errorForLog } from '#platform/log.ts'
import { hashOfCode, type Booking } from '../../domain/booking.ts'
import { worksAt } from '../../domain/hits.ts'
import { bookingWithKey, lockBooking, type Key } from '../../store/bookings.ts'
import { staffedStretches } from '../../store/duties.ts'
import {
  comingBookings,
  insertDisplaced,
  lockDisplaced,
  openDisplaced,
  planChange,
  setOutcome,
  untold,
  type Displaced,
  type Outcome,
  type PlanChange,
} from '../../store/plan-changes.ts'
import { readPlan } from '../../store/plan.ts'
import { moveBooking } from '../change.ts'
import { holdTime, releaseHold, type Hold } from '../hold.ts'
import { hasBegun, hasLapsed, reachedBy } from '../standing.ts'
import { displacedMail, movedByCityMail } from './mails.ts'
import { settleChange } from './job-types.ts'
import { followInMemory } from './make-change.ts'
import { nearestTimes } from './nearest.ts'
import { reseat, worksNow } from './reseat.ts'

/** So many of the nearest times are tried: others may take them first. */
const TRIES = 5

/**
 * Does what was chosen for everybody whom a change has hit, each in a transaction of its own: stopped half-way, the next
 * run goes on where this one was. Who is typing their name just now is waited for.
 */
export async function settleDisplaced(ctx: Ctx, id: string): Promise<void> {
  const change = await planChange(ctx, id)
  if (!change) return
  const open = await openDisplaced(ctx, id)
  // This may run before its process has heard of the change: times would be offered that are none any more.
  if (open.some(isToMove)) await followInMemory(ctx, change.teams)
  let waitUntil: Temporal.Instant | null = null
  const failures: unknown[] = []
  const withEach = async (all: readonly Displaced[], settle: (displaced: Displaced) => Promise<void>) => {
    for (const displaced of all)
      try {
        await settle(displaced)
      } catch (error) {
        ctx.log.error(
          { error: errorForLog(error), booking: displaced.booking },
          'a displaced appointment was not settled',
        )
        failures.push(error)
      }
  }
  const others: Displaced[] = []
  // First whoever can stay at their time: those who are moved would take the counters that are left for them.
  await withEach(open, async (displaced) => {
    if (!(await staysAtTime(ctx, change, displaced))) others.push(displaced)
  })
  await withEach(others, async (displaced) => {
    const until = await settleOne(ctx, change, displaced)
    if (until && (!waitUntil || Temporal.Instant.compare(until, waitUntil) > 0)) waitUntil = until
  })
  if (waitUntil) await enqueue(ctx, settleChange, { change: id }, { key: `${id}-later`, runAt: waitUntil })
  if (failures.length > 0) throw failures[0]
}

const isToMove = ({ choice }: Displaced) => choice === 'move' || choice === 'reseat'

/** At another counter, without a message: nobody reads of a new time that is the old one. */
async function staysAtTime(ctx: Ctx, change: PlanChange, displaced: Displaced): Promise<boolean> {
  if (!isToMove(displaced)) return false
  const booking = await bookingWithKey(ctx, displaced.booking, { teams: change.teams })
  if (!booking || booking.expiresAt || outcomeWithoutUs(ctx, booking, displaced)) return false
  return reseatDisplaced(ctx, change, booking)
}

const byTeam = ({ team }: Booking) => ({ teams: [team] })

/** Returns until when it has to wait; null: it is done. */
async function settleOne(ctx: Ctx, change: PlanChange, displaced: Displaced): Promise<Temporal.Instant | null> {
  const { booking: id } = displaced
  const booking = await bookingWithKey(ctx, id, { teams: change.teams })
  const already = outcomeWithoutUs(ctx, booking, displaced)
  if (already || !booking) {
    await setOutcome(ctx, change.id, id, already ?? 'gone')
    return null
  }
  if (booking.expiresAt) return booking.expiresAt.add({ seconds: 5 })
  if (reachedBy(booking) === 'none') {
    await setOutcome(ctx, change.id, id, 'call')
    return null
  }
  if (isToMove(displaced) && (await moveToNearest(ctx, change, booking))) return null
  await transaction(ctx, async (ctx) => {
    const locked = await lockDisplaced(ctx, change.id, id)
    const now = locked && (await lockBooking(ctx, id, byTeam(booking)))
    // Moved or cancelled by the person meanwhile: the next run says so.
    if (now?.sequence !== booking.sequence) return
    await displacedMail(ctx, now, change)
    await setOutcome(ctx, change.id, id, isToMove(displaced) ? 'no-time' : 'written')
  })
  return null
}

/** What became of it before anything was done, or why nothing can be done; null: it is still to be done. */
function outcomeWithoutUs(ctx: Ctx, booking: Booking | null, { wasAt, choice }: Displaced): Outcome | null {
  if (!booking || booking.state === 'cancelled') return 'gone'
  if (hasBegun(ctx, booking) || hasLapsed(ctx, booking) || !booking.startsAt.equals(wasAt)) return 'gone'
  return choice === 'leave' ? 'left' : null
}

/** Also where somebody has done it by hand, or the reason has gone: then there is nothing to do. */
async function reseatDisplaced(ctx: Ctx, change: PlanChange, booking: Booking): Promise<boolean> {
  const done = (ctx: Ctx) => setOutcome(ctx, change.id, booking.id, 'reseated')
  if (!(await worksNow(ctx, booking.team))(booking)) return reseat(ctx, booking, done)
  await done(ctx)
  return true
}

async function moveToNearest(ctx: Ctx, change: PlanChange, booking: Booking): Promise<boolean> {
  const { services, people, variant, office, audience } = booking
  for (const start of await nearestTimes(ctx, booking, TRIES)) {
    const held = await holdTime(ctx, {
      services,
      people,
      variant,
      office,
      start,
      audience: audience === 'centre' ? 'centre' : 'public',
    })
    if (!held.ok) continue
    const holdKey = { codeHash: hashOfCode(held.value.code) }
    if (!(await isWorkedAt(ctx, held.value, holdKey))) {
      await releaseHold(ctx, held.value.id, holdKey)
      continue
    }
    const moved = await moveBooking(
      ctx,
      booking.id,
      {
        key: byTeam(booking),
        code: '',
        // In the transaction of the move: moved, told and done are one.
        tell: async (ctx, moved, old) => {
          await movedByCityMail(ctx, moved, old, change)
          await setOutcome(ctx, change.id, booking.id, 'moved')
        },
      },
      { hold: held.value.id, holdKey },
      booking.sequence,
    )
    if (moved.ok) return true
    if (moved.problem !== 'hold-expired') return false
  }
  return false
}

/** What the database says: memory offers times, and may be a moment behind. */
async function isWorkedAt(ctx: Ctx, hold: Hold, key: Key): Promise<boolean> {
  const held = await bookingWithKey(ctx, hold.id, key)
  return held !== null && (await worksNow(ctx, held.team))(held)
}

/** What was written before the change may have been committed after it. */
const IN_FLIGHT: Temporal.DurationLike = { seconds: 60 }

/** Adds those who booked by the old hours while they were changed, or held a time by them. */
export async function addLate(ctx: Ctx, id: string): Promise<void> {
  const change = await planChange(ctx, id)
  if (!change) return
  const plan = await readPlan(ctx)
  const teams = plan.teams.filter((team) => change.teams.includes(team.id))
  const works = worksAt({ ...plan, staffed: await staffedStretches(ctx, change.teams) }, teams)
  const since = change.madeAt.subtract(IN_FLIGHT)
  const stranded = (await comingBookings(ctx, change.teams, since)).filter((booking) => !works(booking))
  const late = await untold(
    ctx,
    stranded.map((booking) => booking.id),
  )
  if (late.size === 0) return
  await transaction(ctx, async (ctx) => {
    const hits = stranded.filter((booking) => late.has(booking.id))
    await insertDisplaced(
      ctx,
      id,
      hits.map((hit) => ({ ...hit, choice: change.choice })),
    )
    await enqueue(ctx, settleChange, { change: id }, { key: id })
  })
}
