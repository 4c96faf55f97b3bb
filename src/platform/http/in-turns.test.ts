import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { inTurns } from './in-turns.ts'

const MANY = 400

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** A server of many connections, each with a request that is sent at the same moment as all others. */
async function crowd(listener: RequestListener) {
  const server = createServer(listener)
  const port = await listen(server)
  let accepted = 0
  server.on('connection', () => (accepted += 1))
  const sockets = await Promise.all(Array.from({ length: MANY }, () => connected(port)))
  await expect.poll(() => accepted).toBe(MANY)
  const answers = sockets.map(() => '')
  sockets.forEach((socket, i) => socket.on('data', (part) => (answers[i] += String(part))))
  return {
    sockets,
    answers,
    sendAll: () => sockets.forEach((socket, i) => socket.write(`GET /${i} HTTP/1.1\r\nHost: city\r\n\r\n`)),
  }
}

function work(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

it('the answer that the first of many waits for is read before the last of them is begun', async () => {
  const database = await connected(await listen(createTcpServer((socket) => socket.pipe(socket))))
  let begun = 0
  let begunThen = 0
  const waiting: number[] = []
  const people = await crowd(
    inTurns(
      (request, response) => {
        begun += 1
        work(0.5)
        if (request.url !== '/0') return void response.end('later')
        database.write('a question')
        database.once('data', () => {
          begunThen = begun
          response.end('first')
        })
      },
      (still) => waiting.push(still),
    ),
  )
  people.sendAll()
  await expect.poll(() => people.answers.every((answer) => answer.includes('200 OK'))).toBe(true)
  expect(people.answers[0]).toContain('first')
  expect(begun).toBe(MANY)
  expect(begunThen).toBeGreaterThan(0)
  expect(begunThen).toBeLessThan(MANY / 2)
  expect(Math.max(...waiting)).toBeGreaterThan(MANY / 2)
  expect(waiting.at(-1)).toBe(0)
})

it.each([
  ['they are begun in the order in which they came', MANY],
  ['where the line is full everybody is begun all the same', 100],
])('%s', async (_, mostWaiting) => {
  const begun: number[] = []
  const people = await crowd(
    inTurns(
      (request, response) => {
        begun.push(Number(request.url?.slice(1)))
        response.end()
      },
      () => undefined,
      { mostWaiting },
    ),
  )
  people.sendAll()
  await expect.poll(() => people.answers.every((answer) => answer.includes('200 OK'))).toBe(true)
  const inOrder = begun.toSorted((a, b) => a - b)
  expect(inOrder).toEqual(Array.from({ length: MANY }, (_, i) => i))
  if (mostWaiting === MANY) expect(begun).toEqual(inOrder)
})

it('whoever hangs up while they wait is not begun', async () => {
  let begun = 0
  const people = await crowd(
    inTurns(
      (_, response) => {
        begun += 1
        if (begun === 1) for (const socket of people.sockets.slice(1)) socket.destroy()
        work(0.5)
        response.end()
      },
      () => undefined,
    ),
  )
  people.sendAll()
  await expect.poll(() => people.answers[0]).toContain('200 OK')
  await wait(200)
  expect(begun).toBeLessThan(MANY / 2)
})
