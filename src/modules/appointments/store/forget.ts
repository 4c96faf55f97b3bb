import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'

/** Holds and reservations that ran out before then, and what cancelled ones kept back. */
export async function deleteLapsed(ctx: Ctx, before: Temporal.Instant): Promise<void> {
  await exec(ctx.db, sql`delete from appointments_occupancy where until < ${before}`)
  await exec(
    ctx.db,
    sql`delete from appointments_booking b where state in ('held', 'reserved') and expires_at < ${before}
      and not exists (select from appointments_occupancy o where o.booking = b.id)`,
  )
}

/** Bookings whose time was over before then. */
export async function deleteBookings(ctx: Ctx, before: Temporal.Instant): Promise<number> {
  await exec(ctx.db, sql`delete from appointments_occupancy where upper(during) < ${before}`)
  return exec(ctx.db, sql`delete from appointments_booking where ends_at < ${before}`)
}

/** Who had an appointment that was over before then; what was booked stays, for figures. */
export async function forgetPeople(ctx: Ctx, before: Temporal.Instant): Promise<number> {
  return exec(
    ctx.db,
    sql`update appointments_booking set name = null, email = null, telephone = null, account = null, arrival_code = null,
        search = null
      where ends_at < ${before} and (name is not null or email is not null or account is not null)`,
  )
}

/** The appointments stay, with the name that was given: somebody is expected. */
export async function unlinkBookings(ctx: Ctx, account: string): Promise<void> {
  await exec(ctx.db, sql`update appointments_booking set account = null where account = ${account}::uuid`)
}
