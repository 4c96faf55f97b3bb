import { limitedText } from '#platform/limited-text.ts'
import { centsFromDecimal, decimalFromCents } from '#platform/money/cents.ts'
import type { PaymentProvider, ProviderAnswer, ProviderFailure, ProviderStatus } from './port.ts'

export interface XBezahldiensteSettings {
  /** Address of the service, without `/paymenttransaction`. */
  readonly url: string
  readonly apiKey: string | null
  /** Names under which the service knows the city and this installation. */
  readonly originatorId: string
  readonly endPointId: string
}

/** Milliseconds until an answer is no longer waited for. */
const TIMEOUT = 10_000
/** Bytes of an answer that are read. */
const MOST_BYTES = 100_000

const STATUS: Readonly<Record<string, ProviderStatus>> = {
  INITIAL: 'initial',
  PAYED: 'paid',
  FAILED: 'failed',
  CANCELED: 'cancelled',
}

/**
 * A payment service after XBezahldienste (FITKO, the federal standard for online payments), in what it has in common:
 * `POST /paymenttransaction/{originatorId}/{endPointId}` begins and gives `transactionId`, `transactionRedirectUrl` and the
 * status `INITIAL`; `GET …/{transactionId}` tells `PAYED`, `FAILED` or `CANCELED`. The fields `notificationUrl` and
 * `language` and `POST …/{transactionId}/refund` go beyond it: a service that does not know them ignores the fields, and
 * answers 404 or 405 to a refund, which then becomes a transfer.
 */
export function xbezahldienste(settings: XBezahldiensteSettings): PaymentProvider {
  const base = `${settings.url.replace(/\/+$/, '')}/paymenttransaction/${encodeURIComponent(settings.originatorId)}/${encodeURIComponent(settings.endPointId)}`
  const call = (path: string, body?: object) => request(`${base}${path}`, settings.apiKey, body)
  return {
    start: async (order) => {
      const amount = Number(decimalFromCents(order.cents))
      const answer = await call('', {
        requestId: order.requestId,
        requestTimestamp: order.at.toString(),
        currency: 'EUR',
        grosAmount: amount,
        purpose: order.reference,
        description: order.purpose.slice(0, 250),
        redirectUrl: order.returnUrl,
        notificationUrl: order.notificationUrl,
        language: order.locale,
        items: [
          {
            id: '1',
            reference: order.reference,
            description: order.purpose.slice(0, 250),
            quantity: 1,
            totalNetAmount: amount,
            totalTaxAmount: 0,
            taxRate: 0,
            singleNetAmount: amount,
            singleTaxAmount: 0,
          },
        ],
      })
      if (!answer.ok) return answer
      const information = informationOf(answer.value)
      const redirectUrl = text(information['transactionRedirectUrl'])
      const providerId = text(information['transactionId'])
      if (providerId === '' || !isPage(redirectUrl, settings.url))
        return broken('no transaction id or page in the answer')
      return { ok: true, value: { providerId, redirectUrl } }
    },
    status: async (providerId) => {
      const answer = await call(`/${encodeURIComponent(providerId)}`)
      if (!answer.ok) return answer
      const status = STATUS[text(informationOf(answer.value)['status'])]
      const cents = centsOf(part(answer.value, 'paymentRequest')['grosAmount'])
      return status === undefined || cents === null
        ? broken('no status or amount in the answer')
        : { ok: true, value: { status, cents } }
    },
    refund: async ({ providerId, refundId, cents }) => {
      const answer = await call(`/${encodeURIComponent(providerId)}/refund`, {
        requestId: refundId,
        grosAmount: Number(decimalFromCents(cents)),
      })
      if (answer.ok) return { ok: true, value: null }
      return answer.why === 'unknown' ? { ...answer, why: 'refused' } : answer
    },
  }
}

async function request(url: string, apiKey: string | null, body?: object): Promise<ProviderAnswer<unknown>> {
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT),
      redirect: 'error',
    })
    if (!response.ok) {
      await response.body?.cancel()
      return { ok: false, why: failureOf(response.status), detail: `HTTP ${response.status}` }
    }
    return { ok: true, value: JSON.parse(await limitedText(response, MOST_BYTES)) as unknown }
  } catch (error) {
    return { ok: false, why: 'unavailable', detail: error instanceof Error ? error.name : 'unknown' }
  }
}

function failureOf(status: number): ProviderFailure['why'] {
  if (status === 404 || status === 405 || status === 410) return 'unknown'
  // 401 and 403 are ours to mend: the payment is not lost by a wrong key.
  return status >= 500 || [401, 403, 408, 425, 429].includes(status) ? 'unavailable' : 'refused'
}

const broken = (detail: string): ProviderFailure => ({ ok: false, why: 'unavailable', detail })

const part = (value: unknown, name: string): Readonly<Record<string, unknown>> => {
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}
}
const informationOf = (value: unknown) => part(value, 'paymentInformation')
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const centsOf = (value: unknown): number | null =>
  typeof value === 'number'
    ? centsFromDecimal(value.toFixed(2))
    : typeof value === 'string'
      ? centsFromDecimal(value)
      : null

/** A web page, and no weaker connection than to the service itself. */
function isPage(url: string, service: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && service.startsWith('http:'))
}
