import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import type { Booking } from '../domain/booking.ts'
import { BOOKING } from './bookings.ts'

export interface TimeSpan {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** Booked with these teams, or being booked just now, wherever they touch the span. */
export const bookingsIn = (
  ctx: Pick<Ctx, 'db' | 'clock'>,
  teams: readonly string[],
  { from, to }: TimeSpan,
): Promise<Booking[]> =>
  many(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking
      where team = any(${[...teams]}::text[]) and starts_at < ${to} and ends_at > ${from}
        and state <> 'cancelled' and (expires_at is null or expires_at > ${ctx.clock.now()})
      order by starts_at, lane, id`,
  )
