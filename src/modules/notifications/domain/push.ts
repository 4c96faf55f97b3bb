import type { Locale } from '#platform/i18n/locale.ts'
import { MOST_BYTES } from '#platform/push/encryption.ts'
import { oneLine, shortened } from './notice.ts'

/** What the worker in the browser gets, see `browser/push-worker.ts`. */
export interface PushText {
  readonly title: string
  readonly body: string
  readonly lang: Locale
  /** Another with the same one takes its place on the screen. */
  readonly tag: string
  /** Where a tap leads; null: to the page that subscribed. */
  readonly url: string | null
}

/** Signs of a body that screens show. */
const MOST_SIGNS = 300

/** As JSON, the body shortened to what one message holds. */
export function pushPayload(text: PushText): string {
  const title = oneLine(text.title).slice(0, 100)
  const body = oneLine(text.body)
  for (let most = MOST_SIGNS; ; most -= 20) {
    const payload = JSON.stringify({ ...text, title, body: shortened(body, most) })
    if (Buffer.byteLength(payload) <= MOST_BYTES || most <= 0) return payload
  }
}
