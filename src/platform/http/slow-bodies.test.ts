import { readdir } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { defineModule } from '../module.ts'
import { jsonReply } from './reply.ts'
import { action, everybody } from './route.ts'

const probe = defineModule({
  name: 'probe',
  routes: [
    action({
      path: '/probe/datei',
      access: everybody,
      uploads: () => ({ maxBytes: 1_000_000, kinds: ['application/pdf'], maxFiles: 1 }),
      handle: (_ctx, req) => jsonReply(req.uploads),
    }),
  ],
})

// Two minutes in the real city; enough for a machine that does nothing for half a second, since server and sender are one process.
const PATIENCE_MS = 1_000
const city = await testCity({ extraModules: [probe], config: { bodyPatienceMs: PATIENCE_MS } })
const port = Number(new URL(await city.listen()).port)

const START = '--y\r\ncontent-disposition: form-data; name="beleg"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'
const END = '\r\n--y--\r\n'

/** Begins to send a file of so many bytes more. */
function begin(rest: number, options = {}): Socket {
  const socket = connect({ port, host: 'localhost', ...options })
  const head = [
    'POST /probe/datei HTTP/1.1',
    'host: localhost',
    'connection: close',
    'content-type: multipart/form-data; boundary=y',
    `content-length: ${START.length + rest + END.length}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${START}`)
  return socket
}

it('a body that dawdles is ended with a sentence, and leaves nothing of its file', async () => {
  const answer = Buffer.concat(await begin(1_000).toArray()).toString()
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain('Die Übertragung hat zu lange gedauert.')
  const incoming = join(city.app.files.folder('musterstadt'), 'incoming')
  await vi.waitFor(async () => expect(await readdir(incoming)).toEqual([]))
})

it('whoever does not hang up then is hung up on', { timeout: 20_000 }, async () => {
  const socket = begin(1_000_000, { allowHalfOpen: true })
  socket.on('error', () => undefined)
  let closed = false
  socket.once('close', () => (closed = true))
  socket.resume()
  await vi.waitFor(
    () => {
      if (!closed) socket.write('x')
      expect(closed).toBe(true)
    },
    { timeout: 15_000, interval: 200 },
  )
})

it('a file is taken as long as enough of it comes, however long that takes', { timeout: 20_000 }, async () => {
  const part = 'x'.repeat(500)
  const parts = (3 * PATIENCE_MS) / 100
  const socket = begin(parts * part.length)
  const answer = socket.toArray()
  for (let n = 0; n < parts; n++) {
    await setTimeout(100)
    socket.write(part)
  }
  socket.write(END)
  expect(Buffer.concat(await answer).toString()).toMatch(/^HTTP\/1\.1 200 [^]*"ok":true/)
})
