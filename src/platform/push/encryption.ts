import { createCipheriv, createECDH, ECDH, hkdfSync, randomBytes } from 'node:crypto'

/** What a browser gave with its subscription, for messages that it alone can read. */
export interface BrowserKeys {
  /** Its point on P-256, uncompressed, in base64url. */
  readonly p256dh: string
  /** 16 bytes in base64url. */
  readonly auth: string
}

/** Every message has this length, so that the length says nothing (RFC 8291, section 4, allows 3,993 bytes). */
const PADDED_BYTES = 1_024
/** Bytes of UTF-8 that a message may have: what the mark of its end leaves. */
export const MOST_BYTES = PADDED_BYTES - 1

const CURVE = 'prime256v1'
/** One record holds it all (RFC 8188, section 2). */
const RECORD_BYTES = 4_096
const TAG_BYTES = 16

/** Whether they are what a browser gives: a point of the curve and sixteen bytes. */
export function areBrowserKeys({ p256dh, auth }: BrowserKeys): boolean {
  if (!/^[\w-]{87}$/.test(p256dh) || !/^[\w-]{22}$/.test(auth)) return false
  try {
    ECDH.convertKey(p256dh, CURVE, 'base64url')
    return Buffer.from(p256dh, 'base64url')[0] === 4
  } catch {
    return false
  }
}

/**
 * Encrypts for one browser: RFC 8291 in the coding of RFC 8188 (aes128gcm). A library would do the same with these calls
 * of node:crypto and bring fifteen packages; the example of RFC 8291 comes out bit for bit (`push.test.ts`).
 * @param made for that example alone: otherwise key and salt are of this message and no other
 * @throws RangeError where the message is longer than `MOST_BYTES`
 */
export function encryptFor(
  browser: BrowserKeys,
  message: string,
  made: { readonly privateKey?: Buffer; readonly salt?: Buffer; readonly padTo?: number } = {},
): Buffer {
  const text = Buffer.from(message)
  const { salt = randomBytes(16), padTo = PADDED_BYTES } = made
  if (text.length > MOST_BYTES) throw new RangeError(`more than ${MOST_BYTES} bytes`)
  const sender = createECDH(CURVE)
  if (made.privateKey) sender.setPrivateKey(made.privateKey)
  else sender.generateKeys()
  const own = sender.getPublicKey()
  const theirs = Buffer.from(browser.p256dh, 'base64url')
  const secret = derive(
    sender.computeSecret(theirs),
    Buffer.from(browser.auth, 'base64url'),
    Buffer.concat([Buffer.from('WebPush: info\0'), theirs, own]),
    32,
  )
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12)

  const head = Buffer.alloc(5)
  head.writeUInt32BE(RECORD_BYTES)
  head.writeUInt8(own.length, 4)
  const padding = Buffer.alloc(Math.max(0, padTo - text.length - 1))
  const cipher = createCipheriv('aes-128-gcm', key, nonce, { authTagLength: TAG_BYTES })
  // 2: the last record.
  const sealed = [cipher.update(text), cipher.update(Buffer.of(2)), cipher.update(padding), cipher.final()]
  return Buffer.concat([salt, head, own, ...sealed, cipher.getAuthTag()])
}

const derive = (secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))
