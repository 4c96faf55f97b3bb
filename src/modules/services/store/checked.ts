import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'

/** Of the folders as they were when they were found in order; null before the first time. */
export async function checkedSum(ctx: Ctx): Promise<string | null> {
  return (await maybe(ctx.db, sql<{ sum: string }>`select sum from services_checked`))?.sum ?? null
}

export async function keepCheckedSum(ctx: Ctx, sum: string): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into services_checked (sum) values (${sum}) on conflict (is_only) do update set sum = excluded.sum`,
  )
}
