import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { many, maybe, one, sql } from '#platform/db/db.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import type { Channel, DeliveryState } from '../domain/notice.ts'
import { deliveryColumns, messageColumns, type DeliveryRow, type MessageRow } from './messages.ts'

export const PERMISSION = 'notifications.read'

export interface SentFilter {
  readonly state: DeliveryState | null
  readonly channel: Channel | null
  /** Words of subject, mail address or telephone. */
  readonly q: string
  readonly from: Temporal.PlainDate | null
  readonly until: Temporal.PlainDate | null
}

export interface SentRow extends DeliveryRow {
  readonly subject: string
  readonly email: string | null
  readonly telephone: string | null
  readonly account: string | null
  readonly caseId: string | null
  readonly createdAt: Temporal.Instant
}

const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(CITY_TIME_ZONE).toInstant()

function matching(ctx: Ctx, filter: SentFilter) {
  const conditions = [
    permittedIn(ctx, PERMISSION, 'm.unit'),
    ...(filter.state ? [sql`d.state = ${filter.state}`] : []),
    ...(filter.channel ? [sql`d.channel = ${filter.channel}`] : []),
    ...(filter.from ? [sql`m.created_at >= ${startOf(filter.from)}`] : []),
    ...(filter.until ? [sql`m.created_at < ${startOf(filter.until.add({ days: 1 }))}`] : []),
    ...words(filter.q).map(
      (word) => sql`m.subject || ' ' || coalesce(m.email, '') || ' ' || coalesce(m.telephone, '') ilike ${`%${word}%`}`,
    ),
  ]
  return sql`from notifications_delivery d join notifications_message m on m.id = d.message where ${sql.join(conditions, sql` and `)}`
}

const words = (q: string) =>
  q
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => word.replace(/[\\%_]/g, (c) => `\\${c}`))

/** Everything that went out, or should have, newest first: one row a delivery; only what this person may see. */
export async function sentDeliveries(
  ctx: Ctx,
  filter: SentFilter,
  page: { offset: number; limit: number },
): Promise<{ rows: SentRow[]; total: number }> {
  const [rows, { total }] = await Promise.all([
    many(
      ctx.db,
      sql<SentRow>`select ${deliveryColumns}, m.subject, m.email, m.telephone, m.account, m.case_id as "caseId",
          m.created_at as "createdAt" ${matching(ctx, filter)}
        order by m.created_at desc, m.id desc, d.channel limit ${page.limit} offset ${page.offset}`,
    ),
    one(ctx.db, sql<{ total: number }>`select count(*) as total ${matching(ctx, filter)}`),
  ])
  return { rows, total }
}

export async function undeliveredIds(ctx: Ctx, filter: SentFilter, limit: number): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{
      id: string
    }>`select d.id ${matching(ctx, { ...filter, state: filter.state === 'queued' ? 'queued' : 'failed' })} order by m.created_at limit ${limit}`,
  )
  return rows.map((row) => row.id)
}

/** A message as staff see it; null where there is none or this person may not see it. */
export async function messageForStaff(ctx: Ctx, id: string): Promise<MessageRow | null> {
  return maybe(
    ctx.db,
    sql<MessageRow>`select ${messageColumns} from notifications_message m
      where m.id = ${id} and ${permittedIn(ctx, PERMISSION, 'm.unit')}`,
  )
}

/** For /dev/outbox: mail and SMS as people would get them, newest first. */
export async function outbox(ctx: Ctx, q: string, limit: number): Promise<(MessageRow & { channels: string[] })[]> {
  return many(
    ctx.db,
    sql<
      MessageRow & { channels: string[] }
    >`select ${messageColumns}, array_agg(d.channel order by d.channel) as channels
      from notifications_message m join notifications_delivery d on d.message = m.id and d.channel in ('mail', 'sms')
      where ${q}::text = '' or m.email ilike ${`%${q.replace(/[\\%_]/g, (c) => `\\${c}`)}%`}
      group by m.id order by m.created_at desc, m.id desc limit ${limit}`,
  )
}

export async function outboxMessage(ctx: Ctx, id: string): Promise<MessageRow | null> {
  return maybe(ctx.db, sql<MessageRow>`select ${messageColumns} from notifications_message m where m.id = ${id}`)
}
