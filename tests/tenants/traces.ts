import type { Ctx } from '#platform/context.ts'
import { many, maybe, one, sql } from '#platform/db/db.ts'

/**
 * What tells one city's data from another's: ids, mail addresses, case numbers, payment references, plates.
 * Whatever looks like one of them on a page of city B must not be in the database of city A.
 */
const TRACES = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /\b[A-Z]{2,6}-20\d{2}-\d{6}-[0-9A-Z]\b/g,
  /\bRF\d{2}[0-9A-Z]{4,21}\b/g,
  /\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [1-9]\d{0,3}[EH]?\b/g,
] as const

export function tracesIn(text: string): Set<string> {
  const found = new Set<string>()
  for (const pattern of TRACES) for (const [trace] of text.matchAll(pattern)) found.add(trace.toLowerCase())
  return found
}

/** Tables of the city's own schema. */
export async function tablesOf(ctx: Ctx): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema() order by 1`,
  )
  return rows.map((row) => row.name)
}

/** Every trace in every row of every table of the city. */
export async function tracesOf(ctx: Ctx): Promise<Set<string>> {
  const found = new Set<string>()
  for (const table of await tablesOf(ctx))
    for (let offset = 0; ; offset += 20_000) {
      const rows = await many(
        ctx.db,
        sql<{ row: string }>`select t::text as row from ${sql.table(table)} t limit 20000 offset ${offset}`,
      )
      for (const { row } of rows) for (const trace of tracesIn(row)) found.add(trace)
      if (rows.length < 20_000) break
    }
  return found
}

/** A number for each table's content: equal before and after where nothing was touched. */
export async function fingerprint(ctx: Ctx): Promise<Record<string, string>> {
  const prints: Record<string, string> = {}
  for (const table of await tablesOf(ctx)) {
    const { print } = await one(
      ctx.db,
      sql<{ print: string }>`select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) as print
        from ${sql.table(table)} t`,
    )
    prints[table] = print
  }
  return prints
}

export interface Id {
  readonly table: string
  readonly value: string
}

/** The newest id of every table that has one, and the newest values by which people name things of it. */
export async function idsOf(ctx: Ctx): Promise<Id[]> {
  const columns = await many(
    ctx.db,
    sql<{ table: string; column: string }>`select table_name as table, column_name as column
      from information_schema.columns where table_schema = current_schema()
        and column_name in ('id', 'number', 'case_number', 'code', 'reference', 'slug', 'sha256')
      order by 1, 2`,
  )
  const ids: Id[] = []
  for (const { table, column } of columns) {
    const row = await maybe(
      ctx.db,
      sql<{ value: string }>`select ${sql.ref(column)}::text as value from ${sql.table(table)}
        where ${sql.ref(column)} is not null order by ${sql.ref(column)} desc limit 1`,
    )
    if (row) ids.push({ table, value: row.value })
  }
  return ids
}
