import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What Node could not read as a request: no page can be made for it, but the person who waits gets a sentence. */
const ANSWERS: Readonly<Record<string, readonly [status: string, words: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'Die Übertragung hat zu lange gedauert. Bitte versuchen Sie es noch einmal.\nThe transfer took too long. Please try again.',
  ],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'Ihr Browser hat zu viele Daten mitgeschickt. Bitte löschen Sie die Cookies dieser Seite.\nYour browser sent too much data. Please delete the cookies of this site.',
  ],
}
const OTHERWISE = [
  '400 Bad Request',
  'Diese Anfrage konnten wir nicht lesen.\nWe could not read this request.',
] as const

/** Time to read the answer: an end at once would be a reset, which throws away what the other side has not read yet. */
const LINGER_MS = 2_000

const headersOf = (words: string) => ({
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Length': String(Buffer.byteLength(words)),
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'",
  Connection: 'close',
})

export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  // The other side has gone: nobody reads an answer.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, words] = ANSWERS[error.code ?? ''] ?? OTHERWISE
  const headers = Object.entries(headersOf(words)).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status}`, ...headers, '', words].join('\r\n'))
  // Whoever does not hang up by themselves would hold the connection.
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}

/**
 * Refuses a request that names two hosts, or none (RFC 9112, section 3.2): a proxy could take another of them than this
 * program, and let through to one city what it has examined for another. True where it is answered.
 */
export function refusesHosts(request: IncomingMessage, response: ServerResponse): boolean {
  let hosts = 0
  // Names and values in turn. A loop, as every request passes here.
  const { rawHeaders } = request
  for (let n = 0; n < rawHeaders.length; n += 2) {
    const name = rawHeaders[n]!
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  // Before 1.1 a request could do without.
  if (hosts === 1 || (hosts === 0 && request.httpVersion === '1.0')) return false
  const words = OTHERWISE[1]
  response.writeHead(400, headersOf(words)).end(words)
  return true
}
