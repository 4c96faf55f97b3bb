import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import { cityDate } from '#platform/time/clock.ts'
import { TREASURY, type PastPayment } from '../domain/payment.ts'
import { paymentReference } from '../domain/reference.ts'

/** Rows of one statement. */
const AT_ONCE = 1_000

/**
 * Demo data in bulk: payments of the past with their ledger, without events, messages or audit entries. Paid means paid in
 * full; a payment that was cancelled had nothing paid.
 */
export async function recordPastPayments(
  ctx: Ctx,
  payments: readonly PastPayment[],
): Promise<{ id: string; reference: string }[]> {
  const done: { id: string; reference: string }[] = []
  for (let start = 0; start < payments.length; start += AT_ONCE)
    done.push(...(await insertPart(ctx, payments.slice(start, start + AT_ONCE))))
  return done
}

async function insertPart(ctx: Ctx, payments: readonly PastPayment[]): Promise<{ id: string; reference: string }[]> {
  const numbers = await many(
    ctx.db,
    sql<{ n: number }>`select nextval('payments_number') as n from generate_series(1, ${payments.length}::int)`,
  )
  const rows = payments.map((payment, index) => rowOf(ctx, payment, numbers[index]!.n))
  const bookings = rows.flatMap(bookingsOf)
  await exec(
    ctx.db,
    sql`insert into payments_payment (id, key, reference, purpose, cents, paid_cents, state, due_on, unit, payer_account, payer_name,
        payer_email, locale, subject, return_path, created_at, paid_at, cancelled_at, cancel_reason, overdue_at, reminded_at)
      select * from jsonb_to_recordset(${json(rows)}) as r (id uuid, key text, reference text, purpose text, cents bigint,
        paid_cents bigint, state text, due_on date, unit text, payer_account uuid, payer_name text, payer_email text, locale text,
        subject text, return_path text, created_at timestamptz, paid_at timestamptz, cancelled_at timestamptz, cancel_reason text,
        overdue_at timestamptz, reminded_at timestamptz)`,
  )
  await exec(
    ctx.db,
    sql`insert into payments_ledger_transaction (id, kind, payment, actor, booked_at)
      select r.id, r.kind, r.payment, 'system', r.at
      from jsonb_to_recordset(${json(bookings)}) as r (id uuid, kind text, payment uuid, at timestamptz)`,
  )
  await exec(
    ctx.db,
    sql`insert into payments_ledger_entry (transaction, account, payment, cents)
      select r.id, e.account, r.payment, e.cents
      from jsonb_to_recordset(${json(bookings)}) as r (id uuid, payment uuid, debit text, credit text, cents bigint),
        lateral (values (r.debit, r.cents), (r.credit, -r.cents)) as e (account, cents)`,
  )
  return rows.map(({ id, reference }) => ({ id, reference }))
}

function rowOf(ctx: Ctx, payment: PastPayment, n: number) {
  const isOverdue =
    !payment.paidAt && !payment.cancelledAt && Temporal.PlainDate.compare(payment.dueOn, cityDate(ctx.clock.now())) < 0
  // Paid means paid, whatever else is said: a refund would be needed to cancel it.
  const isCancelled = Boolean(payment.cancelledAt) && !payment.paidAt
  const at = payment.at.toString()
  return {
    id: payment.id ?? newId(payment.at.epochMilliseconds),
    key: payment.key,
    reference: paymentReference(cityDate(payment.at).year, n),
    purpose: payment.purpose,
    cents: payment.cents,
    paid_cents: payment.paidAt ? payment.cents : 0,
    state: payment.paidAt ? 'paid' : payment.cancelledAt ? 'cancelled' : isOverdue ? 'overdue' : 'open',
    due_on: payment.dueOn.toString(),
    unit: payment.unit ?? TREASURY,
    payer_account: payment.payer.accountId ?? null,
    payer_name: payment.payer.name,
    payer_email: payment.payer.email,
    locale: payment.locale,
    subject: payment.subject,
    return_path: payment.returnPath,
    created_at: at,
    paid_at: payment.paidAt?.toString() ?? null,
    cancelled_at: isCancelled ? payment.cancelledAt!.toString() : null,
    cancel_reason: isCancelled ? 'cancelled' : null,
    overdue_at: isOverdue ? payment.dueOn.add({ days: 1 }).toString() : null,
    reminded_at: isOverdue ? payment.dueOn.subtract({ days: 3 }).toString() : null,
    method: payment.method ?? 'transfer',
  }
}

function bookingsOf(row: ReturnType<typeof rowOf>) {
  const booking = (kind: string, at: string, debit: string, credit: string) => ({
    id: newId(Temporal.Instant.from(at).epochMilliseconds),
    kind,
    payment: row.id,
    at,
    debit,
    credit,
    cents: row.cents,
  })
  return [
    booking('requested', row.created_at, 'receivable', 'revenue'),
    ...(row.paid_at
      ? [booking('received', row.paid_at, row.method === 'online' ? 'provider' : 'bank', 'receivable')]
      : []),
    ...(row.cancelled_at ? [booking('cancelled', row.cancelled_at, 'revenue', 'receivable')] : []),
  ]
}
