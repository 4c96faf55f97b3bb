import type { RawBuilder } from 'kysely'
import { sql } from '#platform/db/db.ts'

/** How a list is ordered and where it begins. */
export interface ListOrder {
  /** `k.opened_at` … */
  readonly column: RawBuilder<unknown>
  /** Column with the half-year of that value; for deadlines 0, and behind them half-years of the ids. */
  readonly half: RawBuilder<unknown> | null
  readonly descends: boolean
  /** `and (k.opened_at, k.id) < (…)`, or nothing for the first page. */
  readonly from: RawBuilder<unknown>
}

/**
 * The first `limit` hits of a search, as `id` and `sorted`.
 *
 * Looking up a hit costs the same wherever it stands in the list, and a common name has thousands of them. So the
 * half-year in which the list begins and the one behind it are searched first, by an index that knows both words and
 * half-years; only if they do not fill the page all hits are looked up.
 */
export function searchHeads(test: RawBuilder<unknown>, order: ListOrder, limit: number): RawBuilder<unknown> {
  const { column, half, descends, from } = order
  const direction = descends ? sql`desc` : sql`asc`
  const inOrder = sql`order by ${column} ${direction}, k.id ${direction} limit ${limit}`
  const hits = (also: RawBuilder<unknown>) =>
    sql`select k.id, ${column} as sorted from cases_case k where ${test} ${from} ${also} ${inOrder}`
  if (half === null) return hits(sql``)
  return sql`with first as materialized (
      select ${half} as half from cases_case k where true ${from} order by ${column} ${direction}, k.id ${direction} limit 1),
    near as materialized (${hits(sql`and (${half} = (select half from first)
      or ${half} = (select (half ${descends ? sql`-` : sql`+`} 1)::smallint from first))`)})
    select * from near where (select count(*) from near) >= ${limit}
    union all
    select * from (${hits(sql``)}) anywhere where (select count(*) from near) < ${limit}`
}
