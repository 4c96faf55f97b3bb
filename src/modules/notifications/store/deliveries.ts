import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { jobCall } from '#platform/jobs/enqueue.ts'
import type { DeliveryState } from '../domain/notice.ts'
import { deliver } from '../jobs.ts'
import { deliveryColumns, messageColumns, type DeliveryRow, type MessageRow } from './messages.ts'

/** A delivery that still has to go, with its message; null where it went, failed for good or was deleted. */
export async function waitingDelivery(
  ctx: Ctx,
  id: string,
): Promise<{ delivery: DeliveryRow; message: MessageRow } | null> {
  const delivery = await maybe(
    ctx.db,
    sql<DeliveryRow>`select ${deliveryColumns} from notifications_delivery d where d.id = ${id} and d.state = 'queued'`,
  )
  if (!delivery) return null
  const message = await maybe(
    ctx.db,
    sql<MessageRow>`select ${messageColumns} from notifications_message m where m.id = ${delivery.message}`,
  )
  return message && { delivery, message }
}

export async function deliveriesOf(ctx: Ctx, message: string): Promise<DeliveryRow[]> {
  return many(
    ctx.db,
    sql<DeliveryRow>`select ${deliveryColumns} from notifications_delivery d where d.message = ${message} order by d.channel`,
  )
}

/** Sent. A confidential text that left the house is forgotten; where the database is the post box, it stays readable there. */
export async function markSent(
  ctx: Ctx,
  delivery: Pick<DeliveryRow, 'id' | 'message'>,
  transport: string,
): Promise<void> {
  await exec(
    ctx.db,
    sql`with sent as (
        update notifications_delivery set state = 'sent', attempts = attempts + 1, last_error = null, next_attempt_at = null,
          transport = ${transport}, sent_at = ${ctx.clock.now()}
        where id = ${delivery.id} and state = 'queued'
      )
      update notifications_message set paragraphs = '[]', link_path = null, link_label = null, calendar = null
      where id = ${delivery.message} and confidential and ${transport}::text <> 'database'
        and not exists (select from notifications_delivery o
          where o.message = ${delivery.message} and o.id <> ${delivery.id} and o.state <> 'sent')`,
  )
}

export async function markTried(
  ctx: Ctx,
  id: string,
  outcome: { reason: string; state: Exclude<DeliveryState, 'sent'>; nextAttemptAt: Temporal.Instant | null },
): Promise<void> {
  await exec(
    ctx.db,
    sql`update notifications_delivery set attempts = attempts + 1, last_error = ${outcome.reason},
        state = ${outcome.state}, next_attempt_at = ${outcome.nextAttemptAt}
      where id = ${id} and state = 'queued'`,
  )
}

/**
 * Deliveries that failed, or that wait for their next attempt, to the head of the queue, with their jobs, in one
 * statement; returns how many. One that is being sent just now is left alone.
 */
export async function requeue(ctx: Ctx, ids: readonly string[]): Promise<number> {
  let count = 0
  for (const id of ids) {
    const row = await maybe(
      ctx.db,
      sql`with again as (
          update notifications_delivery set state = 'queued', next_attempt_at = null
          where id = ${id} and (state = 'failed' or (state = 'queued' and next_attempt_at > ${ctx.clock.now()})) returning id
        ) select (${jobCall(ctx, deliver, { delivery: id }, { key: id })}).id from again`,
    )
    if (row) count += 1
  }
  return count
}

export interface DeliveryHealth {
  readonly failed: number
  readonly dropped: number
  readonly late: number
}

/** Failures of the last day, what was dropped, and deliveries that have waited for more than an hour. */
export async function deliveryHealth(ctx: Ctx): Promise<DeliveryHealth> {
  const now = ctx.clock.now()
  const row = await maybe(
    ctx.db,
    sql<DeliveryHealth>`select
      count(*) filter (where state = 'failed' and created_at > ${now.subtract({ hours: 24 })}) as failed,
      count(*) filter (where state = 'dropped' and created_at > ${now.subtract({ hours: 24 })}) as dropped,
      count(*) filter (where state = 'queued' and created_at < ${now.subtract({ hours: 1 })}) as late
      from notifications_delivery where state <> 'sent'`,
  )
  return row ?? { failed: 0, dropped: 0, late: 0 }
}
