import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { maybe } from '../db/db.ts'
import { newId } from '../db/id.ts'

export interface AuditInput {
  /** What it is about: `case:<id>`, `account:<id>`. Each subject has a chain of its own. */
  readonly subject: string
  /** `cases.granted` */
  readonly action: string
  readonly data?: unknown
  /** Otherwise the account of the context, its device (`device:<id>`), or 'system'. */
  readonly actor?: string
}

export interface AuditEntry {
  readonly id: string
  readonly subject: string
  readonly position: number
  readonly at: Temporal.Instant
  readonly actor: string
  readonly action: string
  readonly data: unknown
  readonly dataHash: string
  readonly previousHash: string
  readonly hash: string
}

/** Hash before the first entry of a chain. */
export const CHAIN_START = '0'.repeat(64)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** JSON with sorted keys: the database gives jsonb back in another order of keys than it was given. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`)
      .join(',')}}`
  return JSON.stringify(value) ?? 'null'
}

export const hashOfData = (data: unknown) => sha256(canonicalJson(data ?? null))

/** SHA-256 (hex) over the entry and its predecessor's hash; the data go in by their own hash, so that they can be erased. */
export function hashOfEntry(entry: Omit<AuditEntry, 'hash' | 'data'>): string {
  return sha256(
    JSON.stringify([
      entry.previousHash,
      entry.id,
      entry.subject,
      entry.position,
      entry.at.toString({ fractionalSecondDigits: 3 }),
      entry.actor,
      entry.action,
      entry.dataHash,
    ]),
  )
}

/** The entry that follows `previous` in the chain of its subject, or begins it. */
export function nextEntry(
  ctx: Pick<Ctx, 'account' | 'clock'> & Partial<Pick<Ctx, 'device'>>,
  input: AuditInput,
  previous: Pick<AuditEntry, 'position' | 'hash'> | null,
): AuditEntry {
  const data = input.data === undefined ? null : (JSON.parse(JSON.stringify(input.data)) as unknown)
  const entry = {
    id: newId(),
    subject: input.subject,
    position: (previous?.position ?? 0) + 1,
    at: ctx.clock.now().round('millisecond'),
    actor: input.actor ?? ctx.account?.id ?? (ctx.device ? `device:${ctx.device.id}` : 'system'),
    action: input.action,
    data,
    dataHash: hashOfData(data),
    previousHash: previous?.hash ?? CHAIN_START,
  }
  return { ...entry, hash: hashOfEntry(entry) }
}

/** The insert as a statement, for hot paths that join it with other writes. */
export function auditInsert(entry: AuditEntry) {
  return sql`insert into audit_entry (id, subject, position, at, actor, action, data, data_hash, previous_hash, hash)
    values (${entry.id}, ${entry.subject}, ${entry.position}, ${entry.at}, ${entry.actor}, ${entry.action},
      ${JSON.stringify(entry.data)}::jsonb, ${entry.dataHash}, ${entry.previousHash}, ${entry.hash})`
}

/**
 * Adds to the chain of the subject, in the caller's transaction. Two at once for one subject wait for each other:
 * a lock on the last entry's row would not do, since who waited would still read it as the last one.
 */
export async function audit(ctx: Ctx, input: AuditInput): Promise<AuditEntry> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.tenant.id}:${input.subject}`}, 0))`.execute(ctx.db)
  const previous = await maybe(
    ctx.db,
    sql<{ position: number; hash: string }>`select position, hash from audit_entry
      where subject = ${input.subject} order by position desc limit 1`,
  )
  const entry = nextEntry(ctx, input, previous)
  await auditInsert(entry).execute(ctx.db)
  return entry
}
