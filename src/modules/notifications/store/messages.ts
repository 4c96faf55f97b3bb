import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { jobSpec } from '#platform/jobs/enqueue.ts'
import type { Channel, DeliveryState, PlannedDelivery, Recipient } from '../domain/notice.ts'
import { DEFAULT_UNIT, oneLine, type Notice, type PastMessage } from '../domain/notice.ts'
import { deliver } from '../jobs.ts'

export interface NewMessage {
  readonly notice: Notice
  readonly to: Recipient
  readonly deliveries: readonly PlannedDelivery[]
}

/**
 * Messages, their deliveries and their jobs in one statement: `notify` stands in the path of every submission, where each
 * round trip counts. Answers in the order of the messages; one whose key is there already is not written again.
 */
export async function insertMessages(
  ctx: Ctx,
  messages: readonly NewMessage[],
): Promise<{ id: string; repeated: boolean }[]> {
  const now = ctx.clock.now()
  const rows = messages.map(({ notice, to }) => ({
    id: newId(),
    ...columnsOf(notice, to),
    useful_until: notice.usefulMinutes === undefined ? null : now.add({ minutes: notice.usefulMinutes }).toString(),
  }))
  const deliveries = messages.flatMap((message, i) =>
    message.deliveries.map((planned) => {
      const state = stateAtFirst(planned)
      return {
        id: newId(),
        message: rows[i]!.id,
        channel: planned.channel,
        browser: planned.browser ?? null,
        state,
        problem: planned.problem,
        transport: planned.channel === 'inbox' ? 'inbox' : null,
        sentAt: state === 'sent' ? now.toString() : null,
      }
    }),
  )
  const jobs = deliveries
    .filter(({ state }) => state === 'queued')
    .map(({ id, message }) => ({ message, ...jobSpec(ctx, deliver, { delivery: id }, { key: id }) }))
  const inserted = await many(
    ctx.db,
    sql<{ id: string }>`
      with message as (
        insert into notifications_message (id, key, account, email, telephone, locale, subject, paragraphs, link_path,
          link_label, case_id, unit, attachments, calendar, confidential, useful_until, created_at)
        select id, key, account, email, telephone, locale, subject, paragraphs, link_path, link_label, case_id, unit,
          attachments, calendar, confidential, useful_until, ${now}
        from jsonb_to_recordset(${json(rows)}) as r (id uuid, key text, account uuid, email text, telephone text, locale text,
          subject text, paragraphs jsonb, link_path text, link_label text, case_id text, unit text, attachments uuid[],
          calendar text, confidential boolean, useful_until timestamptz)
        on conflict (key) do nothing
        returning id
      ), delivery as (
        insert into notifications_delivery (id, message, channel, browser, state, last_error, transport, sent_at, created_at)
        select d.id, d.message, d.channel, d.browser, d.state, d.problem, d.transport, d."sentAt", ${now}
        from jsonb_to_recordset(${json(deliveries)}) as d (id uuid, message uuid, channel text, browser uuid, state text,
          problem text, transport text, "sentAt" timestamptz) join message on message.id = d.message
      ), job as (
        select j.* from jsonb_to_recordset(${json(jobs)}) as j (message uuid, name text, envelope json, key text,
          "maxAttempts" int)
      )
      select message.id, (select count(graphile_worker.add_job(job.name, job.envelope, max_attempts := job."maxAttempts",
        job_key := job.key)) from job where job.message = message.id) as jobs
      from message`,
  )
  const fresh = new Set(inserted.map(({ id }) => id))
  const earlier =
    fresh.size === rows.length
      ? new Map<string, string>()
      : await idsOf(
          ctx,
          rows.map(({ key }) => key),
        )
  return rows.map(({ id, key }) =>
    fresh.has(id) ? { id, repeated: false } : { id: earlier.get(key) ?? id, repeated: true },
  )
}

async function idsOf(ctx: Ctx, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await many(
    ctx.db,
    sql<{ id: string; key: string }>`select id, key from notifications_message where key = any(${[...keys]}::text[])`,
  )
  return new Map(rows.map(({ id, key }) => [key, id]))
}

/** A notice as a row of `notifications_message`, its arrays as JSON gives them to `jsonb_to_recordset`. */
const columnsOf = (notice: Notice, to: Recipient) => ({
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
  calendar: notice.calendar ?? null,
  confidential: notice.confidential ?? false,
})

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
    ...columnsOf(notice, to),
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

/** How many messages each address has got since then, by address in small letters; counted up to `most`. */
export async function countMails(
  ctx: Ctx,
  emails: readonly string[],
  most: number,
  since: Temporal.Instant,
): Promise<Map<string, number>> {
  const rows = await many(
    ctx.db,
    sql<{ email: string; count: number }>`select e.email, (select count(*)::int from (select from notifications_message
        where lower(email) = e.email and created_at > ${since} limit ${most}) as m) as count
      from unnest(${emails.map((email) => email.toLowerCase())}::text[]) as e (email)`,
  )
  return new Map(rows.map(({ email, count }) => [email, count]))
}

/** How many messages by SMS each number has got since then, by the number as it is dialled; counted up to `most`. */
export async function countSms(
  ctx: Ctx,
  numbers: readonly string[],
  most: number,
  since: Temporal.Instant,
): Promise<Map<string, number>> {
  const rows = await many(
    ctx.db,
    sql<{ number: string; count: number }>`select n.number, (select count(*)::int from (
        select from notifications_message m
        where notifications_national(m.telephone) = notifications_national(n.number) and m.created_at > ${since}
          and exists (select from notifications_delivery d where d.message = m.id and d.channel = 'sms')
        limit ${most}) as m) as count
      from unnest(${[...numbers]}::text[]) as n (number)`,
  )
  return new Map(rows.map(({ number, count }) => [number, count]))
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
  readonly calendar: string | null
  readonly confidential: boolean
  /** Not sent after it; null: always of use. */
  readonly usefulUntil: Temporal.Instant | null
  readonly readAt: Temporal.Instant | null
  readonly createdAt: Temporal.Instant
}

export const messageColumns = sql.raw(`m.id, m.key, m.account, m.email, m.telephone, m.locale, m.subject, m.paragraphs,
  m.link_path as "linkPath", m.link_label as "linkLabel", m.case_id as "caseId", m.unit, m.attachments::text[] as attachments,
  m.calendar, m.confidential, m.useful_until as "usefulUntil", m.read_at as "readAt", m.created_at as "createdAt"`)

export interface DeliveryRow {
  readonly id: string
  readonly message: string
  readonly channel: Channel
  /** Of a push: which one. */
  readonly browser: string | null
  readonly state: DeliveryState
  readonly attempts: number
  readonly lastError: string | null
  readonly transport: string | null
  readonly nextAttemptAt: Temporal.Instant | null
  readonly sentAt: Temporal.Instant | null
}

export const deliveryColumns =
  sql.raw(`d.id, d.message, d.channel, d.browser, d.state, d.attempts, d.last_error as "lastError",
  d.transport, d.next_attempt_at as "nextAttemptAt", d.sent_at as "sentAt"`)
