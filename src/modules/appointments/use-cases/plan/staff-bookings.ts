import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, type Result } from '#platform/problem.ts'
import { hashOfCode, type Booking } from '../../domain/booking.ts'
import { unsetAttended } from '../../store/attendance.ts'
import { bookingWithKey } from '../../store/bookings.ts'
import { cancelBooking, moveBooking } from '../change.ts'
import { holdTime, releaseHold, type HoldWish } from '../hold.ts'
import { hasLapsed } from '../standing.ts'
import { byStaffMail } from './mails.ts'
import { teamIdsFor, WORK } from './offices.ts'

export const byTeams = async (ctx: Ctx) => ({ teams: await teamIdsFor(ctx, WORK) })

/** For staff of its team's unit. Null where there is none, and for what has no name yet: nobody looks at who is typing just now. */
export async function bookingForStaff(ctx: Ctx, id: string): Promise<Booking | null> {
  const booking = await bookingWithKey(ctx, id, await byTeams(ctx))
  return booking && booking.state !== 'held' && !hasLapsed(ctx, booking) ? booking : null
}

/** Whoever looks at a person's data leaves a trace. */
export async function lookAtBooking(ctx: Ctx, id: string): Promise<Booking | null> {
  const booking = await bookingForStaff(ctx, id)
  if (booking)
    await transaction(ctx, (ctx) => audit(ctx, { subject: `appointment:${id}`, action: 'appointments.looked-at' }))
  return booking
}

/** False where nobody had come. */
export const takeArrivalBack = (ctx: Ctx, id: string): Promise<boolean> =>
  transaction(ctx, async (ctx) => {
    const isBack = await unsetAttended(ctx, id)
    if (isBack) await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.arrival-taken-back' })
    return isBack
  })

export async function cancelByStaff(
  ctx: Ctx,
  id: string,
  sequence: number | null,
  message: string,
): Promise<Result<Booking>> {
  return cancelBooking(ctx, id, await byTeams(ctx), sequence, (ctx, cancelled) =>
    byStaffMail(ctx, cancelled, { kind: 'cancelled', old: cancelled, message }),
  )
}

/** Moves to a free time in one go; where it is gone meanwhile, nothing has changed. */
export async function moveByStaff(
  ctx: Ctx,
  booking: Booking,
  wish: HoldWish,
  { sequence, message }: { readonly sequence: number | null; readonly message: string },
): Promise<Result<Booking>> {
  const key = await byTeams(ctx)
  // Before a time is held for nothing.
  if (sequence !== booking.sequence) return fail('edited-by-others')
  const held = await holdTime(ctx, wish)
  if (!held.ok) return held
  const to = { hold: held.value.id, holdKey: { codeHash: hashOfCode(held.value.code) } }
  const tell = (ctx: Ctx, moved: Booking, old: Booking) => byStaffMail(ctx, moved, { kind: 'moved', old, message })
  const moved = await moveBooking(ctx, booking.id, { key, code: '', tell }, to, sequence)
  if (!moved.ok) await releaseHold(ctx, to.hold, to.holdKey)
  return moved
}
