import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'

/** Visits of days before that one. */
export const deleteVisits = (ctx: Pick<Ctx, 'db'>, before: Temporal.PlainDate): Promise<number> =>
  exec(ctx.db, sql`delete from queue_visit where day < ${before}`)

/** Who was served by whom, and the code of the ticket; the visit stays, for figures. */
export const forgetPeople = (ctx: Pick<Ctx, 'db'>, before: Temporal.PlainDate): Promise<number> =>
  exec(
    ctx.db,
    sql`update queue_visit set clerk = null, code_hash = null
      where day < ${before} and (clerk is not null or code_hash is not null)`,
  )
