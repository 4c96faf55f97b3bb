import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { selfSigned } from './certificate.ts'

export interface ReceivedPush {
  readonly headers: Readonly<Record<string, string>>
  /** What the browser's worker is given, decrypted with the keys that only the browser has. */
  readonly said: { title: string; body: string; lang: string; tag: string; url: string | null }
  readonly bytes: number
}

/** A browser with a subscription at the push service. */
export interface TestBrowser {
  /** As `PushSubscription.toJSON()` gives it. */
  readonly subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  readonly received: ReceivedPush[]
}

export interface PushService {
  /** `SETTING_PUSH_HOSTS` for it. */
  readonly host: string
  /** @param publicKey of the city: other senders are refused, as real services do */
  browser(publicKey: string): TestBrowser
  /** Answers the next messages so, instead of taking them. */
  refuse(...statuses: readonly number[]): void
  close(): Promise<void>
}

/**
 * A push service as those of the browsers' makers are: HTTPS at port 443 of a name, a token of the sender that it checks
 * (RFC 8292), messages that it cannot read (RFC 8291). Everything that this process asks by HTTPS goes to it meanwhile.
 */
export async function startPushService(host = 'push.example'): Promise<PushService> {
  const { key, certificate } = selfSigned(host)
  const browsers = new Map<string, TestBrowser & { publicKey: string; read: (body: Buffer) => string }>()
  const refusals: number[] = []
  const server = https.createServer({ key, cert: certificate }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response
        .writeHead(take(request.url ?? '', request.headers as Record<string, string>, Buffer.concat(chunks)))
        .end()
    })
  })
  function take(path: string, headers: Record<string, string>, body: Buffer): number {
    const refusal = refusals.shift()
    if (refusal !== undefined) return refusal
    const browser = browsers.get(path)
    if (!browser) return 410
    if (headers['content-encoding'] !== 'aes128gcm' || !/^\d+$/.test(headers['ttl'] ?? '') || body.length > 4_096)
      return 400
    if (!isSender(headers['authorization'] ?? '', browser.publicKey, `https://${host}`)) return 403
    const said = JSON.parse(browser.read(body)) as ReceivedPush['said']
    browser.received.push({ headers, said, bytes: body.length })
    return 201
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const usual = https.globalAgent
  https.globalAgent = new (class extends https.Agent {
    override createConnection(...[options, done]: Parameters<https.Agent['createConnection']>) {
      if (Number(options.port) !== 443) throw new Error(`asked at port ${String(options.port)}`)
      return super.createConnection({ ...options, host: '127.0.0.1', port, ca: certificate } as typeof options, done)
    }
  })({ keepAlive: true })

  let count = 0
  return {
    host,
    browser(publicKey) {
      const path = `/send/${(count += 1)}`
      const own = createECDH('prime256v1')
      own.generateKeys()
      const auth = randomBytes(16)
      const keys = { p256dh: own.getPublicKey('base64url'), auth: auth.toString('base64url') }
      const browser = {
        subscription: { endpoint: `https://${host}${path}`, keys },
        received: [],
        publicKey,
        read: (body: Buffer) => decrypted(body, own, auth),
      }
      browsers.set(path, browser)
      return browser
    },
    refuse: (...statuses) => void refusals.push(...statuses),
    close: async () => {
      https.globalAgent.destroy()
      https.globalAgent = usual
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** As a browser reads it: RFC 8188, section 2, with the key of RFC 8291, section 3.4. */
function decrypted(body: Buffer, own: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + body.readUInt8(20))
  const sealed = body.subarray(21 + sender.length)
  const derive = (from: Buffer, with_: Buffer, info: Buffer, bytes: number) =>
    Buffer.from(hkdfSync('sha256', from, with_, info, bytes))
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender])
  const secret = derive(own.computeSecret(sender), auth, info, 32)
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
}

/** Whether the token is signed with the key that the browser subscribed with, for this service and no other. */
function isSender(authorization: string, publicKey: string, origin: string): boolean {
  const [, token = '', key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
  if (key !== publicKey) return false
  const point = Buffer.from(publicKey, 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: point.toString('base64url', 1, 33), y: point.toString('base64url', 33) }
  const [head = '', claims = '', signature = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  const { alg } = read(head)
  const { aud, exp, sub } = read(claims)
  return (
    alg === 'ES256' &&
    aud === origin &&
    Number.isInteger(exp) &&
    String(sub).startsWith('mailto:') &&
    verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ format: 'jwk', key: jwk }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  )
}
