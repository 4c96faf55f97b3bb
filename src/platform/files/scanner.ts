import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** A port for whatever looks into uploaded files. */
export interface VirusScanner {
  readonly name: string
  /** `unscanned`: there is no scanner; `unavailable`: there is one, and it does not answer: the upload is refused. */
  scan(path: string): Promise<'clean' | 'infected' | 'unscanned' | 'unavailable'>
  /** Whether it answers; null where there is none. */
  ping(): Promise<boolean | null>
}

export const noScanner: VirusScanner = {
  name: 'none',
  scan: () => Promise.resolve('unscanned'),
  ping: () => Promise.resolve(null),
}

const TIMEOUT_MS = 30_000
const CHUNK = 64 * 1024

/**
 * clamd's INSTREAM command (clamd(8)): chunks with a 4-byte length in network order, a zero length ends.
 * @param address `host:port`, or the path of its socket
 */
export function clamdScanner(address: string): VirusScanner {
  const open = (): Socket => {
    if (address.startsWith('/')) return connect(address)
    const [host, port] = address.split(':')
    return connect(Number(port ?? 3310), host ?? '127.0.0.1')
  }

  return {
    name: 'clamd',
    async scan(path) {
      const answer = await talk(open(), async (socket) => {
        socket.write('zINSTREAM\0')
        for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
          const length = Buffer.alloc(4)
          length.writeUInt32BE(chunk.length)
          socket.write(length)
          if (!socket.write(chunk)) await drained(socket)
        }
        socket.write(Buffer.alloc(4))
      })
      if (answer === null) return 'unavailable'
      if (answer.endsWith('FOUND')) return 'infected'
      return answer.endsWith('OK') ? 'clean' : 'unavailable'
    },
    async ping() {
      const answer = await talk(open(), (socket) => Promise.resolve(void socket.write('zPING\0')))
      return answer === 'PONG'
    },
  }
}

const drained = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.once('drain', resolve)
    socket.once('close', resolve)
  })

/** The one answer of the daemon, or null if it cannot be reached, breaks off or takes too long. */
function talk(socket: Socket, ask: (socket: Socket) => Promise<void>): Promise<string | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy())
    socket.on('data', (part: Buffer) => parts.push(part))
    socket.on('error', () => resolve(null))
    socket.on('close', () => {
      const answer = Buffer.concat(parts).toString('utf8').replaceAll('\0', '').trim()
      resolve(answer === '' ? null : answer)
    })
    socket.on('connect', () => {
      ask(socket).catch(() => socket.destroy())
    })
  })
}
