import type { Ctx } from '#platform/context.ts'
import type { Booking } from '../domain/booking.ts'

const isOver = ({ clock }: Pick<Ctx, 'clock'>, at: Temporal.Instant) => Temporal.Instant.compare(at, clock.now()) <= 0

/** A hold or a reservation whose time is over. */
export const hasLapsed = (ctx: Pick<Ctx, 'clock'>, { expiresAt }: Booking): boolean =>
  expiresAt !== null && isOver(ctx, expiresAt)

export const hasBegun = (ctx: Pick<Ctx, 'clock'>, { startsAt }: Booking): boolean => isOver(ctx, startsAt)

export const mayChange = (ctx: Pick<Ctx, 'clock'>, booking: Booking): boolean =>
  booking.state === 'booked' && !hasBegun(ctx, booking)
