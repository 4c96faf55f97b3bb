import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'

/** Visits of days before that one. */
export const deleteVisits = (ctx: Pick<Ctx, 'db'>, before: Temporal.PlainDate): Promise<number> =>
  exec(ctx.db, sql`delete from queue_visit where day < ${before}`)

/** Who was served by whom, and the codes of the ticket; the visit stays, for figures. */
export async function forgetPeople(ctx: Pick<Ctx, 'db'>, before: Temporal.PlainDate): Promise<number> {
  await exec(ctx.db, sql`delete from queue_glance using queue_visit where queue_visit.id = visit and day < ${before}`)
  return exec(
    ctx.db,
    sql`update queue_visit set clerk = null, code_hash = null
      where day < ${before} and (clerk is not null or code_hash is not null)`,
  )
}
