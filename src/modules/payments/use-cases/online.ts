import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { JobMeta } from '#platform/jobs/jobs.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { received, refundDecided } from '../domain/ledger.ts'
import { isOutstanding, isSettled } from '../domain/payment.ts'
import { providerOf } from '../provider/choose.ts'
import type { PaymentProvider } from '../provider/port.ts'
import { closeCompleted } from '../store/bank.ts'
import { balancesOf } from '../store/ledger.ts'
import {
  findOnline, insertOnline, lockOnline, markChecked, markFinished, markStarted, onlineByProviderId, onlinesOf, paidOnline,
  rememberNotification, unfinishedOnlines, type OnlineRow, type OnlineState,
} from '../store/online.ts' // prettier-ignore
import type { PaymentRow } from '../store/payments.ts'
import { lockRefund, turnIntoTransfer } from '../store/refunds.ts'
import { bookToPayment } from './bookings.ts'
import { completeRefund, createRefund } from './refunds.ts'

export type StartProblem = 'online-not-available' | 'payment-settled' | 'provider-unavailable'

/** Minutes in which a second click leads to the same page of the payment service. */
const SAME_ATTEMPT_MINUTES = 15
/** Minutes after which an attempt that the service never confirmed is given up: nobody was led to its page. */
const STARTING_MINUTES = 10
/** Days that an unfinished attempt is asked about. */
const ASKED_DAYS = 7

/**
 * Begins to pay online what is still owed. The attempt is written before the service is called and completed after; the
 * call itself stands in no transaction.
 * @param returnPath path of the city for the payer's browser, code included
 */
export async function startOnline(
  ctx: Ctx,
  payment: PaymentRow,
  returnPath: string,
): Promise<Result<{ redirectUrl: string }, StartProblem>> {
  const provider = providerOf(ctx)
  if (!provider) return fail('online-not-available')
  const { receivable } = await balancesOf(ctx, payment.id)
  if (!isOutstanding(payment.state) || receivable <= 0) return fail('payment-settled')
  const again = (await onlinesOf(ctx, payment.id)).find((one) => isFresh(ctx, one) && one.cents === receivable)
  if (again) return ok({ redirectUrl: again.redirectUrl! })
  const id = await insertOnline(ctx, payment.id, receivable)
  const answer = await provider.start({
    requestId: id,
    cents: receivable,
    reference: payment.reference,
    purpose: payment.purpose,
    at: ctx.clock.now(),
    locale: ctx.locale,
    returnUrl: ctx.tenant.baseUrl + returnPath,
    notificationUrl: `${ctx.tenant.baseUrl}/api/v1/payments/notifications`,
  })
  if (!answer.ok) {
    ctx.log.warn({ online: id, why: answer.why, detail: answer.detail }, 'payment service did not start a payment')
    await markFinished(ctx, id, 'failed', answer.detail)
    return fail('provider-unavailable')
  }
  await markStarted(ctx, id, answer.value.providerId, answer.value.redirectUrl)
  return ok({ redirectUrl: answer.value.redirectUrl })
}

const isFresh = (ctx: Ctx, one: OnlineRow) =>
  one.state === 'started' &&
  one.redirectUrl !== null &&
  Temporal.Instant.compare(one.createdAt, ctx.clock.now().subtract({ minutes: SAME_ATTEMPT_MINUTES })) > 0

/** Asks the service what became of an attempt, and books it. However often and by whom it is called, it is booked once. */
export async function completeOnline(ctx: Ctx, id: string): Promise<OnlineState> {
  const row = await findOnline(ctx, id)
  if (!row || (row.state !== 'starting' && row.state !== 'started')) return row?.state ?? 'failed'
  if (row.providerId === null) return giveUp(ctx, row, STARTING_MINUTES * 60, 'never started')
  const provider = providerOf(ctx)
  if (!provider) return row.state
  const answer = await provider.status(row.providerId)
  if (!answer.ok) {
    await markChecked(ctx, id, answer.detail)
    return answer.why === 'unknown' ? giveUp(ctx, row, 60, 'not known to the payment service') : row.state
  }
  const { status, cents } = answer.value
  if (status === 'initial') {
    await markChecked(ctx, id, null)
    return giveUp(ctx, row, ASKED_DAYS * 86_400, 'never finished')
  }
  if (status !== 'paid') {
    await markFinished(ctx, id, status, null)
    return status
  }
  if (cents !== row.cents) {
    ctx.log.error({ online: id }, 'the payment service names another amount')
    await markChecked(ctx, id, 'another amount')
    return row.state
  }
  return bookOnline(ctx, id)
}

async function giveUp(ctx: Ctx, row: OnlineRow, afterSeconds: number, problem: string): Promise<OnlineState> {
  const isOld = Temporal.Instant.compare(row.createdAt, ctx.clock.now().subtract({ seconds: afterSeconds })) < 0
  if (!isOld) return row.state
  await markFinished(ctx, row.id, 'failed', problem)
  return 'failed'
}

async function bookOnline(ctx: Ctx, id: string): Promise<OnlineState> {
  return transaction<OnlineState>(ctx, async (tx) => {
    const row = await lockOnline(tx, id)
    if (!row || row.state === 'paid') return 'paid'
    await markFinished(tx, id, 'paid', null)
    const payment = await bookToPayment(tx, row.payment, { online: id }, (balances) =>
      received(balances, row.cents, 'provider'),
    )
    if (payment && isSettled(payment.state)) await closeCompleted(tx, payment.id)
    // Paid after it was cancelled: nobody has to ask for that money back.
    if (payment?.cancelledAt != null) await returnLatePayment(tx, payment, row)
    return 'paid'
  })
}

async function returnLatePayment(tx: Ctx, payment: PaymentRow, row: OnlineRow): Promise<void> {
  const reason = 'paid after the payment was cancelled'
  await bookToPayment(tx, payment.id, { online: row.id, reason }, (balances) => refundDecided(balances, row.cents))
  await createRefund(tx, { key: `late:${row.id}`, payment, bankEntry: null, cents: row.cents, reason })
}

/** Attempts looked at by one run of the sweeper. */
const SWEPT_AT_ONCE = 200

/** Completes what was paid without the payer's browser coming back and without a notification arriving. */
export async function sweepOnlines(ctx: Ctx): Promise<number> {
  const rows = await unfinishedOnlines(ctx, SWEPT_AT_ONCE)
  for (const row of rows) await completeOnline(ctx, row.id)
  return rows.length
}

/** The service says that something changed. Only that is believed; what changed is asked of the service itself. */
export async function takeNotification(
  ctx: Ctx,
  notification: { id: string; transactionId: string },
): Promise<'repeated' | 'unknown' | 'taken'> {
  const row = await onlineByProviderId(ctx, notification.transactionId)
  if (!row) return 'unknown'
  if (!(await rememberNotification(ctx, notification.id))) return 'repeated'
  await completeOnline(ctx, row.id)
  return 'taken'
}

/** Job: gives money back through the service; where that cannot, the refund becomes a transfer. */
export async function refundThroughProvider(ctx: Ctx, payload: { refund: string }, meta: JobMeta): Promise<void> {
  const row = await transaction(ctx, (tx) => lockRefund(tx, payload.refund))
  if (!row || row.state !== 'decided' || row.way !== 'online' || row.payment === null) return
  const [origin, provider] = [await paidOnline(ctx, row.payment), providerOf(ctx)]
  const answer = await askForRefund(provider, origin?.providerId ?? null, row)
  if (answer === 'done') {
    await transaction(ctx, (tx) => completeRefund(tx, row.id, 'provider'))
    return
  }
  if (answer === 'refused' || meta.attempt >= meta.maxAttempts)
    return turnIntoTransfer(ctx, row.id, 'refused by the payment service')
  throw new Error('the payment service is not available')
}

async function askForRefund(
  provider: PaymentProvider | null,
  providerId: string | null,
  row: { id: string; cents: number },
): Promise<'done' | 'refused' | 'later'> {
  if (providerId === null) return 'refused'
  if (!provider) return 'refused'
  const answer = await provider.refund({ providerId, refundId: row.id, cents: row.cents })
  if (answer.ok) return 'done'
  return answer.why === 'unavailable' ? 'later' : 'refused'
}
