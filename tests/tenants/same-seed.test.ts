import { expect, it } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import type { Ctx } from '#platform/context.ts'
import { seedTenant } from '#src/setup.ts'
import { testCity } from '#src/testing/city.ts'

/**
 * What may differ between two cities of one seed, beside ids (made as they are needed, with the time in front) and what
 * is derived from them: salted hashes and keys; the audit chain, which holds ids; PDFs, which hold the numbers of their making.
 */
const MAY_DIFFER =
  /(^|_)(id|ids|hash|key|secret|seal|sha256|bytes|href|path|link_path)$|^(audit_entry|audit_seal|event_entry|platform_migration)\./

const city = await testCity({ seed: true })
const twin = await testCity()
await seedTenant(twin.app, twin.app.tenants.byId('musterstadt')!, () => undefined)

interface Column {
  readonly table: string
  readonly name: string
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Rows and, for each column, a digest of its values, ids left out; in any order, since nothing else orders rows. */
async function digests(ctx: Ctx, columns: readonly Column[]): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const [table, own] of Map.groupBy(columns, (column) => column.table)) {
    const value = ({ name }: Column) => sql`md5(string_agg(v, '|' order by v)) as ${sql.ref(name)}`
    for (const column of own) {
      const [row] = await many(
        ctx.db,
        sql<Record<string, unknown>>`select count(*) as rows, ${value(column)} from (
          select regexp_replace(${sql.ref(column.name)}::text, ${UUID}, 'ID', 'g') as v from ${sql.ref(table)}) as values`,
      )
      found[`${table}.${column.name}`] = [row!['rows'], row![column.name]]
    }
  }
  return found
}

it('two cities of one seed are the same, table by table', async () => {
  const ctx = await city.ctx()
  const columns = await many(
    ctx.db,
    sql<Column>`select c.table_name as "table", c.column_name as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position`,
  )
  const compared = columns.filter(({ table, name }) => !MAY_DIFFER.test(`${table}.${name}`) && !MAY_DIFFER.test(name))
  expect(compared.length).toBeGreaterThan(200)
  expect(await digests(await twin.ctx(), compared)).toEqual(await digests(ctx, compared))
}, 120_000)
