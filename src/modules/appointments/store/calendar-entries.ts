import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'

/**
 * Calendars are told of these bookings whether they are among the displaced ones; what each counts then, by id. Of two who
 * ask at once the second counts nothing, and says what the first did.
 */
export async function noteToldDisplaced(
  ctx: Pick<Ctx, 'db'>,
  bookings: readonly string[],
  displaced: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (bookings.length === 0) return new Map()
  await exec(
    ctx.db,
    sql`update appointments_booking set told_displaced = not told_displaced, calendar_changes = calendar_changes + 1
      where id = any(${[...bookings]}::uuid[]) and told_displaced <> (id = any(${[...displaced]}::uuid[]))`,
  )
  const rows = await many(
    ctx.db,
    sql<{ id: string; changes: number }>`select id, calendar_changes as changes from appointments_booking
      where id = any(${[...bookings]}::uuid[])`,
  )
  return new Map(rows.map(({ id, changes }) => [id, changes]))
}
