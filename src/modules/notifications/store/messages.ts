import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { jobCall } from '#platform/jobs/enqueue.ts'
import type { Channel, DeliveryState, PlannedDelivery, Recipient } from '../domain/notice.ts'
import { DEFAULT_UNIT, oneLine, type Notice, type PastMessage } from '../domain/notice.ts'
import { deliver } from '../jobs.ts'

export interface NewMessage {
  readonly notice: Notice
  readonly to: Recipient
  readonly deliveries: readonly PlannedDelivery[]
}

/**
 * Message, deliveries and their jobs in one statement: `notify` stands in the path of every submission, where each round
 * trip counts.
 */
export async function insertMessage(ctx: Ctx, message: NewMessage): Promise<{ id: string; repeated: boolean }> {
  const { notice, to } = message
  const id = newId()
  const now = ctx.clock.now()
  const deliveries = message.deliveries.map((planned) => ({ id: newId(), ...planned }))
  const waiting = deliveries.filter((d) => d.channel !== 'inbox' && d.problem === null)
  const calls = waiting.map((d) => sql`(${jobCall(ctx, deliver, { delivery: d.id }, { key: d.id })}).id`)
  const inserted = await maybe(
    ctx.db,
    sql<{ id: string }>`
      with message as (
        insert into notifications_message (id, key, account, email, telephone, locale, subject, paragraphs, link_path,
          link_label, case_id, unit, attachments, confidential, created_at)
        values (${id}, ${notice.key}, ${to.accountId ?? null}, ${to.email ?? null}, ${to.telephone ?? null},
          ${notice.locale}, ${oneLine(notice.subject)}, ${json(notice.paragraphs)}, ${notice.link?.path ?? null},
          ${notice.link?.label ?? null}, ${notice.caseId ?? null}, ${notice.unit ?? DEFAULT_UNIT},
          ${[...(notice.attachments ?? [])]}::uuid[], ${notice.confidential ?? false}, ${now})
        on conflict (key) do nothing
        returning id
      ), delivery as (
        insert into notifications_delivery (id, message, channel, state, last_error, transport, sent_at, created_at)
        select d.id, message.id, d.channel, d.state, d.problem, d.transport, d.sent_at, ${now}
        from message, unnest(
          ${deliveries.map((d) => d.id)}::uuid[],
          ${deliveries.map((d) => d.channel)}::text[],
          ${deliveries.map(stateAtFirst)}::text[],
          ${deliveries.map((d) => d.problem)}::text[],
          ${deliveries.map((d) => (d.channel === 'inbox' ? 'inbox' : null))}::text[],
          ${deliveries.map((d) => (stateAtFirst(d) === 'sent' ? now.toString() : null))}::timestamptz[]
        ) as d (id, channel, state, problem, transport, sent_at)
      )
      select message.id ${calls.length > 0 ? sql`, num_nonnulls(${sql.join(calls)}) as jobs` : sql``} from message`,
  )
  if (inserted) return { id: inserted.id, repeated: false }
  const earlier = await maybe(
    ctx.db,
    sql<{ id: string }>`select id from notifications_message where key = ${notice.key}`,
  )
  return { id: earlier?.id ?? id, repeated: true }
}

function stateAtFirst(planned: PlannedDelivery): DeliveryState {
  if (planned.problem !== null) return 'failed'
  return planned.channel === 'inbox' ? 'sent' : 'queued'
}

/** Demo data in bulk: messages that went out long ago, read after three days, nothing enqueued. */
export async function insertPastMessages(
  ctx: Ctx,
  messages: readonly (NewMessage & { notice: PastMessage })[],
): Promise<number> {
  const rows = messages.map(({ notice, to, deliveries }) => ({
    id: newId(notice.at.epochMilliseconds),
    key: notice.key,
    account: to.accountId ?? null,
    email: to.email ?? null,
    telephone: to.telephone ?? null,
    locale: notice.locale,
    subject: oneLine(notice.subject),
    paragraphs: notice.paragraphs,
    link_path: notice.link?.path ?? null,
    link_label: notice.link?.label ?? null,
    case_id: notice.caseId ?? null,
    unit: notice.unit ?? DEFAULT_UNIT,
    attachments: `{${(notice.attachments ?? []).join(',')}}`,
    at: notice.at.toString(),
    channels: deliveries
      .filter((d) => d.problem === null)
      .map((d) => ({ id: newId(notice.at.epochMilliseconds), channel: d.channel })),
  }))
  const inserted = await many(
    ctx.db,
    sql<{ id: string }>`
      with given as (
        select * from jsonb_to_recordset(${json(rows)}) as r (id uuid, key text, account uuid, email text, telephone text,
          locale text, subject text, paragraphs jsonb, link_path text, link_label text, case_id text, unit text,
          attachments uuid[], at timestamptz, channels jsonb)
      ), message as (
        insert into notifications_message (id, key, account, email, telephone, locale, subject, paragraphs, link_path,
          link_label, case_id, unit, attachments, created_at, read_at)
        select id, key, account, email, telephone, locale, subject, paragraphs, link_path, link_label, case_id, unit,
          attachments, at, case when at < ${ctx.clock.now()}::timestamptz - interval '3 days' then at + interval '20 hours' end
        from given
        on conflict (key) do nothing
        returning id
      )
      insert into notifications_delivery (id, message, channel, state, attempts, transport, sent_at, created_at)
      select (c.value ->> 'id')::uuid, message.id, c.value ->> 'channel', 'sent',
        case when c.value ->> 'channel' = 'inbox' then 0 else 1 end,
        case when c.value ->> 'channel' = 'inbox' then 'inbox' else 'database' end, given.at, given.at
      from message join given using (id), jsonb_array_elements(given.channels) as c
      returning message as id`,
  )
  return new Set(inserted.map((row) => row.id)).size
}

/** Whether an address has got so many messages since then. */
export async function hasGot(ctx: Ctx, email: string, most: number, since: Temporal.Instant): Promise<boolean> {
  const { count } = await one(
    ctx.db,
    sql<{ count: number }>`select count(*) from (select from notifications_message
      where lower(email) = lower(${email}) and created_at > ${since} limit ${most}) as m`,
  )
  return count >= most
}

/** A case goes to another unit, and what was written about it goes with it: who reads the one reads the other. */
export async function moveCaseMessages(ctx: Ctx, caseId: string, unit: string): Promise<void> {
  await exec(ctx.db, sql`update notifications_message set unit = ${unit} where case_id = ${caseId}`)
}

export interface MessageRow {
  readonly id: string
  readonly key: string
  readonly account: string | null
  readonly email: string | null
  readonly telephone: string | null
  readonly locale: Locale
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly linkPath: string | null
  readonly linkLabel: string | null
  readonly caseId: string | null
  readonly unit: string
  readonly attachments: readonly string[]
  readonly confidential: boolean
  readonly readAt: Temporal.Instant | null
  readonly createdAt: Temporal.Instant
}

export const messageColumns = sql.raw(`m.id, m.key, m.account, m.email, m.telephone, m.locale, m.subject, m.paragraphs,
  m.link_path as "linkPath", m.link_label as "linkLabel", m.case_id as "caseId", m.unit, m.attachments::text[] as attachments,
  m.confidential, m.read_at as "readAt", m.created_at as "createdAt"`)

export interface DeliveryRow {
  readonly id: string
  readonly message: string
  readonly channel: Channel
  readonly state: DeliveryState
  readonly attempts: number
  readonly lastError: string | null
  readonly transport: string | null
  readonly nextAttemptAt: Temporal.Instant | null
  readonly sentAt: Temporal.Instant | null
}

export const deliveryColumns = sql.raw(`d.id, d.message, d.channel, d.state, d.attempts, d.last_error as "lastError",
  d.transport, d.next_attempt_at as "nextAttemptAt", d.sent_at as "sentAt"`)
