import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'

/** Fewer say nothing. */
const LEAST_VISITS = 5

/** Minutes at the counter of past visits with one matter, by service; the middle one, which a forgotten visit does not move. */
export async function measuredMinutes(
  ctx: Pick<Ctx, 'db'>,
  office: string,
  since: Temporal.Instant,
): Promise<ReadonlyMap<string, number>> {
  const rows = await many(
    ctx.db,
    sql<{ service: string; minutes: number }>`
      select services[1] as service, percentile_cont(0.5) within group (order by handled_seconds) / 60 as minutes
      from queue_visit where office = ${office} and finished_at >= ${since} and state = 'done'
        and cardinality(services) = 1 and handled_seconds > 0
      group by services[1] having count(*) >= ${LEAST_VISITS}`,
  )
  return new Map(rows.map(({ service, minutes }) => [service, minutes]))
}
