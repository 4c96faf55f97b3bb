import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../context.ts'
import { exec, many, maybe, one } from '../db/db.ts'
import { json } from '../db/json.ts'
import type { AuditEntry } from './audit.ts'

/** The trail as modules read it: nobody else names its tables, and nobody else decides what may be taken out of them. */

export type TrailEntry = Pick<AuditEntry, 'id' | 'at' | 'actor' | 'action' | 'data'>

const ENTRY = sql`id, at, actor, action, data`

/** What has happened to a subject, newest first. */
export const entriesOf = (ctx: Pick<Ctx, 'db'>, subject: string, limit: number): Promise<TrailEntry[]> =>
  many(
    ctx.db,
    sql<TrailEntry>`select ${ENTRY} from audit_entry where subject = ${subject} order by position desc limit ${limit}`,
  )

/** The newest entry of a subject, of any kind or of one. */
export const lastEntryOf = (ctx: Pick<Ctx, 'db'>, subject: string, action?: string): Promise<TrailEntry | null> =>
  maybe(
    ctx.db,
    sql<TrailEntry>`select ${ENTRY} from audit_entry where subject = ${subject}
      and ${action === undefined ? sql`true` : sql`action = ${action}`} order by position desc limit 1`,
  )

export interface Told {
  readonly action: string
  /** What its data hold, among other things. */
  readonly data?: object
  readonly actor?: string
  /** Later than that. */
  readonly after?: Temporal.Instant
}

/** Whether the chain of a subject holds such an entry. */
export const isTold = async (
  ctx: Pick<Ctx, 'db'>,
  subject: string,
  { action, data, actor, after }: Told,
): Promise<boolean> =>
  (await maybe(
    ctx.db,
    sql`select from audit_entry where subject = ${subject} and action = ${action}
      and ${data === undefined ? sql`true` : sql`data @> ${json(data)}`}
      and ${actor === undefined ? sql`true` : sql`actor = ${actor}`}
      and ${after === undefined ? sql`true` : sql`at > ${after}`} limit 1`,
  )) !== null

/** For a list of a module: each of its rows with the entries about it, as `e`. */
export const withEntries = (subject: RawBuilder<unknown>) => sql`join audit_entry e on e.subject = ${subject}`

/** As part of a statement, at the end of the retention of what it is about: the hashes stay, and the chain holds. */
export const dataErased = (subject: string) => sql`update audit_entry set data = null where subject = ${subject}`

/** What a seed says has happened: chained by `nextEntry`. */
export async function insertPast(ctx: Pick<Ctx, 'db'>, entries: readonly AuditEntry[]): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into audit_entry (id, subject, position, at, actor, action, data, data_hash, previous_hash, hash)
      select id, subject, position, at, actor, action, data, "dataHash", "previousHash", hash
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as r (id uuid, subject text, position int, at timestamptz, actor text,
        action text, data jsonb, "dataHash" text, "previousHash" text, hash text)`,
  )
}

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
