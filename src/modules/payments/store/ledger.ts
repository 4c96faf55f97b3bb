import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import {
  NO_BALANCES,
  type Balances,
  type Booking,
  type BookingKind,
  type LedgerAccount,
  type LedgerEntry,
} from '../domain/ledger.ts'

export interface BookingContext {
  readonly payment?: string | null
  readonly bankEntry?: string | null
  readonly refund?: string | null
  readonly online?: string | null
  readonly reason?: string | null
}

/** Writes a booking; its entries belong to the payment where there is one. */
export async function book(ctx: Ctx, booking: Booking, about: BookingContext): Promise<void> {
  if (booking.entries.length === 0) return
  const id = newId()
  await exec(
    ctx.db,
    sql`with transaction as (
        insert into payments_ledger_transaction (id, kind, payment, bank_entry, refund, online, actor, reason, booked_at)
        values (${id}, ${booking.kind}, ${about.payment ?? null}, ${about.bankEntry ?? null}, ${about.refund ?? null},
          ${about.online ?? null}, ${ctx.account?.id ?? 'system'}, ${about.reason ?? null}, ${ctx.clock.now()})
      )
      insert into payments_ledger_entry (transaction, account, payment, cents)
      select ${id}, e.account, ${about.payment ?? null}::uuid, e.cents
      from unnest(${booking.entries.map((entry) => entry.account)}::text[], ${booking.entries.map((entry) => entry.cents)}::bigint[])
        as e (account, cents)`,
  )
}

/** Sums by account for one payment. */
export async function balancesOf(ctx: Ctx, payment: string): Promise<Balances> {
  const rows = await many(
    ctx.db,
    sql<{ account: LedgerAccount; cents: number }>`select account, sum(cents)::bigint as cents
      from payments_ledger_entry where payment = ${payment} group by account`,
  )
  return { ...NO_BALANCES, ...Object.fromEntries(rows.map((row) => [row.account, row.cents])) }
}

export interface LedgerTransaction {
  readonly id: string
  readonly kind: BookingKind
  readonly actor: string
  readonly reason: string | null
  readonly bookedAt: Temporal.Instant
  readonly entries: readonly LedgerEntry[]
}

/** Every booking of one payment, in order. */
export const transactionsOf = (ctx: Ctx, payment: string): Promise<LedgerTransaction[]> =>
  many(
    ctx.db,
    sql<LedgerTransaction>`select t.id, t.kind, t.actor, t.reason, t.booked_at as "bookedAt",
        (select jsonb_agg(jsonb_build_object('account', e.account, 'cents', e.cents) order by e.cents desc)
          from payments_ledger_entry e where e.transaction = t.id) as entries
      from payments_ledger_transaction t where t.payment = ${payment} order by t.booked_at, t.id`,
  )

/** Amounts of a payment that came over the bank, for recognising a return of one of them. */
export async function bankedAmounts(ctx: Ctx, payment: string): Promise<number[]> {
  const rows = await many(
    ctx.db,
    sql<{ cents: number }>`select cents from payments_bank_entry
      where payment = ${payment} and cents > 0 and finding in ('exact', 'under', 'over')
      union all select cents from payments_bank_entry where payment = ${payment} and resolution = 'assigned' and cents > 0`,
  )
  return rows.map((row) => row.cents)
}

export interface LedgerCheck {
  readonly transactions: number
  /** Transactions whose entries do not add up to 0. */
  readonly unbalanced: number
  /** Payments whose row says something else than the ledger. */
  readonly disagreeing: number
  /** Movements in EUR that the account `bank` does not show, in cents. */
  readonly bankDifference: number
  /** What lies in suspense by the ledger, less what the movements say, in cents. */
  readonly suspenseDifference: number
}

/** For `doctor`: the sums of the whole ledger against the rows that they explain. */
export async function checkLedger(ctx: Ctx): Promise<LedgerCheck> {
  const [row] = await many(
    ctx.db,
    sql<LedgerCheck>`
      with sums as (
        select payment, coalesce(sum(cents) filter (where account = 'receivable'), 0) as receivable,
          coalesce(sum(cents) filter (where account = 'overpayment'), 0) as overpayment,
          coalesce(sum(cents) filter (where account = 'revenue'), 0) as revenue,
          coalesce(sum(cents) filter (where account = 'waived'), 0) as waived
        from payments_ledger_entry where payment is not null group by payment
      ), movements as (
        select e.payment,
          -coalesce(sum(e.cents) filter (where t.kind in ('received', 'assigned', 'reversed') and e.account in ('receivable', 'overpayment')), 0) as paid,
          -coalesce(sum(e.cents) filter (where t.kind in ('refund-decided', 'cancelled') and e.account = 'refund'), 0) as refunded
        from payments_ledger_entry e join payments_ledger_transaction t on t.id = e.transaction
        where e.payment is not null group by e.payment
      ), expected as (
        select p.id, p.state, p.paid_cents, p.refunded_cents, m.paid, m.refunded,
          case when p.cancelled_at is not null then 'cancelled'
            when s.receivable > 0 and p.overdue_at is not null then 'overdue'
            when s.receivable > 0 and s.receivable < p.cents then 'partly-paid'
            when s.receivable > 0 then 'open'
            when s.overpayment < 0 then 'overpaid'
            when -s.revenue - s.waived <= 0 and s.waived < p.cents then 'refunded'
            else 'paid' end as should
        from payments_payment p left join sums s on s.payment = p.id left join movements m on m.payment = p.id
      )
      select (select count(*) from payments_ledger_transaction) as transactions,
        (select count(*) from (select transaction from payments_ledger_entry group by transaction having sum(cents) <> 0) u) as unbalanced,
        (select count(*) from expected where state is distinct from should or paid_cents is distinct from paid
          or refunded_cents is distinct from refunded) as disagreeing,
        (select coalesce(sum(e.cents), 0)::bigint from payments_ledger_entry e
          join payments_ledger_transaction t on t.id = e.transaction
          where e.account = 'bank' and t.bank_entry is not null)
          - (select coalesce(sum(cents), 0)::bigint from payments_bank_entry where currency = 'EUR') as "bankDifference",
        -(select coalesce(sum(cents), 0)::bigint from payments_ledger_entry where account = 'suspense')
          - (select coalesce(sum(suspense_cents), 0)::bigint from payments_bank_entry) as "suspenseDifference"`,
  )
  return row!
}
