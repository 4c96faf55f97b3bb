import type { AuditEntry } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'

export type TimelineRow = Pick<AuditEntry, 'id' | 'at' | 'actor' | 'action' | 'data'>

/** What has happened to a case: its chain of audit entries, newest first. */
export async function timelineOf(ctx: Ctx, caseId: string, limit = 200): Promise<TimelineRow[]> {
  return many(
    ctx.db,
    sql<TimelineRow>`select id, at, actor, action, data from audit_entry where subject = ${`case:${caseId}`}
      order by position desc limit ${limit}`,
  )
}

/** Who changed it last, for "inzwischen von … geändert". */
export async function lastActor(ctx: Ctx, caseId: string): Promise<Pick<AuditEntry, 'actor' | 'at'> | null> {
  return maybe(
    ctx.db,
    sql<Pick<AuditEntry, 'actor' | 'at'>>`select actor, at from audit_entry where subject = ${`case:${caseId}`}
      order by position desc limit 1`,
  )
}

/** The newest entry of a kind. */
export async function lastEntry(
  ctx: Ctx,
  caseId: string,
  action: string,
): Promise<(Pick<AuditEntry, 'actor' | 'at'> & { data: Readonly<Record<string, unknown>> }) | null> {
  return maybe(
    ctx.db,
    sql<Pick<AuditEntry, 'actor' | 'at'> & { data: Record<string, unknown> }>`select actor, at, data from audit_entry
      where subject = ${`case:${caseId}`} and action = ${action} order by position desc limit 1`,
  )
}

/** Whether the case's chain holds such an entry. */
export async function hasEntry(ctx: Ctx, caseId: string, action: string, data: object): Promise<boolean> {
  const found = await maybe(
    ctx.db,
    sql`select 1 from audit_entry where subject = ${`case:${caseId}`} and action = ${action} and data @> ${json(data)} limit 1`,
  )
  return found !== null
}
