import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'

/** Services, versions and states in which open cases are; asked of the cells, so quick however many cases there are. */
export async function statesInUse(ctx: Ctx): Promise<{ service: string; version: number; state: string }[]> {
  return many(
    ctx.db,
    sql<{ service: string; version: number; state: string }>`
      select distinct k.service, k.service_version as version, k.state
      from cases_cell c join cases_case k on k.cell = c.cell where not c.is_closed`,
  )
}

/** Open cases that have been in a state since before `before`, the oldest first. */
export async function openInState(
  ctx: Ctx,
  of: { service: string; version: number; state: string; before: Temporal.Instant; limit: number },
): Promise<{ id: string }[]> {
  return many(
    ctx.db,
    sql<{ id: string }>`select k.id from cases_cell c join cases_case k on k.cell = c.cell
      where c.service = ${of.service} and c.state = ${of.state} and not c.is_closed
        and k.service_version = ${of.version} and k.entered_at < ${of.before}
      order by k.opened_at limit ${of.limit}`,
  )
}

/** What waits to go out and whose job has not come. */
export async function forgottenPending(
  ctx: Ctx,
  before: Temporal.Instant,
  limit: number,
): Promise<{ caseId: string; id: string }[]> {
  return many(
    ctx.db,
    sql<{
      caseId: string
      id: string
    }>`select case_id as "caseId", id from cases_pending where run_at < ${before} limit ${limit}`,
  )
}

/** How many open cases have been in one of these states since before `before`. */
export async function countStuck(
  ctx: Ctx,
  cells: readonly { service: string; state: string }[],
  before: Temporal.Instant,
): Promise<number> {
  if (cells.length === 0) return 0
  const { stuck } = await one(
    ctx.db,
    sql<{ stuck: number }>`select count(*)::int as stuck from cases_cell c join cases_case k on k.cell = c.cell
      where not c.is_closed and (c.service, c.state) in (${sql.join(cells.map((cell) => sql`(${cell.service}, ${cell.state})`))})
        and k.entered_at < ${before}`,
  )
  return stuck
}
