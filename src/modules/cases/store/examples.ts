import type { Ctx } from '#platform/context.ts'
import { many, maybe, sql } from '#platform/db/db.ts'
import { visibleCells } from './visible.ts'

/** Numbers of a few cases in different states that the asking clerk may see, for the tests that look at every page. */
export async function exampleNumbers(ctx: Ctx, limit = 6): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ number: string }>`select distinct on (service, state) number from cases_case
      where cell in (select cell from cases_cell where ${await visibleCells(ctx)})
      order by service, state, opened_at desc limit ${limit}`,
  )
  return rows.map(({ number }) => number)
}

/** Numbers of the asking person's own cases, one of each state. */
export async function exampleNumbersOfMine(ctx: Ctx): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{
      number: string
    }>`select distinct on (state) number from cases_case where account_id = ${ctx.account?.id ?? null}
      order by state, opened_at desc limit 4`,
  )
  return rows.map(({ number }) => number)
}

/** A document of one of these cases, with its case's number. */
export async function exampleDocument(
  ctx: Ctx,
  numbers: readonly string[],
): Promise<{ number: string; id: string } | null> {
  return maybe(
    ctx.db,
    sql<{
      number: string
      id: string
    }>`select k.number, d.id from cases_document d join cases_case k on k.id = d.case_id
      where k.number = any(${[...numbers]}::text[]) order by k.number, d.id limit 1`,
  )
}

/** An open case of the demo city without an account, for the page behind number and code. */
export async function exampleWithoutAccount(ctx: Ctx): Promise<{ id: string; number: string } | null> {
  return maybe(
    ctx.db,
    sql<{ id: string; number: string }>`select id, number from cases_case
      where account_id is null and closed_at is null
      order by (state = 'payment') desc, exists (select from cases_document d where d.case_id = cases_case.id) desc, number
      limit 1`,
  )
}
