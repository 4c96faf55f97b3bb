import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { Booking } from '../domain/booking.ts'
import { BOOKING } from './bookings.ts'

/** Booked appointments that begin within the span and of which nobody was reminded; another process passes by. */
export const lockToRemind = (
  ctx: Pick<Ctx, 'db'>,
  due: { readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly madeBefore: Temporal.Instant },
  most: number,
): Promise<Booking[]> =>
  many(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking
      where state = 'booked' and reminded_at is null and starts_at > ${due.from} and starts_at <= ${due.to}
        and made_at < ${due.madeBefore} and email is not null
      order by starts_at limit ${most} for update skip locked`,
  )

/** With the code that each one's reminder carries. */
export async function setReminded(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  rows: readonly { readonly id: string; readonly codeHash: string }[],
): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking b set reminded_at = ${ctx.clock.now()}, later_code_hash = decode(r."codeHash", 'hex')
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, "codeHash" text) where b.id = r.id`,
  )
}
