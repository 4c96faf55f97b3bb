import type { Kysely, RawBuilder } from 'kysely'
export { sql } from 'kysely'

/**
 * A handle on one tenant's schema. Modules write SQL with the `sql` tag and name the row's type:
 * `many(ctx.db, sql<CaseRow>\`select … from cases_case where …\`)`.
 *
 * Column types as they arrive: `timestamptz` → Temporal.Instant, `date` → Temporal.PlainDate, `int8` and `numeric` → number,
 * `json(b)` → parsed. As parameters: Temporal values and string arrays as they are, JSON through `json(value)`.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Db = Kysely<any>

/** All rows, in the query's order. */
export async function many<Row>(db: Db, query: RawBuilder<Row>): Promise<Row[]> {
  return (await query.execute(db)).rows
}

/** The one row, or null. More than one row is an error of the program. */
export async function maybe<Row>(db: Db, query: RawBuilder<Row>): Promise<Row | null> {
  const { rows } = await query.execute(db)
  if (rows.length > 1) throw new Error(`expected at most one row, got ${rows.length}`)
  return rows[0] ?? null
}

/** Exactly one row; none is an error of the program. */
export async function one<Row>(db: Db, query: RawBuilder<Row>): Promise<Row> {
  const row = await maybe(db, query)
  if (row === null) throw new Error('expected one row, got none')
  return row
}

/** Runs a statement; returns how many rows it touched. */
export async function exec(db: Db, query: RawBuilder<unknown>): Promise<number> {
  return Number((await query.execute(db)).numAffectedRows ?? 0n)
}
