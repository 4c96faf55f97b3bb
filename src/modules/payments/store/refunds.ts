import { may, permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { OrderedRefund } from '../domain/matching.ts'
import { TREASURY } from '../domain/payment.ts'

export const REFUND_STATES = ['decided', 'ordered', 'paid'] as const
export type RefundState = (typeof REFUND_STATES)[number]

export interface NewRefund {
  readonly key: string
  readonly payment: string | null
  readonly bankEntry: string | null
  readonly cents: number
  readonly reason: string
  readonly way: 'transfer' | 'online'
  readonly payeeName: string
  readonly payeeIban: string | null
}

export interface RefundRow extends NewRefund {
  readonly id: string
  readonly endToEndId: string
  readonly state: RefundState
  readonly problem: string | null
  readonly decidedAt: Temporal.Instant
  readonly orderedAt: Temporal.Instant | null
  readonly paidAt: Temporal.Instant | null
}

const columns =
  sql.raw(`r.id, r.key, r.payment, r.bank_entry as "bankEntry", r.cents, r.reason, r.way, r.payee_name as "payeeName",
  r.payee_iban as "payeeIban", r.end_to_end_id as "endToEndId", r.state, r.problem, r.decided_at as "decidedAt",
  r.ordered_at as "orderedAt", r.paid_at as "paidAt"`)

/** @returns the new row, or null where the key was used before */
export function insertRefund(ctx: Ctx, refund: NewRefund): Promise<RefundRow | null> {
  const id = newId()
  // What remains of the id without its time: short enough for every bank (SEPA: 35 characters), unique in the city.
  const endToEndId = `ERST-${id.slice(-12).toUpperCase()}`
  return maybe(
    ctx.db,
    sql<RefundRow>`insert into payments_refund as r (id, key, payment, bank_entry, cents, reason, way, payee_name, payee_iban,
        end_to_end_id, state, decided_at)
      values (${id}, ${refund.key}, ${refund.payment}, ${refund.bankEntry}, ${refund.cents}, ${refund.reason}, ${refund.way},
        ${refund.payeeName}, ${refund.payeeIban}, ${endToEndId}, 'decided', ${ctx.clock.now()})
      on conflict (key) do nothing returning ${columns}`,
  )
}

export const refundByKey = (ctx: Ctx, key: string): Promise<RefundRow | null> =>
  maybe(ctx.db, sql<RefundRow>`select ${columns} from payments_refund r where r.key = ${key}`)

export const lockRefund = (ctx: Ctx, id: string): Promise<RefundRow | null> =>
  maybe(ctx.db, sql<RefundRow>`select ${columns} from payments_refund r where r.id = ${id} for update`)

export const refundsOfPayment = (ctx: Ctx, payment: string): Promise<RefundRow[]> =>
  many(
    ctx.db,
    sql<RefundRow>`select ${columns} from payments_refund r where r.payment = ${payment} order by r.decided_at`,
  )

/** Refunds that went to the bank and wait for their debit; one that was paid by hand before it was marked counts, too. */
export const awaitedRefunds = (ctx: Ctx): Promise<OrderedRefund[]> =>
  many(
    ctx.db,
    sql<OrderedRefund>`select r.id, r.cents, r.end_to_end_id as "endToEndId" from payments_refund r
      where r.state in ('decided', 'ordered') and r.way = 'transfer'`,
  )

export interface RefundFilter {
  readonly state: RefundState | 'unpaid' | null
}

function matching(ctx: Ctx, filter: RefundFilter) {
  const state =
    filter.state === null
      ? sql`true`
      : filter.state === 'unpaid'
        ? sql`r.state <> 'paid'`
        : sql`r.state = ${filter.state}`
  return sql`from payments_refund r left join payments_payment p on p.id = r.payment
    cross join lateral (select coalesce(p.unit, ${TREASURY}) as unit) u
    where ${state} and ${permittedIn(ctx, 'payments.read', 'u.unit')}`
}

export async function listRefunds(
  ctx: Ctx,
  filter: RefundFilter,
  page: { offset: number; limit: number },
): Promise<{ rows: (RefundRow & { reference: string | null })[]; total: number; cents: number }> {
  const [rows, sums] = await Promise.all([
    many(
      ctx.db,
      sql<RefundRow & { reference: string | null }>`select ${columns}, p.reference ${matching(ctx, filter)}
        order by r.decided_at desc, r.id limit ${page.limit} offset ${page.offset}`,
    ),
    one(
      ctx.db,
      sql<{
        total: number
        cents: number
      }>`select count(*) as total, coalesce(sum(r.cents), 0)::bigint as cents ${matching(ctx, filter)}`,
    ),
  ])
  return { rows, ...sums }
}

/** Refunds that were handed to the bank together. */
export interface RefundOrder {
  readonly id: string
  readonly orderedAt: Temporal.Instant
  readonly count: number
  readonly cents: number
  /** Those whose debit no statement has shown yet. */
  readonly waiting: number
  readonly waitingCents: number
}

/**
 * Marks refunds as handed to the bank, in one order of that id. Of two orders at once, a refund is in one.
 * @returns how many were waiting for it and have an IBAN
 */
export async function orderRefunds(ctx: Ctx, order: string, ids: readonly string[]): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{
      id: string
    }>`update payments_refund set state = 'ordered', ordered_at = ${ctx.clock.now()}, order_id = ${order}
      where id = any(${[...ids]}::uuid[]) and state = 'decided' and way = 'transfer' and payee_iban is not null
      returning id`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Takes what the bank has not paid out of an order. Of two at once, or of a debit that arrives at that moment, one has it.
 * @returns the refunds that are decided again
 */
export const reopenOrdered = async (ctx: Ctx, order: string): Promise<string[]> =>
  (
    await many(
      ctx.db,
      sql<{ id: string }>`update payments_refund set state = 'decided', ordered_at = null, order_id = null
        where order_id = ${order} and state = 'ordered' returning id`,
    )
  ).map(({ id }) => id)

const orders = (ctx: Ctx) =>
  sql`select r.order_id as id, min(r.ordered_at) as "orderedAt", count(*) as count, sum(r.cents)::bigint as cents,
      count(*) filter (where r.state = 'ordered') as waiting,
      coalesce(sum(r.cents) filter (where r.state = 'ordered'), 0)::bigint as "waitingCents"
    from payments_refund r where r.order_id is not null and ${may(ctx, 'payments.book', TREASURY)}::boolean`

/** The newest orders first. */
export const refundOrders = (ctx: Ctx, limit: number): Promise<RefundOrder[]> =>
  many(ctx.db, sql<RefundOrder>`${orders(ctx)} group by r.order_id order by 2 desc, 1 limit ${limit}`)

/** An order of which the bank still has something to pay; null for every other. */
export const waitingOrder = (ctx: Ctx, id: string): Promise<RefundOrder | null> =>
  maybe(
    ctx.db,
    sql<RefundOrder>`${orders(ctx)} and r.order_id = ${id} group by r.order_id having count(*) filter (where r.state = 'ordered') > 0`,
  )

export const refundsOfOrder = (ctx: Ctx, order: string): Promise<RefundRow[]> =>
  many(
    ctx.db,
    sql<RefundRow>`select ${columns} from payments_refund r where r.order_id = ${order} order by r.end_to_end_id`,
  )

export async function markRefundPaid(ctx: Ctx, id: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_refund set state = 'paid', paid_at = ${ctx.clock.now()}, problem = null where id = ${id}`,
  )
}

/** The payment service cannot give it back: it becomes a transfer, for which staff need an IBAN. */
export async function turnIntoTransfer(ctx: Ctx, id: string, problem: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_refund set way = 'transfer', problem = ${problem} where id = ${id} and state = 'decided'`,
  )
}

export async function setPayee(ctx: Ctx, id: string, payee: { name: string; iban: string }): Promise<number> {
  return exec(
    ctx.db,
    sql`update payments_refund set payee_name = ${payee.name}, payee_iban = ${payee.iban} where id = ${id} and state = 'decided'`,
  )
}

/** From where the payer's money came: IBAN and name of the last transfer, or the online payment. */
export async function originOf(
  ctx: Ctx,
  payment: string,
): Promise<{ party: string; iban: string | null; online: string | null } | null> {
  return maybe(
    ctx.db,
    sql<{ party: string; iban: string | null; online: string | null }>`select * from (
        select b.party, b.party_iban as iban, null as online, b.booked_on::timestamptz as at
          from payments_bank_entry b where b.payment = ${payment} and b.cents > 0
        union all select '', null, o.provider_id, o.finished_at from payments_online o
          where o.payment = ${payment} and o.state = 'paid') origins
      order by at desc nulls last limit 1`,
  )
}
