import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'

/** Numbers of a few cases in different states, for the tests that look at every page. */
export async function exampleNumbers(ctx: Ctx, limit = 6): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ number: string }>`select distinct on (service, state) number from cases_case
      order by service, state, opened_at desc limit ${limit}`,
  )
  return rows.map(({ number }) => number)
}

/** The same for the cases of one account. */
export async function exampleNumbersOf(ctx: Ctx, accountId: string, limit = 4): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ number: string }>`select distinct on (state) number from cases_case where account_id = ${accountId}
      order by state, opened_at desc limit ${limit}`,
  )
  return rows.map(({ number }) => number)
}
