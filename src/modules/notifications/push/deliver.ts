import type { Ctx } from '#platform/context.ts'
import type { SendResult } from '#platform/mail/transport.ts'
import { encryptFor } from '#platform/push/encryption.ts'
import { sendPush } from '#platform/push/send.ts'
import { isPushEndpoint } from '#platform/push/services.ts'
import { vapidAuthorization } from '#platform/push/vapid.ts'
import type { MailParts } from '../domain/mail-text.ts'
import { pushPayload } from '../domain/push.ts'
import { browserById, deleteBrowserById, isOvertaken } from '../store/browsers.ts'
import type { MessageRow } from '../store/messages.ts'
import { pushHosts, pushKey } from './keys.ts'

/** How long a push service keeps what is always of use, in seconds. */
const DAY = 86_400

const refused = (reason: string): SendResult => ({ ok: false, permanent: true, reason })

/** Sends a message to one browser, encrypted for it. A browser that has withdrawn its subscription is forgotten. */
export async function pushMessage(
  ctx: Ctx,
  delivery: { readonly id: string; readonly browser: string },
  parts: MailParts,
  { id, usefulUntil }: Pick<MessageRow, 'id' | 'usefulUntil'>,
): Promise<SendResult> {
  const key = await pushKey(ctx)
  const browser = await browserById(ctx, delivery.browser)
  // Hosts may have been taken off the list since.
  if (!key || !browser || !isPushEndpoint(browser.endpoint, pushHosts(ctx))) return refused('browser-gone')
  if (usefulUntil !== null && (await isOvertaken(ctx, delivery))) return refused('overtaken')
  const now = ctx.clock.now()
  // What is of use for a while tells how something stands: the next one takes its place.
  const topic = usefulUntil === null ? null : browser.id.replaceAll('-', '')
  const payload = pushPayload({
    title: parts.subject,
    body: parts.paragraphs.join(' '),
    lang: parts.locale,
    tag: topic ?? id,
    url: parts.link?.url ?? null,
  })
  const { endpoint } = browser
  const result = await sendPush({
    endpoint,
    authorization: vapidAuthorization(key, { endpoint, contact: `mailto:${ctx.tenant.theme.contact.email}`, now }),
    body: encryptFor(browser, payload),
    ttl: usefulUntil === null ? DAY : Math.ceil(now.until(usefulUntil).total('seconds')),
    topic,
  })
  if (result.ok || !result.gone) return result
  await deleteBrowserById(ctx, browser.id)
  return refused('browser-gone')
}
