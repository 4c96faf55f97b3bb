import type { Ctx } from '#platform/context.ts'
import { maybe, sql } from '#platform/db/db.ts'

/** A coming booking of the demo city that belongs to no account; the codes of seeded ones are their ids. */
export async function exampleWithoutAccount(ctx: Ctx): Promise<{ id: string; code: string } | null> {
  const row = await maybe(
    ctx.db,
    sql<{ id: string }>`select id from appointments_booking
      where state = 'booked' and account is null and starts_at > ${ctx.clock.now()}
        and code_hash = sha256(convert_to(id::text, 'UTF8'))
      order by starts_at, id limit 1`,
  )
  return row && { id: row.id, code: row.id }
}

/** Somebody who waits in the demo city; the codes of seeded ones are their ids. */
export async function exampleWaiting(ctx: Ctx): Promise<{ id: string; code: string } | null> {
  const row = await maybe(
    ctx.db,
    sql<{ id: string }>`select id from appointments_waiting
      where account is null and code_hash = sha256(convert_to(id::text, 'UTF8')) and expires_at > ${ctx.clock.now()}
      order by id limit 1`,
  )
  return row && { id: row.id, code: row.id }
}
