import type { IncomingMessage, ServerResponse } from 'node:http'

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** About 10 ms of work: so long an answer of the database waits at most. */
const A_TURN = 64
/** A second of work; a request in line has 4 KB and its socket. */
const MOST_WAITING = 10_000

/**
 * Requests stand in line, and so many are begun in one turn of the event loop. Without it, of ten thousand that come at one
 * moment all are begun before the first answer of the database is read, since the kernel hands out what can be read in the
 * order in which it came: locks are held for a second, each request is in memory half done, and whoever came first is
 * answered last. Whoever hung up meanwhile costs nothing more.
 *
 * Where more wait than that, a request is begun where it is read: so nobody reads faster than they work.
 * @param tellWaiting is told in each turn how many still wait
 */
export function inTurns(
  begin: Listener,
  tellWaiting: (waiting: number) => void,
  { aTurn = A_TURN, mostWaiting = MOST_WAITING } = {},
): Listener {
  const line: [IncomingMessage, ServerResponse][] = []
  const turn = () => {
    const begun = line.splice(0, aTurn)
    tellWaiting(line.length)
    // First, so that nothing that goes wrong with one of them keeps the line from moving.
    if (line.length > 0) setImmediate(turn)
    for (const [request, response] of begun) if (!request.destroyed) begin(request, response)
  }
  return (request, response) => {
    if (line.length >= mostWaiting) return begin(request, response)
    if (line.push([request, response]) === 1) setImmediate(turn)
  }
}
