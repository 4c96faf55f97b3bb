import { get, type ClientRequest, type IncomingMessage } from 'node:http'

export interface Hall {
  /** Resolves when every screen has shown something new. */
  nextOnAll(): Promise<void>
  close(): void
}

/** So many clients of a stream of server-sent events, each with a connection of its own; all of them have shown something. */
export async function screens(url: string, count: number): Promise<Hall> {
  const requests: ClientRequest[] = []
  const shown = Array.from({ length: count }, () => 0)
  let waiting: (() => void) | null = null
  let goal: number[] = []
  const look = () => {
    if (waiting && shown.every((times, i) => times >= goal[i]!)) {
      waiting()
      waiting = null
    }
  }
  const nextOnAll = () =>
    new Promise<void>((resolve) => {
      goal = shown.map((times) => times + 1)
      waiting = resolve
    })
  const listen = (response: IncomingMessage, i: number) => {
    let rest = ''
    response.setEncoding('utf8').on('data', (part: string) => {
      const events = (rest + part).split('\n\n')
      rest = events.pop()!
      shown[i]! += events.filter((event) => event.includes('event: show')).length
      look()
    })
  }
  const first = nextOnAll()
  for (let i = 0; i < count; i += 1) {
    const request = get(url, { agent: false, headers: { accept: 'text/event-stream' } }, (response) => {
      if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode}`)
      listen(response, i)
    })
    // Closing them is an error of the connection.
    request.on('error', () => undefined)
    requests.push(request)
  }
  await first
  return {
    nextOnAll,
    close: () => requests.forEach((request) => request.destroy()),
  }
}
