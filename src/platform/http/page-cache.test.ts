import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { pageCache } from './page-cache.ts'

let time = 0
const cache = pageCache(5, () => time)
const request = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  ({ url, method, headers: { host: 'localhost', ...headers } }) as unknown as IncomingMessage

/** What the cache answers; null where it leaves the request to others. */
function served(asked: IncomingMessage): string | null {
  let body: string | null = null
  const response = { writeHead: () => undefined, end: (bytes: Buffer) => (body = bytes.toString()) }
  cache.serve(asked, response as unknown as ServerResponse)
  return body
}

function made(url: string, body: string): void {
  const asked = request(url)
  served(asked)
  cache.keep(asked, body, {})
}

describe('kept pages', () => {
  it('are given to people who are not signed in, for their city, language and address only', () => {
    made('/a', 'one')
    expect(served(request('/a'))).toBe('one')
    expect(served(request('/en/a'))).toBeNull()
    expect(served(request('/a', { host: 'karlsruhe.localhost' }))).toBeNull()
    expect(served(request('/a', { 'x-forwarded-host': 'karlsruhe.localhost' }))).toBeNull()
    expect(served(request('/a', { cookie: 'rathaus_session=x' }))).toBeNull()
    expect(served(request('/a', { cookie: '__Host-rathaus_session=x' }))).toBeNull()
    expect(served(request('/a', { authorization: 'Bearer x' }))).toBeNull()
    expect(served(request('/a', {}, 'POST'))).toBeNull()
  })

  it('are made anew by one request when their time is over, while the others get the old one', () => {
    made('/b', 'old')
    time += 6_000
    const first = request('/b')
    expect(served(first)).toBeNull()
    expect(served(request('/b'))).toBe('old')
    cache.keep(first, 'new', {})
    expect(served(request('/b'))).toBe('new')
  })

  it('are not shown for ever where nobody could make them anew', () => {
    made('/c', 'old')
    time += 120_000
    expect(served(request('/c'))).toBeNull()
    expect(served(request('/c'))).toBeNull()
  })
})
