import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import type { PaymentState } from '../domain/payment.ts'
import { paymentColumns, type PaymentRow } from './payments.ts'

export const SORTS = { created: 'p.created_at', due: 'p.due_on', cents: 'p.cents', payer: 'p.payer_name' } as const
export type Sort = keyof typeof SORTS

export interface PaymentFilter {
  readonly state: PaymentState | 'outstanding' | null
  /** Words of reference, purpose and payer. */
  readonly q: string
  readonly from: Temporal.PlainDate | null
  readonly until: Temporal.PlainDate | null
  readonly sort: Sort
  readonly direction: 'asc' | 'desc'
}

const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(CITY_TIME_ZONE).toInstant()

/** A reference is found as it is printed, with spaces. */
function words(q: string): string[] {
  const text = /^\s*rf[\d\s]+$/i.test(q) ? q.replace(/\s/g, '') : q
  return text
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => `%${word.replace(/[\\%_]/g, (c) => `\\${c}`)}%`)
}

function matching(ctx: Ctx, filter: PaymentFilter) {
  const conditions = [
    permittedIn(ctx, 'payments.read', 'p.unit'),
    ...(filter.state === 'outstanding'
      ? [sql`p.state in ('open', 'partly-paid', 'overdue')`]
      : filter.state
        ? [sql`p.state = ${filter.state}`]
        : []),
    ...(filter.from ? [sql`p.created_at >= ${startOf(filter.from)}`] : []),
    ...(filter.until ? [sql`p.created_at < ${startOf(filter.until.add({ days: 1 }))}`] : []),
    ...words(filter.q).map((word) => sql`p.reference || ' ' || p.purpose || ' ' || p.payer_name ilike ${word}`),
  ]
  return sql`from payments_payment p where ${sql.join(conditions, sql` and `)}`
}

export interface PaymentSums {
  readonly total: number
  readonly cents: number
  readonly paidCents: number
}

/** Payments that this person may see, with the sums of all that the filter finds. */
export async function listPayments(
  ctx: Ctx,
  filter: PaymentFilter,
  page: { offset: number; limit: number },
): Promise<{ rows: PaymentRow[]; sums: PaymentSums }> {
  const order = sql.raw(`${SORTS[filter.sort]} ${filter.direction}, p.id ${filter.direction}`)
  const [rows, sums] = await Promise.all([
    many(
      ctx.db,
      sql<PaymentRow>`select ${paymentColumns} ${matching(ctx, filter)} order by ${order} limit ${page.limit} offset ${page.offset}`,
    ),
    one(
      ctx.db,
      sql<PaymentSums>`select count(*) as total, coalesce(sum(p.cents), 0)::bigint as cents,
        coalesce(sum(p.paid_cents), 0)::bigint as "paidCents" ${matching(ctx, filter)}`,
    ),
  ])
  return { rows, sums }
}

/** One payment as staff see it; null where there is none or this person may not see it. */
export const paymentForStaff = (
  ctx: Ctx,
  id: string,
  permission: 'payments.read' | 'payments.book' = 'payments.read',
): Promise<PaymentRow | null> =>
  maybe(
    ctx.db,
    sql<PaymentRow>`select ${paymentColumns} from payments_payment p where p.id = ${id} and ${permittedIn(ctx, permission, 'p.unit')}`,
  )

export const overpaidPayments = (ctx: Ctx, limit: number): Promise<PaymentRow[]> =>
  many(
    ctx.db,
    sql<PaymentRow>`select ${paymentColumns} from payments_payment p
      where p.state = 'overpaid' and ${permittedIn(ctx, 'payments.book', 'p.unit')}
        and not exists (select from payments_bank_entry b where b.payment = p.id and b.state = 'open')
      order by p.created_at limit ${limit}`,
  )

export const paymentsOfAccount = (ctx: Ctx, account: string): Promise<PaymentRow[]> =>
  many(
    ctx.db,
    sql<PaymentRow>`select ${paymentColumns} from payments_payment p where p.payer_account = ${account} order by p.created_at desc, p.id desc limit 200`,
  )

/** Nearly due and not reminded of. */
export const toRemind = (ctx: Ctx, until: Temporal.PlainDate, limit: number): Promise<PaymentRow[]> =>
  many(
    ctx.db,
    sql<PaymentRow>`select ${paymentColumns} from payments_payment p
      where p.state in ('open', 'partly-paid') and p.due_on <= ${until} and p.reminded_at is null
      order by p.due_on limit ${limit}`,
  )

export const toDun = (ctx: Ctx, today: Temporal.PlainDate, limit: number): Promise<PaymentRow[]> =>
  many(
    ctx.db,
    sql<PaymentRow>`select ${paymentColumns} from payments_payment p
      where p.state in ('open', 'partly-paid') and p.due_on < ${today} and p.overdue_at is null
      order by p.due_on limit ${limit}`,
  )

export async function markReminded(ctx: Ctx, id: string): Promise<boolean> {
  return (
    (await exec(
      ctx.db,
      sql`update payments_payment set reminded_at = ${ctx.clock.now()} where id = ${id} and reminded_at is null`,
    )) === 1
  )
}

export async function markOverdue(ctx: Ctx, id: string): Promise<boolean> {
  const count = await exec(
    ctx.db,
    sql`update payments_payment set state = 'overdue', overdue_at = ${ctx.clock.now()}
      where id = ${id} and state in ('open', 'partly-paid') and overdue_at is null`,
  )
  return count === 1
}
