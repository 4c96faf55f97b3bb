import { request } from 'node:https'
import type { SendResult } from '../mail/transport.ts'

const PATIENCE_MS = 10_000

/** `gone`: the browser has withdrawn its subscription, which is good for nothing any more. */
export type PushResult = SendResult & { readonly gone?: boolean }

export interface Push {
  readonly endpoint: string
  readonly authorization: string
  /** Encrypted for the browser. */
  readonly body: Buffer
  /** Seconds for which the push service keeps it for a browser that is not there. */
  readonly ttl: number
  /** One that still waits there under the same word is replaced; at most 32 signs of base64url. */
  readonly topic?: string | null
}

/**
 * Hands one message to a push service (RFC 8030). 404 and 410: there is no such subscription any more. 408, 429 and 5xx:
 * later. Any other answer: refused for good. Redirects are not followed.
 */
export function sendPush({ endpoint, authorization, body, ttl, topic }: Push): Promise<PushResult> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const sending = request(endpoint, {
      method: 'POST',
      signal,
      headers: {
        authorization,
        ttl: String(ttl),
        urgency: 'high',
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        'content-length': body.length,
        ...(topic ? { topic } : {}),
      },
    })
    sending.on('response', (response) => {
      // Its words are for nobody.
      response.on('error', () => undefined).resume()
      resolve(resultOf(response.statusCode ?? 0))
    })
    sending.on('error', () => {
      const reason = signal.aborted ? 'push service: no answer in 10 s' : 'push service: not reachable'
      resolve({ ok: false, permanent: false, reason })
    })
    sending.end(body)
  })
}

function resultOf(status: number): PushResult {
  if (status >= 200 && status < 300) return { ok: true }
  const gone = status === 404 || status === 410
  const permanent = status < 500 && status !== 408 && status !== 429
  return { ok: false, permanent, gone, reason: `push service: HTTP ${status}` }
}
