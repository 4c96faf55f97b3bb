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

export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  // The other side has gone: nobody reads an answer.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, words] = ANSWERS[error.code ?? ''] ?? OTHERWISE
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(words)}`,
    'X-Content-Type-Options: nosniff',
    "Content-Security-Policy: default-src 'none'",
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${words}`)
  // Whoever does not hang up by themselves would hold the connection.
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}
