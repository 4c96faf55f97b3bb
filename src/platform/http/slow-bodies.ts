import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerUnreadable } from './unreadable.ts'

/** Slower than any mobile network still is; whoever wants to hold a connection has to pay for it. */
const LEAST_BYTES_A_SECOND = 2_000

/**
 * Ends a request whose body dawdles (slow loris): in each stretch of time a least number of bytes has to arrive. Node's
 * own limit counts from the first byte to the last, and would cut off a photo that somebody sends over a poor line.
 */
export function watchBody(request: IncomingMessage, response: ServerResponse, patienceMs: number): void {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return
  const { socket } = request
  const enough = (LEAST_BYTES_A_SECOND * patienceMs) / 1_000
  let seen = socket.bytesRead
  const watch = setInterval(() => {
    if (request.complete) return clearInterval(watch)
    const came = socket.bytesRead - seen
    seen = socket.bytesRead
    if (came >= enough) return
    clearInterval(watch)
    if (response.headersSent) socket.destroy()
    else answerUnreadable(Object.assign(new Error('too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
  }, patienceMs)
  request.once('close', () => clearInterval(watch))
}
