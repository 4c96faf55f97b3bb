import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'

/** Tells other processes to read a team anew; null: everything. In the transaction of what changed. */
export async function tellChange(ctx: Ctx, by: string, team: string | null): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into appointments_change (team, by, at) values (${team}, ${by}::uuid, ${ctx.clock.now()})`,
  )
}

export interface Change {
  readonly id: number
  readonly team: string | null
}

/** What other processes have changed since then. */
export const changesOfOthers = (ctx: Pick<Ctx, 'db'>, self: string, since: Temporal.Instant): Promise<Change[]> =>
  many(
    ctx.db,
    sql<Change>`select id, team from appointments_change where at >= ${since} and by <> ${self}::uuid order by id`,
  )

export async function forgetChanges(ctx: Ctx, before: Temporal.Instant): Promise<number> {
  return exec(ctx.db, sql`delete from appointments_change where at < ${before}`)
}
