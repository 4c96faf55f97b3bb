import { createHash } from 'node:crypto'
import type { Ctx } from '#platform/context.ts'
import { exec, one, sql } from '#platform/db/db.ts'
import { windowStart, type Limit } from '../domain/attempts.ts'

/** Not for secrecy (addresses are few enough to be tried), but so that the table is no list of who tried to sign in. */
const keyOf = (ctx: Ctx, limit: Limit, who: string) =>
  createHash('sha256').update(`${ctx.tenant.id}\n${limit.name}\n${who}`).digest()

/**
 * Counts an attempt and says whether it is still within the limit. Counted first and in one statement, outside of any
 * transaction of the caller: a thousand requests at once, in any number of processes, get exactly `limit.most` answers.
 */
export async function countAttempt(ctx: Ctx, limit: Limit, who: string): Promise<boolean> {
  const row = await one(
    ctx.db,
    sql<{ count: number }>`insert into accounts_attempt as a (key, window_start, count)
      values (${keyOf(ctx, limit, who)}, ${windowStart(limit, ctx.clock.now())}, 1)
      on conflict (key, window_start) do update set count = a.count + 1 returning count`,
  )
  return row.count <= limit.most
}

/** Forgets the attempts of somebody who turned out to be right. */
export async function forgetAttempts(ctx: Ctx, limit: Limit, who: string): Promise<void> {
  await exec(ctx.db, sql`delete from accounts_attempt where key = ${keyOf(ctx, limit, who)}`)
}

export const deleteOldAttempts = (ctx: Ctx): Promise<number> =>
  exec(ctx.db, sql`delete from accounts_attempt where window_start < ${ctx.clock.now().subtract({ hours: 24 })}`)
