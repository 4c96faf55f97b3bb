import type { Ctx } from '#platform/context.ts'
import { many, maybe, sql } from '#platform/db/db.ts'

/** A ticket of the demo city in one of these offices; the codes of seeded ones are their ids without hyphens. */
export const exampleTicket = (
  ctx: Pick<Ctx, 'db'>,
  offices: readonly string[] | null,
): Promise<{ office: string; code: string } | null> =>
  maybe(
    ctx.db,
    sql<{ office: string; code: string }>`select office, replace(id::text, '-', '') as code from queue_visit
      where state = 'waiting' and code_hash = sha256(convert_to(replace(id::text, '-', ''), 'UTF8'))
        and (${offices === null} or office = any(${offices === null ? [] : [...offices]}::text[]))
      order by arrived_at desc, id limit 1`,
  )

/** Somebody whom one of these teams has sent to another office. */
export const exampleForwarded = async (ctx: Pick<Ctx, 'db'>, teams: readonly string[]): Promise<string[]> => {
  const rows = await many(
    ctx.db,
    sql<{ id: string }>`select id from queue_visit where team = any(${[...teams]}::text[]) and state = 'forwarded'
      order by finished_at desc, id limit 1`,
  )
  return rows.map(({ id }) => id)
}

/** Visits to these teams in several states. */
export const exampleVisits = async (ctx: Pick<Ctx, 'db'>, teams: readonly string[]): Promise<string[]> => {
  const rows = await many(
    ctx.db,
    sql<{ id: string }>`select distinct on (state) id from queue_visit
      where team = any(${[...teams]}::text[]) and state in ('waiting', 'parked') order by state, arrived_at desc, id`,
  )
  return rows.map(({ id }) => id)
}
