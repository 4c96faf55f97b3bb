import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { defineModule } from '#platform/module.ts'
import { testCity } from '#src/testing/city.ts'
import { liveStreams } from './live.ts'
import { liveReply } from './reply.ts'
import { everybody, holderOf, live, type Access } from './route.ts'

const shown = new Set<(content: string) => void>()
let state = 'one'
const tell = (content: string) => {
  state = content
  for (const show of shown) show(content)
}
const board = defineModule({
  name: 'board',
  routes: [
    live({
      path: '/board',
      access: everybody,
      handle: () =>
        liveReply((show) => {
          shown.add(show)
          show(state)
          return Promise.resolve(() => void shown.delete(show))
        }),
    }),
  ],
})

const city = await testCity({ extraModules: [board] })
const base = await city.listen()

interface Screen {
  /** The next event that is shown. */
  next(): Promise<{ id: string; content: string }>
  close(): void
  readonly response: Response
}

async function screen(headers: Record<string, string> = {}): Promise<Screen> {
  const controller = new AbortController()
  const response = await fetch(`${base}/board`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: controller.signal,
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async () => {
    for (;;) {
      const found = /id: (.*)\nevent: show\ndata: (.*)\n\n/.exec(text)
      if (found) {
        text = text.slice(found.index + found[0].length)
        return { id: found[1]!, content: JSON.parse(found[2]!) as string }
      }
      const { value, done } = await reader.read()
      if (done) throw new Error('the stream has ended')
      text += value
    }
  }
  return { next, close: () => controller.abort(), response }
}

const gone = async () => {
  while (shown.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a stream', () => {
  test('says what holds now, and each change to everybody who looks', async () => {
    tell('one')
    const screens = await Promise.all([screen(), screen()])
    expect(screens[0]!.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    for (const one of screens) expect((await one.next()).content).toBe('one')
    tell('two\nlines "quoted"')
    for (const one of screens) expect((await one.next()).content).toBe('two\nlines "quoted"')
    screens.forEach((one) => one.close())
    await gone()
  })

  test('says nothing twice: not what has not changed, and not what who comes again has seen', async () => {
    tell('one')
    const first = await screen()
    const { id } = await first.next()
    tell('one')
    tell('two')
    expect((await first.next()).content).toBe('two')
    first.close()
    tell('one')
    const again = await screen({ 'last-event-id': id })
    tell('three')
    expect((await again.next()).content).toBe('three')
    const behind = await screen({ 'last-event-id': id })
    expect((await behind.next()).content).toBe('three')
    again.close()
    behind.close()
    await gone()
  })

  test('answers who wants no stream once, and is no slow request', async () => {
    tell('one')
    const answer = await city.get('/board')
    expect(answer.body).toContain('data: "one"')
    expect(shown.size).toBe(0)
    const metrics = await city.app.metrics.metrics()
    expect(metrics).not.toContain('/board')
  })

  test('has its limits: more from one address come later', async () => {
    const many = await Promise.all(Array.from({ length: 400 }, () => screen()))
    expect((await fetch(`${base}/board`, { headers: { accept: 'text/event-stream' } })).status).toBe(429)
    many.forEach((one) => one.close())
    await gone()
    const after = await screen()
    expect(after.response.status).toBe(200)
    after.close()
    await gone()
  })

  test('keeps places for staff, devices and holders of tickets, whom strangers from anywhere do not crowd out', async () => {
    const streams = liveStreams()
    const come = async (ip: string, more: object = {}, access: Access = everybody) => {
      const request = { ip, method: 'GET', headers: { accept: 'text/event-stream' }, ctx: null, ...more }
      const reply = { hijack: () => {}, raw: Object.assign(new PassThrough(), { writeHead: () => {} }) }
      const answer = liveReply(() => Promise.resolve(() => {})) as Parameters<typeof streams.open>[2]
      return (await streams.open(request as never, reply as never, answer, {}, access))?.problem
    }
    for (let n = 0; n < 1_500; n++) expect(await come(`192.0.2.${n % 5}`)).toBeUndefined()
    expect(await come('198.51.100.1')).toBe('busy')
    expect(await come('198.51.100.1', { ctx: { account: { id: 'a' } } })).toBeUndefined()
    expect(await come('198.51.100.1', { ctx: { account: null, device: { id: 'd' } } })).toBeUndefined()
    expect(await come('198.51.100.1', {}, holderOf('a ticket'))).toBeUndefined()
    streams.close()
  })

  // The last one: the city is closed after it.
  test('does not keep a server from stopping', async () => {
    const open = await screen()
    await open.next()
    const started = performance.now()
    await city.close()
    expect(performance.now() - started).toBeLessThan(3_000)
    await expect(open.next()).rejects.toThrow()
    expect(shown.size).toBe(0)
  })
})
