import { createECDH, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** By which push services know who sends (VAPID, RFC 8292). */
export interface VapidKey {
  readonly privateKey: KeyObject
  /** What browsers subscribe with: the point on P-256, uncompressed, in base64url. */
  readonly publicKey: string
}

/** Push services refuse tokens that are good for more than a day. */
const GOOD_FOR_HOURS = 12

/** A new private key as it is kept and configured: 32 bytes in base64url. */
export const newVapidKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }).d!

/** null where the text is no private key of P-256. */
export function vapidKeyOf(text: string): VapidKey | null {
  if (!/^[\w-]{43}$/.test(text)) return null
  try {
    const pair = createECDH('prime256v1')
    pair.setPrivateKey(text, 'base64url')
    const point = pair.getPublicKey()
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      d: text,
      x: point.toString('base64url', 1, 33),
      y: point.toString('base64url', 33),
    }
    return { privateKey: createPrivateKey({ format: 'jwk', key: jwk }), publicKey: point.toString('base64url') }
  } catch {
    return null
  }
}

/**
 * The value of `Authorization` for one push service.
 * @param contact `mailto:` of who runs this, for the people of the push service
 */
export function vapidAuthorization(
  key: VapidKey,
  { endpoint, contact, now }: { readonly endpoint: string; readonly contact: string; readonly now: Temporal.Instant },
): string {
  const expires = Math.floor(now.add({ hours: GOOD_FOR_HOURS }).epochMilliseconds / 1000)
  const parts = [
    { typ: 'JWT', alg: 'ES256' },
    { aud: new URL(endpoint).origin, exp: expires, sub: contact },
  ]
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${key.publicKey}`
}
