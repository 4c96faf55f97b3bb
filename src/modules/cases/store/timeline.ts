import { entriesOf, isTold, lastEntryOf, type TrailEntry } from '#platform/audit/trail.ts'
import type { Ctx } from '#platform/context.ts'

export type TimelineRow = TrailEntry

const subjectOf = (caseId: string) => `case:${caseId}`

/** What has happened to a case: its chain of audit entries, newest first. */
export const timelineOf = (ctx: Ctx, caseId: string, limit = 200): Promise<TimelineRow[]> =>
  entriesOf(ctx, subjectOf(caseId), limit)

/** Who changed it last, for "inzwischen von … geändert". */
export const lastActor = (ctx: Ctx, caseId: string): Promise<Pick<TimelineRow, 'actor' | 'at'> | null> =>
  lastEntryOf(ctx, subjectOf(caseId))

/** The newest entry of a kind. */
export async function lastEntry(
  ctx: Ctx,
  caseId: string,
  action: string,
): Promise<(Pick<TimelineRow, 'actor' | 'at'> & { data: Readonly<Record<string, unknown>> }) | null> {
  const entry = await lastEntryOf(ctx, subjectOf(caseId), action)
  return entry && { ...entry, data: entry.data as Readonly<Record<string, unknown>> }
}

/** Whether the case's chain holds such an entry. */
export const hasEntry = (ctx: Ctx, caseId: string, action: string, data: object): Promise<boolean> =>
  isTold(ctx, subjectOf(caseId), { action, data })
