import { createHash, randomBytes } from 'node:crypto'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { today } from '#platform/time/clock.ts'
import { TREASURY, type Payment, type PaymentRequest, type PaymentState } from '../domain/payment.ts'
import { paymentReference } from '../domain/reference.ts'

/** A payment as this module sees it. */
export interface PaymentRow {
  readonly id: string
  readonly key: string
  readonly reference: string
  readonly purpose: string
  readonly cents: number
  readonly paidCents: number
  readonly refundedCents: number
  readonly state: PaymentState
  readonly dueOn: Temporal.PlainDate
  readonly unit: string
  readonly payerAccount: string | null
  readonly payerName: string
  readonly payerEmail: string | null
  readonly locale: Locale
  readonly subject: string
  readonly returnPath: string
  readonly createdAt: Temporal.Instant
  readonly paidAt: Temporal.Instant | null
  readonly cancelledAt: Temporal.Instant | null
  readonly cancelReason: string | null
  readonly overdueAt: Temporal.Instant | null
  readonly remindedAt: Temporal.Instant | null
}

export const paymentColumns = sql.raw(`p.id, p.key, p.reference, p.purpose, p.cents, p.paid_cents as "paidCents",
  p.refunded_cents as "refundedCents", p.state, p.due_on as "dueOn", p.unit, p.payer_account as "payerAccount",
  p.payer_name as "payerName", p.payer_email as "payerEmail", p.locale, p.subject, p.return_path as "returnPath",
  p.created_at as "createdAt", p.paid_at as "paidAt", p.cancelled_at as "cancelledAt", p.cancel_reason as "cancelReason",
  p.overdue_at as "overdueAt", p.reminded_at as "remindedAt"`)

/** What other modules see. */
export const paymentOf = (row: PaymentRow, payPath = `/zahlung/${row.id}`): Payment => ({
  id: row.id,
  reference: row.reference,
  purpose: row.purpose,
  subject: row.subject,
  cents: row.cents,
  paidCents: row.paidCents,
  refundedCents: row.refundedCents,
  state: row.state,
  dueOn: row.dueOn,
  createdAt: row.createdAt,
  paidAt: row.paidAt,
  payPath,
})

/** @returns the new row, or null where the key was used before */
export async function insertPayment(ctx: Ctx, request: PaymentRequest): Promise<PaymentRow | null> {
  const { n } = await one(ctx.db, sql<{ n: number }>`select nextval('payments_number') as n`)
  return maybe(
    ctx.db,
    sql<PaymentRow>`insert into payments_payment as p (id, key, reference, purpose, cents, state, due_on, unit, payer_account,
        payer_name, payer_email, locale, subject, return_path, created_at)
      values (${newId()}, ${request.key}, ${paymentReference(today(ctx.clock).year, n)}, ${request.purpose}, ${request.cents}, 'open',
        ${request.dueOn}, ${request.unit ?? TREASURY}, ${request.payer.accountId ?? null}, ${request.payer.name},
        ${request.payer.email}, ${request.locale}, ${request.subject}, ${request.returnPath}, ${ctx.clock.now()})
      on conflict (key) do nothing returning ${paymentColumns}`,
  )
}

export const paymentByKey = (ctx: Ctx, key: string): Promise<PaymentRow | null> =>
  maybe(ctx.db, sql<PaymentRow>`select ${paymentColumns} from payments_payment p where p.key = ${key}`)

export const findPayment = (ctx: Ctx, id: string): Promise<PaymentRow | null> =>
  maybe(ctx.db, sql<PaymentRow>`select ${paymentColumns} from payments_payment p where p.id = ${id}`)

/** For booking: two that book to the same payment wait for each other. */
export const lockPayment = (ctx: Ctx, id: string): Promise<PaymentRow | null> =>
  maybe(ctx.db, sql<PaymentRow>`select ${paymentColumns} from payments_payment p where p.id = ${id} for update`)

export const paymentByReference = (ctx: Ctx, reference: string): Promise<PaymentRow | null> =>
  maybe(ctx.db, sql<PaymentRow>`select ${paymentColumns} from payments_payment p where p.reference = ${reference}`)

export const paymentsOfSubject = (ctx: Ctx, subject: string): Promise<PaymentRow[]> =>
  many(
    ctx.db,
    sql<PaymentRow>`select ${paymentColumns} from payments_payment p where p.subject = ${subject} order by p.created_at, p.id`,
  )

export interface PaymentChange {
  readonly state: PaymentState
  readonly paidCents: number
  readonly refundedCents: number
  readonly paidAt: Temporal.Instant | null
}

export async function updatePayment(ctx: Ctx, id: string, change: PaymentChange): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_payment set state = ${change.state}, paid_cents = ${change.paidCents},
      refunded_cents = ${change.refundedCents}, paid_at = ${change.paidAt} where id = ${id}`,
  )
}

export async function markCancelled(ctx: Ctx, id: string, reason: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_payment set state = 'cancelled', cancelled_at = ${ctx.clock.now()}, cancel_reason = ${reason}
      where id = ${id}`,
  )
}

/** Days that a link to a payment lets somebody in. */
const CODE_DAYS = 180

const hashOf = (code: string) => createHash('sha256').update(code).digest('hex')

/** A fresh code for the payer's link (128 bits); kept as a hash alone. */
export async function insertCode(ctx: Ctx, payment: string): Promise<string> {
  const code = randomBytes(16).toString('base64url')
  await exec(
    ctx.db,
    sql`insert into payments_access (payment, code_hash, expires_at)
      values (${payment}, ${hashOf(code)}, ${ctx.clock.now().add({ hours: 24 * CODE_DAYS })})`,
  )
  return code
}

export async function isCodeOf(ctx: Ctx, payment: string, code: string): Promise<boolean> {
  if (code === '' || code.length > 100) return false
  const row = await maybe(
    ctx.db,
    sql`select 1 from payments_access where payment = ${payment} and code_hash = ${hashOf(code)}
      and expires_at > ${ctx.clock.now()}`,
  )
  return row !== null
}
