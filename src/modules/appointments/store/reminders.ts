import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import type { Booking, Reminder } from '../domain/booking.ts'
import { REMINDED_FROM, remindedUntil } from '../domain/reminding.ts'
import { BOOKING } from './bookings.ts'

const IS_OPEN = sql`state = 'booked' and reminded_at is null
  and made_at < starts_at - make_interval(hours => ${REMINDED_FROM.hours})`

/** Whether the person will still be reminded, if they want it. */
export const isToRemind = async (ctx: Pick<Ctx, 'db' | 'clock'>, id: string): Promise<boolean> =>
  (await maybe(
    ctx.db,
    sql`select from appointments_booking
      where id = ${id}::uuid and ${IS_OPEN} and starts_at > ${remindedUntil(ctx.clock.now())}`,
  )) !== null

/** Booked appointments that begin within the span and of which nobody was reminded who wants it; another process passes by. */
export const lockToRemind = (
  ctx: Pick<Ctx, 'db'>,
  due: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
  most: number,
): Promise<(Booking & { readonly noSms: boolean })[]> =>
  many(
    ctx.db,
    sql<Booking & { noSms: boolean }>`select ${BOOKING}, no_sms as "noSms" from appointments_booking
      where ${IS_OPEN} and starts_at > ${due.from} and starts_at <= ${due.to}
        and email is not null and reminder <> 'none'
      order by starts_at limit ${most} for update skip locked`,
  )

export async function setReminded(ctx: Pick<Ctx, 'db' | 'clock'>, ids: readonly string[]): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking set reminded_at = ${ctx.clock.now()} where id = any(${[...ids]}::uuid[])`,
  )
}

/** No new version: no calendar is told of it. */
export async function setReminder(ctx: Pick<Ctx, 'db'>, id: string, reminder: Reminder): Promise<void> {
  await exec(ctx.db, sql`update appointments_booking set reminder = ${reminder} where id = ${id}::uuid`)
}
