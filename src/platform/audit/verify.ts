import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { exec, many, maybe, one } from '../db/db.ts'
import { transaction } from '../db/transaction.ts'
import { job, jobType, type Job } from '../jobs/jobs.ts'
import { CHAIN_START, hashOfData, hashOfEntry, type AuditEntry } from './audit.ts'

/** Rows read at a time while verifying. */
const PAGE = 5_000

const sealHash = (previous: string, number: number, hashes: readonly string[]) =>
  createHash('sha256')
    .update(`${previous}|${number}|${hashes.join('|')}`)
    .digest('hex')

/**
 * Binds the entries since the last seal into the chain of the city.
 * One at a time per tenant: the row of the last seal is the lock (the first one is guarded by its primary key).
 */
export async function sealAudit(ctx: Ctx): Promise<number> {
  return transaction(ctx, async (ctx) => {
    const last = await maybe(
      ctx.db,
      sql<{
        number: number
        hash: string
      }>`select number, hash from audit_seal order by number desc limit 1 for update`,
    )
    const number = (last?.number ?? 0) + 1
    const entries = await many(
      ctx.db,
      sql<{ id: string; hash: string }>`update audit_entry set seal = ${number} where seal is null returning id, hash`,
    )
    if (entries.length === 0) return 0
    const hashes = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((entry) => entry.hash)
    const previous = last?.hash ?? CHAIN_START
    await exec(
      ctx.db,
      sql`insert into audit_seal (number, at, entries, previous_hash, hash)
        values (${number}, ${ctx.clock.now()}, ${entries.length}, ${previous}, ${sealHash(previous, number, hashes)})`,
    )
    return entries.length
  })
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly seals: number }
  | { readonly ok: false; readonly message: string }

interface EntryRow extends AuditEntry {
  seal: number | null
}

/** Recomputes every hash of every chain and every seal; names the first link that does not hold. */
export async function verifyAudit(ctx: Ctx): Promise<AuditVerdict> {
  let count = 0
  let after = { subject: '', position: 0 }
  let previous: { subject: string; position: number; hash: string } | null = null
  for (;;) {
    const rows: EntryRow[] = await many(
      ctx.db,
      sql<EntryRow>`select id, subject, position, at, actor, action, data, data_hash as "dataHash",
          previous_hash as "previousHash", hash, seal
        from audit_entry where (subject, position) > (${after.subject}, ${after.position})
        order by subject, position limit ${PAGE}`,
    )
    if (rows.length === 0) break
    for (const row of rows) {
      const before: { position: number; hash: string } | null = previous?.subject === row.subject ? previous : null
      const broken = brokenLink(row, before)
      if (broken) return { ok: false, message: `${row.subject}, entry ${row.position} (${row.action}): ${broken}` }
      previous = { subject: row.subject, position: row.position, hash: row.hash }
    }
    count += rows.length
    after = rows.at(-1)!
  }
  return verifySeals(ctx, count)
}

function brokenLink(row: EntryRow, before: { position: number; hash: string } | null): string | null {
  if (row.position !== (before?.position ?? 0) + 1) return 'the entry before it is missing'
  if (row.previousHash !== (before?.hash ?? CHAIN_START)) return 'it does not follow the entry before it'
  if (row.data !== null && hashOfData(row.data) !== row.dataHash) return 'its data were changed'
  if (hashOfEntry(row) !== row.hash) return 'it was changed'
  return null
}

async function verifySeals(ctx: Ctx, entries: number): Promise<AuditVerdict> {
  const seals = await many(
    ctx.db,
    sql<{ number: number; entries: number; previous: string; hash: string; hashes: string[] | null }>`
      select s.number, s.entries, s.previous_hash as previous, s.hash,
        (select array_agg(e.hash order by e.id) from audit_entry e where e.seal = s.number) as hashes
      from audit_seal s order by s.number`,
  )
  let previous = CHAIN_START
  let number = 0
  for (const seal of seals) {
    number += 1
    const hashes = seal.hashes ?? []
    if (seal.number !== number) return { ok: false, message: `seal ${number} is missing` }
    if (hashes.length !== seal.entries)
      return {
        ok: false,
        message: `seal ${number}: ${seal.entries - hashes.length} of ${seal.entries} entries are missing`,
      }
    if (seal.previous !== previous || sealHash(previous, number, hashes) !== seal.hash)
      return { ok: false, message: `seal ${number} does not match its entries` }
    previous = seal.hash
  }
  const { last } = await one(ctx.db, sql<{ last: number | null }>`select max(seal) as last from audit_entry`)
  if ((last ?? 0) > number) return { ok: false, message: `seal ${number + 1} is missing` }
  return { ok: true, entries, seals: seals.length }
}

export const auditJobs: readonly Job[] = [
  job(jobType('platform.seal-audit'), async (ctx) => void (await sealAudit(ctx)), { schedule: '* * * * *' }),
]
