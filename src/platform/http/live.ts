import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { fail, type Failure } from '../problem.ts'
import type { Reply } from './reply.ts'
import { clientAddress, wantsStream } from './request.ts'
import type { Access } from './route.ts'

/** Streams of one process. Each keeps a connection and some 20 KB. */
const MOST_STREAMS = 2_000
/** Of them for whom the city knows: staff, devices, and who holds a ticket. Nobody takes these with streams for everybody. */
const KEPT_STREAMS = 500
/** All screens and telephones in one office may share an address. */
const MOST_OF_ADDRESS = 400
/** Proxies cut connections that say nothing for a minute, and a screen notices by its absence that the network is gone. */
const BEAT_MS = 15_000
/** Then the browser comes again, and is asked again who it is: whoever signed out sees nothing new for longer. */
const LONGEST_MS = 15 * 60_000
/** Whoever reads so slowly gets nothing more. */
const MOST_WAITING_BYTES = 64 * 1024
/** How soon a browser comes again, in milliseconds. */
const RETRY_MS = 1_000

const BEAT = 'event: beat\ndata:\n\n'

interface Stream {
  readonly response: ServerResponse
  readonly address: string
  readonly until: number
  readonly stop: () => void
}

/**
 * Server-sent events (WHATWG HTML, section 9.2). A stream carries states and no history: whoever comes, and comes again,
 * gets what holds now, unless the `Last-Event-ID` says that they have it. So nothing is missed and nothing is kept.
 */
export interface LiveStreams {
  /** Answers with a stream, or says why there is none. */
  open(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: Extract<Reply, { type: 'live' }>,
    headers: Readonly<Record<string, string>>,
    access: Access,
  ): Promise<Failure | null>
  /** Ends all of them, so that a server can stop; browsers come again. */
  close(): void
}

export function liveStreams(): LiveStreams {
  const streams = new Set<Stream>()
  // The same state goes to all screens of a hall: it is put into words once.
  const frames = new LRUCache<string, { readonly id: string; readonly text: string }>({ max: 50 })
  let beating: NodeJS.Timeout | null = null
  let closed = false

  const beat = () => {
    const now = performance.now()
    for (const stream of streams)
      if (now > stream.until) stream.stop()
      else write(stream, BEAT)
  }
  const stopBeating = () => {
    clearInterval(beating ?? undefined)
    beating = null
  }
  const write = (stream: Stream, text: string) => {
    if (stream.response.writableLength > MOST_WAITING_BYTES) stream.response.destroy()
    else stream.response.write(text)
  }
  const frameOf = (content: string) => {
    let frame = frames.get(content)
    if (!frame) {
      const id = createHash('sha256').update(content).digest('base64url').slice(0, 16)
      frame = { id, text: `id: ${id}\nevent: show\ndata: ${JSON.stringify(content)}\n\n` }
      frames.set(content, frame)
    }
    return frame
  }
  const refusal = (address: string, isKnown: boolean): Failure | null => {
    if (closed || streams.size >= (isKnown ? MOST_STREAMS : MOST_STREAMS - KEPT_STREAMS)) return fail('busy')
    const own = [...streams].filter((stream) => stream.address === address).length
    return own >= MOST_OF_ADDRESS ? fail('too-many-requests') : null
  }

  return {
    async open(request, reply, answer, headers, access) {
      const address = clientAddress(request)
      const isKnown = Boolean(request.ctx?.account ?? request.ctx?.device) || access.who === 'secret'
      const refused = refusal(address, isKnown)
      if (refused) return refused
      // Whoever wants no stream gets the state that holds now, and the end.
      const isOnce = !wantsStream(request)
      let last = String(request.headers['last-event-id'] ?? '')
      reply.hijack()
      const response = reply.raw
      let leave: (() => void) | null = null
      let ended = false
      const stream: Stream = {
        response,
        address,
        until: performance.now() + LONGEST_MS,
        stop: () => {
          if (ended) return
          ended = true
          streams.delete(stream)
          if (streams.size === 0) stopBeating()
          leave?.()
          response.end()
        },
      }
      streams.add(stream)
      beating ??= setInterval(beat, BEAT_MS)
      response.on('close', stream.stop).on('error', stream.stop)
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // nginx would keep back what is said until it is much.
        'x-accel-buffering': 'no',
      })
      response.write(`retry: ${RETRY_MS}\n\n`)
      try {
        leave = await answer.start((content) => {
          if (ended) return
          const { id, text } = frameOf(content)
          if (id !== last) write(stream, text)
          last = id
          if (isOnce) stream.stop()
        })
      } catch (error) {
        stream.stop()
        throw error
      }
      if (ended) leave()
      return null
    },
    close() {
      closed = true
      for (const stream of streams) stream.stop()
    },
  }
}
