import { connect, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  readonly body: string
}

/** One person with a connection of their own; the least that HTTP/1.1 needs, so that ten thousand of them fit on a core. */
export interface Client {
  readonly port: number
  readonly address: string
  /** One at a time: as `request` makes it. */
  send(request: string): Promise<Answer>
  close(): void
}

/** A POST of JSON as it goes over the wire. */
export function request({ port, address }: Client, path: string, body: unknown): string {
  const text = JSON.stringify(body)
  return (
    `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nX-Forwarded-For: ${address}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  )
}

/** So many people, all with other addresses. */
export async function crowd(port: number, count: number): Promise<Client[]> {
  const clients: Client[] = []
  for (let i = 0; i < count; i += 100)
    clients.push(...(await Promise.all(Array.from({ length: 100 }, (_, j) => openClient(port, addressOf(i + j))))))
  return clients
}

/** What one of them has received; read at once, so that all share it. */
const buffer = Buffer.allocUnsafe(64 * 1024)

async function openClient(port: number, address: string): Promise<Client> {
  let waiting: PromiseWithResolvers<Answer> | null = null
  let received = ''
  const read = (bytes: number) => {
    received += buffer.toString('latin1', 0, bytes)
    const end = received.indexOf('\r\n\r\n')
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1])
    if (end < 0 || received.length < end + 4 + length) return true
    const answer = { status: Number(received.slice(9, 12)), body: received.slice(end + 4) }
    received = ''
    waiting?.resolve(answer)
    return true
  }
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect({ port, host: '127.0.0.1', onread: { buffer, callback: read } }, () => resolve(opened))
    opened.once('error', reject)
  })
  socket.setNoDelay(true)
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the connection was closed')))
  return {
    port,
    address,
    send: (text) => {
      waiting = Promise.withResolvers<Answer>()
      socket.write(text)
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}

/** Addresses of a private network, all different. */
export const addressOf = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`
