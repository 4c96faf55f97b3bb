import type { Ctx } from '#platform/context.ts'
import { CITY_TIME_ZONE, cityDate, today } from '#platform/time/clock.ts'
import { typedArrivalCode, type Booking } from '../domain/booking.ts'
import { because, displacedBy } from './displaced.ts'
import { bookingsOfOffice, bookingWithArrivalCode } from '../store/attendance.ts'

export type Arrival =
  | { readonly booking: Booking }
  | { readonly problem: 'unknown' }
  | { readonly problem: 'cancelled' | 'other-day' | 'other-office'; readonly booking: Booking }
  /** Nobody works at its time any more, and why. */
  | { readonly problem: 'displaced'; readonly booking: Booking; readonly because: string }

/** What somebody may say who shows this code in this office today. */
export async function bookingForArrival(
  ctx: Ctx,
  { office, code }: { readonly office: string; readonly code: string },
): Promise<Arrival> {
  const booking = await bookingWithArrivalCode(ctx, typedArrivalCode(code))
  if (!booking) return { problem: 'unknown' }
  if (booking.state === 'cancelled') return { problem: 'cancelled', booking }
  if (!cityDate(booking.startsAt).equals(today(ctx.clock))) return { problem: 'other-day', booking }
  if (booking.office !== office) return { problem: 'other-office', booking }
  const why = await displacedBy(ctx, booking)
  return why ? { problem: 'displaced', booking, because: because(ctx, why) } : { booking }
}

/** Who is expected in an office on that day, in order. */
export function bookingsOfDay(ctx: Ctx, office: string, day: Temporal.PlainDate): Promise<Booking[]> {
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: CITY_TIME_ZONE }).toInstant()
  return bookingsOfOffice(ctx, office, { from: start(day), to: start(day.add({ days: 1 })) })
}
