import type { SmsTransport } from './transport.ts'

/** Milliseconds until an answer is no longer waited for. */
const TIMEOUT = 10_000

/**
 * Hands SMS to a gateway: `POST url` with `{ reference, to, text }` as JSON, a bearer token, and `Idempotency-Key`.
 * 2xx: taken. 408, 425, 429 and 5xx: later. Any other 4xx: refused for good.
 */
export function smsGateway(url: string, token: string | null): SmsTransport {
  return {
    send: async ({ reference, to, text }) => {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': reference,
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ reference, to, text }),
          signal: AbortSignal.timeout(TIMEOUT),
          redirect: 'error',
        })
        await response.body?.cancel()
        if (response.ok) return { ok: true }
        const permanent = response.status < 500 && ![408, 425, 429].includes(response.status)
        return { ok: false, permanent, reason: `gateway: HTTP ${response.status}` }
      } catch (error) {
        const name = error instanceof Error ? error.name : 'unknown'
        return {
          ok: false,
          permanent: false,
          reason: name === 'TimeoutError' ? 'gateway: no answer in 10 s' : 'gateway: not reachable',
        }
      }
    },
  }
}
