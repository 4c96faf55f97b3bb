import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sign } from '../provider/signature.ts'
import { counterpartPage } from './counterpart-page.ts'
import type { CounterpartTransaction } from './counterpart-transaction.ts'

export interface CounterpartOptions {
  /** 0: any free port. */
  readonly port: number
  /** Address to listen on; the loopback interface where none is given. */
  readonly host?: string
  /** Under which browsers reach it; otherwise its own address. */
  readonly publicUrl?: string
  readonly apiKey: string
  /** Key of the signature of its notifications. */
  readonly notificationKey: string
  /** Seconds since 1970; for tests whose city has a clock of its own. */
  readonly now?: () => number
}

export interface Counterpart {
  readonly url: string
  readonly transactions: Map<string, CounterpartTransaction>
  /** What a person does on its page; tells the city where `notify` is not false. */
  decide(id: string, status: 'PAYED' | 'FAILED' | 'CANCELED', notify?: boolean): Promise<void>
  /** Answers every call of its interface with this status until it is set to null: a service that is down. */
  breakWith(status: number | null): void
  close(): Promise<void>
}

/**
 * A payment service in small, with pages: the other side of `provider/xbezahldienste.ts` in tests and in the demo city.
 * It moves no money, keeps everything in memory and says so on each page.
 */
export async function startPaymentCounterpart(options: CounterpartOptions): Promise<Counterpart> {
  const transactions = new Map<string, CounterpartTransaction>()
  const byRequest = new Map<string, string>()
  let broken: number | null = null
  let url = options.publicUrl ?? ''

  const decide = async (id: string, status: 'PAYED' | 'FAILED' | 'CANCELED', notify = true) => {
    const transaction = transactions.get(id)
    if (!transaction || transaction.status !== 'INITIAL') return
    transaction.status = status
    if (notify) await tell(transaction, options)
  }

  const informationOf = (transaction: CounterpartTransaction) => ({
    paymentInformation: {
      transactionId: transaction.id,
      transactionReference: transaction.id.slice(0, 8),
      transactionTimestamp: new Date((options.now?.() ?? Date.now() / 1000) * 1000).toISOString(),
      transactionRedirectUrl: `${url}/pay/${transaction.id}`,
      paymentMethod: 'OTHER',
      status: transaction.status,
    },
    paymentRequest: transaction.request,
  })

  const serveInterface = async (request: IncomingMessage, response: ServerResponse, rest: string) => {
    if (broken !== null) return json(response, broken, { error: 'broken' })
    if (request.headers.authorization !== `Bearer ${options.apiKey}`)
      return json(response, 401, { error: 'unauthorized' })
    const [id, word] = rest.split('/').filter(Boolean)
    if (id === undefined && request.method === 'POST') {
      const order = JSON.parse(await bodyOf(request)) as Record<string, unknown>
      const known = byRequest.get(String(order['requestId']))
      const transaction = known
        ? transactions.get(known)!
        : { id: randomUUID(), request: order, status: 'INITIAL' as const, refunds: new Map() }
      transactions.set(transaction.id, transaction)
      byRequest.set(String(order['requestId']), transaction.id)
      return json(response, 201, informationOf(transaction))
    }
    const transaction = id === undefined ? undefined : transactions.get(id)
    if (!transaction) return json(response, 404, { error: 'not found' })
    if (word === 'refund' && request.method === 'POST') {
      const refund = JSON.parse(await bodyOf(request)) as { requestId: string; grosAmount: number }
      if (transaction.status !== 'PAYED') return json(response, 409, { error: 'not paid' })
      transaction.refunds.set(refund.requestId, Math.round(refund.grosAmount * 100))
      return json(response, 200, { refunded: true })
    }
    return json(response, 200, informationOf(transaction))
  }

  const servePage = async (request: IncomingMessage, response: ServerResponse, rest: string) => {
    const [id, word] = rest.split('/').filter(Boolean)
    const transaction = id === undefined ? undefined : transactions.get(id)
    if (!transaction) return page(response, 404, '<p>404</p>')
    const status = ({ pay: 'PAYED', fail: 'FAILED', cancel: 'CANCELED' } as const)[word ?? '']
    if (request.method === 'POST' && status) {
      await decide(transaction.id, status)
      response.writeHead(303, { location: String(transaction.request['redirectUrl']) }).end()
      return
    }
    page(response, 200, counterpartPage(transaction))
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!
    const at = /^\/paymenttransaction\/[^/]+\/[^/]+(.*)$/.exec(path)
    const serve = at
      ? serveInterface(request, response, at[1]!)
      : path.startsWith('/pay/')
        ? servePage(request, response, path.slice(5))
        : null
    if (serve === null) page(response, 404, '<p>404</p>')
    else serve.catch(() => json(response, 400, { error: 'bad request' }))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host ?? '127.0.0.1', resolve)
  })
  if (url === '') url = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    url,
    transactions,
    decide,
    breakWith: (status) => void (broken = status),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Tells the city that something changed, signed; a city that cannot be reached is none of its problems. */
async function tell(transaction: CounterpartTransaction, options: CounterpartOptions): Promise<void> {
  const address = transaction.request['notificationUrl']
  if (typeof address !== 'string' || !URL.canParse(address)) return
  const notification = { id: randomUUID(), transactionId: transaction.id }
  const seconds = Math.floor(options.now?.() ?? Date.now() / 1000)
  await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-payment-signature': sign(options.notificationKey, seconds, notification),
    },
    body: JSON.stringify(notification),
    signal: AbortSignal.timeout(5_000),
  }).catch(() => undefined)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > 100_000) throw new Error('too long')
  }
  return text
}

const json = (response: ServerResponse, status: number, value: unknown) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

const page = (response: ServerResponse, status: number, markup: string) =>
  void response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    })
    .end(markup)
