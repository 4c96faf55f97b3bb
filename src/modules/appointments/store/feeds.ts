import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'

/** The account's only feed: an older address ends with that. */
export async function putFeed(ctx: Pick<Ctx, 'db' | 'clock'>, account: string, codeHash: string): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`insert into appointments_feed (account, code_hash, made_at, read_at)
      values (${account}::uuid, decode(${codeHash}, 'hex'), ${now}, ${now})
      on conflict (account) do update set code_hash = excluded.code_hash, made_at = ${now}, read_at = ${now}`,
  )
}

export async function endFeed(ctx: Pick<Ctx, 'db'>, account: string): Promise<void> {
  await exec(ctx.db, sql`delete from appointments_feed where account = ${account}::uuid`)
}

export const hasFeed = async (ctx: Pick<Ctx, 'db'>, account: string): Promise<boolean> =>
  (await maybe(
    ctx.db,
    sql<{ is: true }>`select true as is from appointments_feed where account = ${account}::uuid`,
  )) !== null

/** The account whose feed has that code. */
export async function accountOfFeed(ctx: Pick<Ctx, 'db' | 'clock'>, codeHash: string): Promise<string | null> {
  const row = await maybe(
    ctx.db,
    sql<{ account: string }>`update appointments_feed set read_at = ${ctx.clock.now()}
      where code_hash = decode(${codeHash}, 'hex') returning account`,
  )
  return row?.account ?? null
}

/** Feeds that no calendar has asked for since then. */
export const endUnreadFeeds = (ctx: Pick<Ctx, 'db'>, since: Temporal.Instant): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_feed where read_at < ${since}`)
