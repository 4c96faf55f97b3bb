import { randomInt } from 'node:crypto'
import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { selfOf } from '../calendars.ts'
import { givenBackAt, type Booking } from '../domain/booking.ts'
import { bookingMovedWith, isThere, lockBooking, moveBookingTo, setBookingState, type Key } from '../store/bookings.ts'
import { tellChange } from '../store/changes.ts'
import { exchange, keepUntil } from '../store/occupancies.ts'
import { texts } from '../texts/index.ts'
import { cancelledMail, movedMail } from './mails.ts'
import { free, occupy } from './memory.ts'
import { isMovedTooOften, isSameTime, mayChange, mayStaffChange } from './standing.ts'

/** The booking that may be changed by who holds its key and has seen its last version. */
async function changeable(ctx: Ctx, id: string, key: Key, sequence: number | null): Promise<Result<Booking>> {
  const booking = await lockBooking(ctx, id, key)
  if (!booking) return fail('not-found')
  if (sequence !== null && booking.sequence !== sequence) return fail('edited-by-others')
  const may = 'teams' in key ? mayStaffChange : mayChange
  return may(ctx, booking) ? ok(booking) : fail('not-changeable')
}

const chance = () => randomInt(1_000_000) / 1_000_000

/**
 * Cancels; the time comes back at a moment that nobody can foresee.
 * @param sequence the version that the person saw; null: whichever it is
 * @param tell what the person is told, in the transaction
 */
export async function cancelBooking(
  ctx: Ctx,
  id: string,
  key: Key,
  sequence: number | null,
  tell: (ctx: Ctx, cancelled: Booking) => Promise<void> = cancelledMail,
): Promise<Result<Booking>> {
  const result = await transaction(ctx, async (ctx): Promise<Result<{ booking: Booking; until: Temporal.Instant }>> => {
    const found = await changeable(ctx, id, key, sequence)
    if (!found.ok) return found
    const until = givenBackAt(ctx.clock.now(), found.value.startsAt, chance())
    await keepUntil(ctx, id, until)
    await setBookingState(ctx, id, 'cancelled')
    await tellChange(ctx, selfOf(ctx), found.value.team)
    const booking: Booking = { ...found.value, state: 'cancelled', sequence: found.value.sequence + 1 }
    await tell(ctx, booking)
    await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.cancelled' })
    return ok({ booking, until })
  })
  if (!result.ok) return result
  await occupy(ctx, result.value.booking, result.value.until)
  return ok(result.value.booking)
}

/** By which right somebody moves, and how the person is told: of their own wish where nothing else is said. */
export interface Mover {
  readonly key: Key
  readonly code: string
  readonly tell?: (ctx: Ctx, moved: Booking, old: Booking) => Promise<void>
}

export interface NewTime {
  readonly hold: string
  readonly holdKey: Key
}

/** Moves a booking to the time that a hold keeps; what it had comes back later, like a cancelled one. */
export async function moveBooking(
  ctx: Ctx,
  id: string,
  mover: Mover,
  { hold, holdKey }: NewTime,
  sequence: number | null,
): Promise<Result<Booking>> {
  const nobody = newId()
  const result = await transaction(
    ctx,
    async (ctx): Promise<Result<{ old: Booking; moved: Booking; until: Temporal.Instant }>> => {
      const found = await changeable(ctx, id, mover.key, sequence)
      if (!found.ok) return found
      const old = found.value
      if (!('teams' in mover.key) && isMovedTooOften(old)) return fail('moved-too-often')
      const held = await lockBooking(ctx, hold, holdKey)
      // One that ran out and was removed is none any more; another code than its own opens nothing.
      if (!held && (await isThere(ctx, hold))) return fail('not-found')
      if (held?.state !== 'held') return fail('hold-expired')
      if (!isSameWork(old, held)) return fail('invalid-input', { detail: texts(ctx).problems.otherWork })
      // Staff may have to: the seat is blocked, and the one beside it is free.
      if (!('teams' in mover.key) && isSameTime(old, held))
        return fail('invalid-input', { detail: texts(ctx).problems.sameTime })
      const until = givenBackAt(ctx.clock.now(), old.startsAt, chance())
      if (!(await exchange(ctx, { booking: id, hold, nobody, until }))) throw new HoldGone()
      await moveBookingTo(ctx, id, hold)
      for (const team of new Set([old.team, held.team])) await tellChange(ctx, selfOf(ctx), team)
      const { office, team, lane, startsAt, endsAt } = held
      const moved: Booking = { ...old, office, team, lane, startsAt, endsAt, sequence: old.sequence + 1 }
      await (mover.tell ? mover.tell(ctx, moved, old) : movedMail(ctx, moved, mover.code))
      await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.moved' })
      return ok({ old, moved, until })
    },
  ).catch((error: unknown) => {
    if (error instanceof HoldGone) return fail('hold-expired')
    throw error
  })
  if (!result.ok) {
    // A reply that was lost: this hold has moved it already, from the version that was seen then.
    const again = await bookingMovedWith(ctx, id, mover.key, { hold, holdKey })
    return again ? ok(again) : result
  }
  const { old, moved, until } = result.value
  await free(ctx, { ...moved, id: hold })
  await occupy(ctx, { ...old, id: nobody }, until)
  await occupy(ctx, moved, null)
  return ok(moved)
}

/** Undoes what the transaction has done so far. */
class HoldGone extends Error {}

const isSameWork = (a: Booking, b: Booking) =>
  a.people === b.people && a.variant === b.variant && a.services.toSorted().join() === b.services.toSorted().join()
