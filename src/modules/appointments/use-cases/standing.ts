import { isMobile } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import type { Booking } from '../domain/booking.ts'

const isOver = ({ clock }: Pick<Ctx, 'clock'>, at: Temporal.Instant) => Temporal.Instant.compare(at, clock.now()) <= 0

/** A hold or a reservation whose time is over. */
export const hasLapsed = (ctx: Pick<Ctx, 'clock'>, { expiresAt }: Booking): boolean =>
  expiresAt !== null && isOver(ctx, expiresAt)

export const hasBegun = (ctx: Pick<Ctx, 'clock'>, { startsAt }: Booking): boolean => isOver(ctx, startsAt)

/** Each move keeps the old time from everybody for a while: whoever needs more of them calls. */
const MOST_CHANGES = 10

/** Whether whoever holds it may move it once more; staff may. */
export const isMovedTooOften = ({ sequence }: Booking): boolean => sequence >= MOST_CHANGES

/** Each sends a mail to an address that somebody types. */
const MOST_CORRECTIONS = 3

/** Of what nobody has confirmed yet: each version of it is another address. */
export const isCorrectedTooOften = ({ sequence }: Booking): boolean => sequence >= MOST_CORRECTIONS

/** Another seat at the time that a booking has is no other time. */
export const isSameTime = (booking: Booking, to: Pick<Booking, 'office' | 'startsAt'>): boolean =>
  booking.office === to.office && booking.startsAt.equals(to.startsAt)

/** Until it begins, or the person has come: then they are called. */
export const mayChange = (ctx: Pick<Ctx, 'clock'>, booking: Booking): boolean =>
  booking.state === 'booked' && booking.attendedAt === null && !hasBegun(ctx, booking)

/** Staff, whom somebody calls who stands in a jam: until it is over, or the person has come. */
export const mayStaffChange = (ctx: Pick<Ctx, 'clock'>, { state, attendedAt, endsAt }: Booking): boolean =>
  state === 'booked' && attendedAt === null && !isOver(ctx, endsAt)

/** While the day lasts a note that was wrong can be taken back; afterwards it is in the figures. */
export const isToday = ({ clock }: Pick<Ctx, 'clock'>, { startsAt }: Booking): boolean =>
  cityDate(startsAt).equals(today(clock))

/** Whether somebody can have come for it: on its day, or later where nobody noted it. */
export const hasDayCome = ({ clock }: Pick<Ctx, 'clock'>, { startsAt }: Booking): boolean =>
  Temporal.PlainDate.compare(cityDate(startsAt), today(clock)) <= 0

/** How the person gets to know what the city does with it. */
export function reachedBy({ email, account, telephone }: Booking): 'mail' | 'sms' | 'none' {
  if (email || account) return 'mail'
  return telephone && isMobile(telephone) ? 'sms' : 'none'
}
