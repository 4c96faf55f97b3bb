import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'

/** Years that vouchers are kept after the year in which they arose: § 39 GemHVO Baden-Württemberg (books ten years). */
export const KEPT_YEARS = 10

/** The first day (UTC) whose vouchers are still kept. */
const firstKeptDay = (ctx: Ctx) =>
  ctx.clock.now().toZonedDateTimeISO('UTC').subtract({ years: KEPT_YEARS }).with({ month: 1, day: 1 }).startOfDay()

/** Names and accounts of payers whose time has run out; amounts stay for the books. */
export function anonymiseOldPayments(ctx: Ctx): Promise<number> {
  return exec(
    ctx.db,
    sql`update payments_payment set payer_name = '', payer_email = null, payer_account = null
      where created_at < ${firstKeptDay(ctx).toInstant()} and payer_name <> '' and state in ('paid', 'refunded', 'cancelled')`,
  )
}

export function anonymiseOldEntries(ctx: Ctx): Promise<number> {
  return exec(
    ctx.db,
    sql`update payments_bank_entry set party = '', party_iban = null, remittance = '', end_to_end_id = null
      where booked_on < ${firstKeptDay(ctx).toPlainDate()} and state <> 'open' and (party <> '' or remittance <> '')`,
  )
}

export function anonymiseOldRefunds(ctx: Ctx): Promise<number> {
  return exec(
    ctx.db,
    sql`update payments_refund set payee_name = '', payee_iban = null
      where decided_at < ${firstKeptDay(ctx).toInstant()} and state = 'paid' and (payee_name <> '' or payee_iban is not null)`,
  )
}

/** Codes of links that have run out, and notifications that could no longer be replayed. */
export async function forgetAccess(ctx: Ctx): Promise<number> {
  const codes = await exec(ctx.db, sql`delete from payments_access where expires_at < ${ctx.clock.now()}`)
  const notifications = await exec(
    ctx.db,
    sql`delete from payments_notification where at < ${ctx.clock.now().subtract({ hours: 24 * 30 })}`,
  )
  return codes + notifications
}

/**
 * The account goes; payments stay, since vouchers must be kept (GDPR article 17(3)(b)): without account, address and link.
 * A payment that is still owed keeps the name under which it is asked for.
 */
export async function detachAccount(ctx: Ctx, account: string): Promise<void> {
  await exec(
    ctx.db,
    sql`delete from payments_access where payment in (
      select id from payments_payment where payer_account = ${account} and state in ('paid', 'overpaid', 'refunded', 'cancelled'))`,
  )
  await exec(
    ctx.db,
    sql`update payments_payment set payer_account = null, payer_email = null where payer_account = ${account}`,
  )
}
