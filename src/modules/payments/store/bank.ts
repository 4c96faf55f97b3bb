import { may, permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { Finding, Match } from '../domain/matching.ts'
import { TREASURY } from '../domain/payment.ts'
import type { Statement, StatementEntry } from '../domain/statement.ts'

export interface StatementRow {
  readonly id: string
  readonly iban: string
  readonly name: string
  readonly fromDay: Temporal.PlainDate | null
  readonly untilDay: Temporal.PlainDate | null
  readonly openingCents: number | null
  readonly closingCents: number | null
  readonly currency: string
  readonly entries: number
  readonly newEntries: number
  readonly importedBy: string
  readonly importedAt: Temporal.Instant
}

const statementColumns = sql.raw(`s.id, s.iban, s.name, s.from_day as "fromDay", s.until_day as "untilDay",
  s.opening_cents as "openingCents", s.closing_cents as "closingCents", s.currency, s.entries, s.new_entries as "newEntries",
  s.imported_by as "importedBy", s.imported_at as "importedAt"`)

export const RESOLUTIONS = [
  'assigned', 'completed', 'refunded', 'handed-over', 'settled', 'waived', 'acknowledged', 'refund-paid',
] as const // prettier-ignore
export type Resolution = (typeof RESOLUTIONS)[number]

export interface BankEntryRow extends Omit<StatementEntry, 'key' | 'endToEndId' | 'bankReference' | 'collective'> {
  readonly id: string
  readonly statement: string
  readonly iban: string
  readonly finding: Finding
  readonly state: 'booked' | 'open' | 'cleared'
  readonly payment: string | null
  readonly suspenseCents: number
  readonly resolution: Resolution | null
  readonly reason: string | null
  readonly clearedAt: Temporal.Instant | null
}

const entryColumns =
  sql.raw(`b.id, b.statement, b.iban, b.booked_on as "bookedOn", b.value_on as "valueOn", b.cents, b.currency,
  b.reversal, b.party, b.party_iban as "partyIban", b.remittance, b.finding, b.state, b.payment,
  b.suspense_cents as "suspenseCents", b.resolution, b.reason, b.cleared_at as "clearedAt"`)

/** Statements and movements are the treasury's. */
const treasuryMay = (ctx: Ctx) => sql<boolean>`${may(ctx, 'payments.book', TREASURY)}::boolean`

export async function insertStatement(ctx: Ctx, statement: Statement, fileSha256: string): Promise<string> {
  const id = newId()
  await exec(
    ctx.db,
    sql`insert into payments_statement (id, iban, name, from_day, until_day, opening_cents, closing_cents, currency, entries,
        new_entries, file_sha256, imported_by, imported_at)
      values (${id}, ${statement.iban}, ${statement.id}, ${statement.from}, ${statement.until}, ${statement.openingCents},
        ${statement.closingCents}, ${statement.currency}, ${statement.entries.length}, 0, ${fileSha256},
        ${ctx.account?.id ?? 'system'}, ${ctx.clock.now()})`,
  )
  return id
}

export async function countNewEntries(ctx: Ctx, statement: string, n: number): Promise<void> {
  await exec(ctx.db, sql`update payments_statement set new_entries = ${n} where id = ${statement}`)
}

/** Which of these movements are known already. */
export async function knownKeys(ctx: Ctx, iban: string, keys: readonly string[]): Promise<Set<string>> {
  const rows = await many(
    ctx.db,
    sql<{ key: string }>`select key from payments_bank_entry where iban = ${iban} and key = any(${[...keys]}::text[])`,
  )
  return new Set(rows.map((row) => row.key))
}

/** @returns the id, or null where the account has this movement already */
export async function insertEntry(
  ctx: Ctx,
  place: { statement: string; iban: string },
  entry: StatementEntry,
  found: Match,
  suspenseCents: number,
): Promise<string | null> {
  const row = await maybe(
    ctx.db,
    sql<{
      id: string
    }>`insert into payments_bank_entry (id, statement, iban, key, booked_on, value_on, cents, currency, reversal,
        party, party_iban, remittance, end_to_end_id, bank_reference, finding, state, payment, suspense_cents)
      values (${newId()}, ${place.statement}, ${place.iban}, ${entry.key}, ${entry.bookedOn}, ${entry.valueOn}, ${entry.cents},
        ${entry.currency}, ${entry.reversal}, ${entry.party}, ${entry.partyIban}, ${entry.remittance}, ${entry.endToEndId},
        ${entry.bankReference}, ${found.finding}, ${found.needsClerk ? 'open' : 'booked'}, ${found.payment}, ${suspenseCents})
      on conflict (iban, key) do nothing returning id`,
  )
  return row?.id ?? null
}

/** What was too little is complete now: nobody has to look at it any more. */
export async function closeCompleted(ctx: Ctx, payment: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_bank_entry set state = 'cleared', resolution = 'completed', cleared_by = 'system', cleared_at = ${ctx.clock.now()}
      where payment = ${payment} and finding = 'under' and state = 'open'`,
  )
}

export const listStatements = (ctx: Ctx, limit: number): Promise<StatementRow[]> =>
  many(
    ctx.db,
    sql<StatementRow>`select ${statementColumns} from payments_statement s where ${treasuryMay(ctx)}
      order by s.imported_at desc, s.id desc limit ${limit}`,
  )

export async function findStatement(
  ctx: Ctx,
  id: string,
): Promise<{ statement: StatementRow; entries: BankEntryRow[] } | null> {
  const statement = await maybe(
    ctx.db,
    sql<StatementRow>`select ${statementColumns} from payments_statement s where s.id = ${id} and ${treasuryMay(ctx)}`,
  )
  if (!statement) return null
  const entries = await many(
    ctx.db,
    sql<BankEntryRow>`select ${entryColumns} from payments_bank_entry b where b.statement = ${id} order by b.booked_on, b.id limit 2000`,
  )
  return { statement, entries }
}

export interface ClearingFilter {
  readonly state: 'open' | 'cleared'
  readonly finding: Finding | null
  readonly q: string
}

export async function listClearing(
  ctx: Ctx,
  filter: ClearingFilter,
  page: { offset: number; limit: number },
): Promise<{ rows: BankEntryRow[]; total: number }> {
  const like = `%${filter.q.replace(/[\\%_]/g, (c) => `\\${c}`)}%`
  const where = sql`${treasuryMay(ctx)} and b.state = ${filter.state}
    and (${filter.finding}::text is null or b.finding = ${filter.finding})
    and (${filter.q}::text = '' or b.party || ' ' || b.remittance ilike ${like})`
  const [rows, { total }] = await Promise.all([
    many(
      ctx.db,
      sql<BankEntryRow>`select ${entryColumns} from payments_bank_entry b where ${where}
        order by b.booked_on desc, b.id desc limit ${page.limit} offset ${page.offset}`,
    ),
    one(ctx.db, sql<{ total: number }>`select count(*) as total from payments_bank_entry b where ${where}`),
  ])
  return { rows, total }
}

export const findEntry = (ctx: Ctx, id: string): Promise<BankEntryRow | null> =>
  maybe(
    ctx.db,
    sql<BankEntryRow>`select ${entryColumns} from payments_bank_entry b where b.id = ${id} and ${treasuryMay(ctx)}`,
  )

export const lockEntry = (ctx: Ctx, id: string): Promise<BankEntryRow | null> =>
  maybe(
    ctx.db,
    sql<BankEntryRow>`select ${entryColumns} from payments_bank_entry b where b.id = ${id} and ${treasuryMay(ctx)} for update`,
  )

export interface Clearance {
  readonly resolution: Resolution
  readonly reason: string | null
  readonly payment?: string | null
  /** What remains in suspense; the movement stays open as long as that is not 0. */
  readonly suspenseCents: number
}

export async function clearEntry(ctx: Ctx, id: string, clearance: Clearance): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_bank_entry set suspense_cents = ${clearance.suspenseCents},
        state = ${clearance.suspenseCents === 0 ? 'cleared' : 'open'}, resolution = ${clearance.resolution},
        reason = ${clearance.reason}, payment = coalesce(${clearance.payment ?? null}::uuid, payment),
        cleared_by = ${ctx.account?.id ?? 'system'}, cleared_at = ${ctx.clock.now()}
      where id = ${id}`,
  )
}

export interface Suggestion {
  readonly id: string
  readonly reference: string
  readonly purpose: string
  readonly payerName: string
  readonly outstandingCents: number
}

/** Payments that the money could be for: the same amount, or a name like the sender's. */
export const suggestionsFor = (ctx: Ctx, entry: Pick<BankEntryRow, 'cents' | 'party'>): Promise<Suggestion[]> =>
  many(
    ctx.db,
    sql<Suggestion>`select p.id, p.reference, p.purpose, p.payer_name as "payerName", p.cents - p.paid_cents as "outstandingCents"
      from payments_payment p
      where p.state in ('open', 'partly-paid', 'overdue') and ${permittedIn(ctx, 'payments.book', 'p.unit')}
        and (p.cents - p.paid_cents = ${entry.cents} or similarity(p.payer_name, ${entry.party}) > 0.4)
      order by (p.cents - p.paid_cents = ${entry.cents})::int + similarity(p.payer_name, ${entry.party}) desc, p.created_at
      limit 5`,
  )

/** How many movements wait for a clerk. */
export async function openClearings(ctx: Ctx): Promise<number> {
  const { n } = await one(
    ctx.db,
    sql<{ n: number }>`select count(*) as n from payments_bank_entry where state = 'open'`,
  )
  return n
}
