import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import type { JobMeta } from '#platform/jobs/jobs.ts'
import type { MailAttachment, SendResult } from '#platform/mail/transport.ts'
import { mailText, smsText, type MailParts } from './domain/mail-text.ts'
import { dialable, isOfNoUse, type DeliveryState } from './domain/notice.ts'
import { pushMessage } from './push/deliver.ts'
import { smsGateway } from './sms/gateway.ts'
import { markSent, markTried, waitingDelivery } from './store/deliveries.ts'
import type { DeliveryRow, MessageRow } from './store/messages.ts'
import { mailHtml } from './views/mail.ts'

type Taken = SendResult & { readonly transport: string }

/** The other side said "not now": thrown so that the job is tried again. Holds no address. */
class NotYet extends Error {
  override name = 'NotYet'
}

/**
 * Sends one delivery. A crash between sending and noting it sends it again, with the same Message-ID, by which mail
 * programs and servers know a repeat (RFC 5322, section 3.6.4). A refusal for good is kept for staff and not repeated.
 */
export async function deliverMessage(ctx: Ctx, payload: { delivery: string }, meta: JobMeta): Promise<void> {
  const found = await waitingDelivery(ctx, payload.delivery)
  if (!found) return
  const { delivery, message } = found
  const result = isOfUse(ctx, message) ? await send(ctx, delivery, message) : TOO_LATE
  if (result.ok) return markSent(ctx, delivery, result.transport)
  const wait = backOffSeconds(meta.attempt)
  const state = stateAfter(result, meta, isOfUse(ctx, message, wait))
  await markTried(ctx, delivery.id, {
    reason: result.reason,
    state,
    nextAttemptAt: state === 'queued' ? ctx.clock.now().add({ seconds: wait }) : null,
  })
  if (state === 'queued') throw new NotYet(result.reason.slice(0, 100))
}

/** What came too late, was overtaken or has no device any more concerns nobody: staff can do nothing about it. */
function stateAfter(
  result: Extract<SendResult, { ok: false }>,
  { attempt, maxAttempts }: JobMeta,
  isOfUseThen: boolean,
): Exclude<DeliveryState, 'sent'> {
  if (result.permanent) return isOfNoUse(result.reason) ? 'dropped' : 'failed'
  if (attempt >= maxAttempts) return 'failed'
  return isOfUseThen ? 'queued' : 'dropped'
}

/** As graphile-worker waits: e^attempt seconds, the exponent at most 10 (six hours). */
const backOffSeconds = (attempt: number): number => Math.round(Math.exp(Math.min(attempt, 10)))

const TOO_LATE = { ok: false, permanent: true, reason: 'too-late' } as const

const isOfUse = (ctx: Ctx, { usefulUntil }: MessageRow, seconds = 0): boolean =>
  usefulUntil === null || Temporal.Instant.compare(ctx.clock.now().add({ seconds }), usefulUntil) < 0

async function send(ctx: Ctx, { id, channel, browser }: DeliveryRow, message: MessageRow): Promise<Taken> {
  if (browser === null) return channel === 'sms' ? sendSms(ctx, message) : sendMail(ctx, message)
  return { ...(await pushMessage(ctx, { id, browser }, mailParts(ctx, message), message)), transport: 'push' }
}

async function sendMail(ctx: Ctx, message: MessageRow): Promise<Taken> {
  const { smtpUrl } = ctx.app.config
  // No server is configured: the row is the post box, /dev/outbox shows it.
  if (smtpUrl === null) return { ok: true, transport: 'database' }
  const parts = mailParts(ctx, message)
  // Loaded only where mail goes out at all.
  const { smtpTransport } = await import('#platform/mail/smtp.ts')
  const result = await smtpTransport(smtpUrl).send({
    messageId: messageIdOf(ctx, message.id),
    from: { name: ctx.tenant.name, address: senderOf(ctx) },
    to: message.email!,
    subject: message.subject,
    date: new Date(message.createdAt.epochMilliseconds),
    text: mailText(parts),
    html: String(mailHtml(parts)),
    language: message.locale,
    attachments: await attachmentsOf(ctx, message),
  })
  return { ...result, transport: 'smtp' }
}

async function sendSms(ctx: Ctx, message: MessageRow): Promise<Taken> {
  const { smsUrl } = ctx.app.config
  if (smsUrl === null) return { ok: true, transport: 'database' }
  const gateway = smsGateway(smsUrl, ctx.app.config.secret(ctx.tenant.id, 'SMS_TOKEN'))
  const result = await gateway.send({
    reference: message.id,
    to: dialable(message.telephone!),
    text: smsText(mailParts(ctx, message)),
  })
  return { ...result, transport: 'gateway' }
}

/** From the row and the city's host: the same for every attempt, different in every city. */
export const messageIdOf = (ctx: Pick<Ctx, 'tenant'>, id: string): string =>
  `<${id}@${ctx.tenant.hosts[0] ?? ctx.tenant.id}>`

export const senderOf = (ctx: Pick<Ctx, 'app' | 'tenant'>): string =>
  ctx.app.config.setting(ctx.tenant.id, 'MAIL_FROM') ??
  ctx.app.config.mailFrom ??
  `noreply@${ctx.tenant.hosts[0] ?? 'localhost'}`

/** The words of a message with its city around them; also what /dev/outbox shows. */
export function mailParts(ctx: Pick<Ctx, 'tenant'>, message: MessageRow): MailParts {
  const { contact } = ctx.tenant.theme
  return {
    locale: message.locale,
    city: ctx.tenant.name,
    subject: message.subject,
    paragraphs: message.paragraphs,
    link:
      message.linkPath === null
        ? null
        : { url: ctx.tenant.baseUrl + href(message, message.linkPath), label: message.linkLabel ?? message.subject },
    signature: [`${contact.street}, ${contact.postcode} ${contact.place}`, contact.telephone, contact.email],
  }
}

async function attachmentsOf(ctx: Ctx, message: MessageRow): Promise<MailAttachment[]> {
  const found = await Promise.all(message.attachments.map((id) => ctx.app.files.open(ctx, id)))
  const files = found
    .filter((content) => content !== null)
    .map(({ file, stream }) => ({ name: file.name, kind: file.kind, content: stream }))
  return message.calendar === null ? files : [...files, calendarOf(message.calendar)]
}

export const CALENDAR_NAME = 'termin.ics'

/** Mail programs offer to enter what says its method (RFC 6047, section 2.4). */
function calendarOf(text: string): MailAttachment {
  const method = /^METHOD:([A-Z]+)\r?$/m.exec(text)?.[1] ?? 'PUBLISH'
  return {
    name: CALENDAR_NAME,
    kind: `text/calendar; charset=utf-8; method=${method}`,
    content: Buffer.from(text),
  }
}
