import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds by which the sender's clock may differ; an older notification is refused, whoever sends it. */
export const MOST_AGE_SECONDS = 300

export interface Notification {
  /** Of the notification itself: the same again is a repeat. */
  readonly id: string
  readonly transactionId: string
}

const signed = (seconds: number, notification: Notification) =>
  `${seconds}.${notification.id}.${notification.transactionId}`

/** Header `X-Payment-Signature: t=<seconds since 1970>,v1=<HMAC-SHA-256 in hex>`. */
export function sign(key: string, seconds: number, notification: Notification): string {
  return `t=${seconds},v1=${createHmac('sha256', key).update(signed(seconds, notification)).digest('hex')}`
}

/** Whether the holder of the key sent this notification, and lately. */
export function checkSignature(
  key: string,
  header: string,
  notification: Notification,
  now: Temporal.Instant,
): 'good' | 'forged' | 'stale' {
  const parts = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header)
  if (!parts) return 'forged'
  const seconds = Number(parts[1])
  const expected = createHmac('sha256', key).update(signed(seconds, notification)).digest()
  if (!timingSafeEqual(expected, Buffer.from(parts[2]!, 'hex'))) return 'forged'
  return Math.abs(now.epochMilliseconds / 1000 - seconds) > MOST_AGE_SECONDS ? 'stale' : 'good'
}
