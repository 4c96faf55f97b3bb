import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { handedOver, received, refundDecided, refundOfUnclear, settled, waived } from '../domain/ledger.ts'
import { isSettled } from '../domain/payment.ts'
import { clearEntry, closeCompleted, lockEntry, type BankEntryRow, type Clearance } from '../store/bank.ts'
import { book } from '../store/ledger.ts'
import { findPayment, paymentByReference, type PaymentRow } from '../store/payments.ts'
import { insertRefund, lockRefund } from '../store/refunds.ts'
import { bookToPayment } from './bookings.ts'
import { completeRefund, createRefund } from './refunds.ts'

export type ClearingProblem =
  | 'not-found'
  | 'edited-by-others'
  | 'reference-unknown'
  | 'payment-cancelled'
  | 'amount-not-there'
  | 'refund-unknown'
  | 'not-possible'

type Done = Result<null, ClearingProblem>

class Undo extends Error {
  readonly failure: Failure<ClearingProblem>
  constructor(problem: ClearingProblem) {
    super(problem)
    this.failure = fail(problem)
  }
}

/** One decision of a clerk about one open movement: locked, written, kept with its reason. Two at once: the second is told. */
async function decide(
  ctx: Ctx,
  entryId: string,
  work: (tx: Ctx, entry: BankEntryRow) => Promise<Clearance>,
): Promise<Done> {
  try {
    return await transaction(ctx, async (tx) => {
      const entry = await lockEntry(tx, entryId)
      if (!entry) throw new Undo('not-found')
      if (entry.state !== 'open') throw new Undo('edited-by-others')
      const clearance = await work(tx, entry)
      await clearEntry(tx, entry.id, clearance)
      await audit(tx, {
        subject: `bank-entry:${entry.id}`,
        action: `payments.cleared-${clearance.resolution}`,
        data: { reason: clearance.reason, remaining: clearance.suspenseCents },
      })
      return ok(null)
    })
  } catch (error) {
    if (error instanceof Undo) return error.failure
    throw error
  }
}

/** The money (or `cents` of it) is for the payment with that reference. */
export const assignEntry = (
  ctx: Ctx,
  entryId: string,
  wish: { reference: string; cents: number | null; reason: string | null },
): Promise<Done> =>
  decide(ctx, entryId, async (tx, entry) => {
    const cents = wish.cents ?? entry.suspenseCents
    if (cents <= 0 || cents > entry.suspenseCents) throw new Undo('amount-not-there')
    const payment = await paymentByReference(tx, wish.reference.replace(/\s/g, '').toUpperCase())
    if (!payment) throw new Undo('reference-unknown')
    if (payment.cancelledAt !== null) throw new Undo('payment-cancelled')
    const after = await bookToPayment(tx, payment.id, { bankEntry: entry.id, reason: wish.reason }, (balances) =>
      received(balances, cents, 'suspense'),
    )
    if (after && isSettled(after.state)) await closeCompleted(tx, payment.id)
    return {
      resolution: 'assigned',
      reason: wish.reason,
      payment: payment.id,
      suspenseCents: entry.suspenseCents - cents,
    }
  })

/** The money goes back to where it came from: all that lies in suspense, or the excess above the fee. */
export const refundEntry = (ctx: Ctx, entryId: string, wish: { reason: string; iban: string | null }): Promise<Done> =>
  decide(ctx, entryId, async (tx, entry) => {
    const key = `bank-entry:${entry.id}`
    if (entry.suspenseCents > 0) {
      const created = await insertRefund(tx, {
        key,
        payment: null,
        bankEntry: entry.id,
        cents: entry.suspenseCents,
        reason: wish.reason,
        way: 'transfer',
        payeeName: entry.party,
        payeeIban: wish.iban ?? entry.partyIban,
      })
      await book(tx, refundOfUnclear(entry.suspenseCents), {
        bankEntry: entry.id,
        refund: created!.id,
        reason: wish.reason,
      })
      return { resolution: 'refunded', reason: wish.reason, suspenseCents: 0 }
    }
    const payment = entry.payment === null ? null : await findPayment(tx, entry.payment)
    if (!payment || entry.suspenseCents < 0) throw new Undo('not-possible')
    await refundExcess(tx, payment, { key, reason: wish.reason, bankEntry: entry.id })
    return { resolution: 'refunded', reason: wish.reason, suspenseCents: 0 }
  })

/** What lies above the fee is decided to go back. */
export async function refundExcess(
  tx: Ctx,
  payment: PaymentRow,
  wish: { key: string; reason: string; bankEntry: string | null },
): Promise<void> {
  let cents = 0
  await bookToPayment(tx, payment.id, { bankEntry: wish.bankEntry, reason: wish.reason }, (balances) => {
    cents = -balances.overpayment
    return cents > 0 ? refundDecided(balances, cents) : null
  })
  if (cents === 0) throw new Undo('not-possible')
  await createRefund(tx, { ...wish, payment, cents })
}

/** Excess of a payment that no movement of the bank explains (paid twice, once online). */
export async function refundOverpayment(ctx: Ctx, paymentId: string, reason: string): Promise<Done> {
  try {
    return await transaction(ctx, async (tx) => {
      const payment = await findPayment(tx, paymentId)
      if (!payment) throw new Undo('not-found')
      await refundExcess(tx, payment, { key: `excess:${payment.id}:${payment.paidCents}`, reason, bankEntry: null })
      return ok(null)
    })
  } catch (error) {
    if (error instanceof Undo) return error.failure
    throw error
  }
}

/** A debit is this refund, paid out under another reference. */
export const matchRefund = (ctx: Ctx, entryId: string, wish: { refundId: string }): Promise<Done> =>
  decide(ctx, entryId, async (tx, entry) => {
    const row = await lockRefund(tx, wish.refundId)
    if (!row || row.state === 'paid' || entry.suspenseCents >= 0 || row.cents !== -entry.suspenseCents)
      throw new Undo('refund-unknown')
    await completeRefund(tx, row.id, 'suspense', { bankEntry: entry.id })
    return { resolution: 'refund-paid', reason: null, payment: row.payment, suspenseCents: 0 }
  })

/** None of ours: the main accounting books it. */
export const handOver = (ctx: Ctx, entryId: string, reason: string): Promise<Done> =>
  decide(ctx, entryId, async (tx, entry) => {
    if (entry.suspenseCents !== 0) await book(tx, handedOver(entry.suspenseCents), { bankEntry: entry.id, reason })
    return { resolution: 'handed-over', reason, suspenseCents: 0 }
  })

/** The payment service transfers together what people paid there one by one. */
export const settleProvider = (ctx: Ctx, entryId: string, reason: string | null): Promise<Done> =>
  decide(ctx, entryId, async (tx, entry) => {
    if (entry.suspenseCents <= 0) throw new Undo('not-possible')
    await book(tx, settled(entry.suspenseCents), { bankEntry: entry.id, reason })
    return { resolution: 'settled', reason, suspenseCents: 0 }
  })

/** The rest of the fee is let go: the payment counts as paid. */
export const waiveRest = (ctx: Ctx, entryId: string, reason: string): Promise<Done> =>
  decide(ctx, entryId, async (tx, entry) => {
    if (entry.finding !== 'under' || entry.payment === null) throw new Undo('not-possible')
    const after = await bookToPayment(tx, entry.payment, { bankEntry: entry.id, reason }, (balances) =>
      balances.receivable > 0 ? waived(balances) : null,
    )
    if (!after || !isSettled(after.state)) throw new Undo('not-possible')
    await closeCompleted(tx, entry.payment)
    return { resolution: 'waived', reason, suspenseCents: 0 }
  })

/** Seen, nothing to book: a return that is booked already, foreign money, too little that is waited for. */
export const acknowledge = (ctx: Ctx, entryId: string, reason: string): Promise<Done> =>
  decide(ctx, entryId, async (_tx, entry) => {
    if (entry.suspenseCents !== 0) throw new Undo('not-possible')
    return { resolution: 'acknowledged', reason, suspenseCents: 0 }
  })
