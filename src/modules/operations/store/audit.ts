import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'

export interface AuditFilter {
  /** Begins with: `case:` or `case:<id>`. */
  readonly subject: string
  /** Begins with: `cases.` */
  readonly action: string
  /** Account id or 'system'; '' for everybody. */
  readonly actor: string
  readonly from: Temporal.Instant | null
  /** Before this moment. */
  readonly until: Temporal.Instant | null
}

export interface AuditRow {
  readonly id: string
  readonly at: Temporal.Instant
  readonly subject: string
  readonly position: number
  readonly actor: string
  readonly action: string
  /** null where it was erased at the end of its retention; the hash stays. */
  readonly data: unknown
  readonly sealed: boolean
}

/** A whole subject is looked up in its index; the beginning of one is compared along the way. */
const subjectIs = (subject: string) =>
  subject === ''
    ? sql`true`
    : /:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(subject)
      ? sql`subject = ${subject}`
      : sql`subject ^@ ${subject}`

/** Entries that fit, the newest first. Whoever may read the log may read all of it: entries belong to no unit. */
export const auditEntries = (
  ctx: Ctx,
  filter: AuditFilter,
  page: { offset: number; limit: number },
): Promise<AuditRow[]> =>
  many(
    ctx.db,
    sql<AuditRow>`select id, at, subject, position, actor, action, data, seal is not null as sealed
      from audit_entry
      where ${subjectIs(filter.subject)}
        and (${filter.action} = '' or action ^@ ${filter.action})
        and (${filter.actor} = '' or actor = ${filter.actor})
        and (${filter.from}::timestamptz is null or at >= ${filter.from}::timestamptz)
        and (${filter.until}::timestamptz is null or at < ${filter.until}::timestamptz)
      order by at desc, id desc limit ${page.limit} offset ${page.offset}`,
  )

export interface SealState {
  readonly seals: number
  readonly lastAt: Temporal.Instant | null
  readonly open: number
}

export const sealState = (ctx: Ctx): Promise<SealState> =>
  one(
    ctx.db,
    sql<SealState>`select (select count(*) from audit_seal) as seals, (select max(at) from audit_seal) as "lastAt",
      (select count(*) from audit_entry where seal is null) as open`,
  )
