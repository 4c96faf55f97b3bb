import { createHash } from 'node:crypto'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { ibansOf } from '../bank-account.ts'
import { held, received, reversed, unclear } from '../domain/ledger.ts'
import { isBookedAtOnce, match, referencesOf, type Candidate, type Finding } from '../domain/matching.ts'
import { isSettled } from '../domain/payment.ts'
import type { Statement, StatementEntry, StatementProblem } from '../domain/statement.ts'
import { closeCompleted, countNewEntries, insertEntry, insertStatement, knownKeys } from '../store/bank.ts'
import { balancesOf, bankedAmounts, book } from '../store/ledger.ts'
import { lockPayment, paymentByReference } from '../store/payments.ts'
import { awaitedRefunds } from '../store/refunds.ts'
import { bookToPayment } from './bookings.ts'
import { completeRefund } from './refunds.ts'

export type ImportProblem = StatementProblem | 'foreign-account' | 'no-account'

export interface ImportReport {
  readonly statements: readonly {
    readonly id: string
    readonly name: string
    readonly entries: number
    readonly fresh: number
  }[]
  /** Movements in the file, and how many of them the account did not have yet. */
  readonly entries: number
  readonly fresh: number
  /** Of the new ones: how many the machine booked, and how many wait for a clerk. */
  readonly booked: number
  readonly toClear: number
}

/**
 * Takes a CAMT.053 file whole or not at all. Each movement is booked once, however often a file holds it: a file that
 * was imported before changes nothing.
 */
export async function importCamt(ctx: Ctx, bytes: Uint8Array): Promise<Result<ImportReport, ImportProblem>> {
  // The XML parser is loaded by the first import: it is no part of what an idle city holds in memory.
  const { readCamt053 } = await import('../domain/camt.ts')
  const read = readCamt053(bytes)
  if (!read.ok) return read
  const ours = ibansOf(ctx)
  if (ours.length === 0) return fail('no-account')
  if (!read.value.every((statement) => ours.includes(statement.iban))) return fail('foreign-account')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return transaction(ctx, async (tx) => {
    const reports: (ImportReport['statements'][number] & { booked: number; toClear: number })[] = []
    for (const statement of read.value) reports.push(await importStatement(tx, statement, sha256))
    const sum = (key: 'entries' | 'fresh' | 'booked' | 'toClear') =>
      reports.reduce((total, report) => total + report[key], 0)
    await audit(tx, {
      subject: 'payments',
      action: 'payments.statement-imported',
      data: { sha256, entries: sum('entries'), fresh: sum('fresh') },
    })
    return ok({
      statements: reports,
      entries: sum('entries'),
      fresh: sum('fresh'),
      booked: sum('booked'),
      toClear: sum('toClear'),
    })
  })
}

async function importStatement(tx: Ctx, statement: Statement, sha256: string) {
  const id = await insertStatement(tx, statement, sha256)
  const known = await knownKeys(
    tx,
    statement.iban,
    statement.entries.map((entry) => entry.key),
  )
  let booked = 0
  let toClear = 0
  for (const entry of statement.entries) {
    if (known.has(entry.key)) continue
    const done = await importEntry(tx, { statement: id, iban: statement.iban }, entry)
    if (done === 'booked') booked += 1
    if (done === 'open') toClear += 1
  }
  await countNewEntries(tx, id, booked + toClear)
  return { id, name: statement.id, entries: statement.entries.length, fresh: booked + toClear, booked, toClear }
}

async function importEntry(
  tx: Ctx,
  place: { statement: string; iban: string },
  entry: StatementEntry,
): Promise<'known' | 'booked' | 'open'> {
  const candidates = await candidatesFor(tx, entry)
  const found = match(entry, candidates, entry.cents < 0 && !entry.reversal ? await awaitedRefunds(tx) : [])
  const atOnce = isBookedAtOnce(found)
  const id = await insertEntry(tx, place, entry, found, atOnce || entry.currency !== 'EUR' ? 0 : entry.cents)
  // Another import of the same file was quicker.
  if (id === null) return 'known'
  if (!atOnce) {
    if (entry.currency === 'EUR' && entry.cents !== 0) await book(tx, unclear(entry.cents), { bankEntry: id })
  } else if (found.refund !== null) await completeRefund(tx, found.refund, 'bank', { bankEntry: id })
  else await bookEntry(tx, id, entry, found.payment!, found.finding)
  return found.needsClerk ? 'open' : 'booked'
}

async function bookEntry(tx: Ctx, id: string, entry: StatementEntry, payment: string, finding: Finding): Promise<void> {
  const after = await bookToPayment(tx, payment, { bankEntry: id }, (balances) =>
    finding === 'reversal' ? reversed(balances, -entry.cents, 'bank') : received(balances, entry.cents, 'bank'),
  )
  if (after && isSettled(after.state)) await closeCompleted(tx, payment)
}

/** The payments that the purpose line names, locked: what is decided about them stays true until it is written. */
async function candidatesFor(tx: Ctx, entry: StatementEntry): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  for (const reference of referencesOf(entry)) {
    const named = await paymentByReference(tx, reference)
    const payment = named && (await lockPayment(tx, named.id))
    if (!payment) continue
    const balances = await balancesOf(tx, payment.id)
    const banked = entry.reversal ? await bankedAmounts(tx, payment.id) : []
    candidates.push({
      id: payment.id,
      reference,
      state: payment.state,
      outstandingCents: balances.receivable,
      bankedCents: banked.filter((cents) => cents <= held(balances)),
    })
  }
  return candidates
}
