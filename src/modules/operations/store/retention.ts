import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'

/** Rows of each table of the city, as the planner estimates them. */
export async function rowEstimates(ctx: Ctx): Promise<ReadonlyMap<string, number>> {
  const rows = await many(
    ctx.db,
    sql<{ name: string; rows: number }>`select relname as name, greatest(reltuples, 0)::float8 as rows from pg_class
      where relnamespace = ${ctx.tenant.schema}::regnamespace and relkind = 'r'`,
  )
  return new Map(rows.map((row) => [row.name, row.rows]))
}
