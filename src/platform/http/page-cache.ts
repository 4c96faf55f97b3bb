import { LRUCache } from 'lru-cache'
import { gzipSync } from 'node:zlib'

export interface CachedPage {
  readonly body: Buffer
  readonly gzip: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Pages that are the same for everybody who is not signed in, kept rendered for some seconds.
 * One query per request would cap a public page at what the driver does (about 6,000/s here); kept pages reach 15,000/s.
 */
export interface PageCache {
  get(key: string): CachedPage | undefined
  set(key: string, body: string, headers: Readonly<Record<string, string>>): CachedPage
  clear(): void
}

/** Pages, not bytes: a page has 10 to 60 KB. */
const MOST_PAGES = 500

export function pageCache(seconds: number): PageCache {
  const pages = new LRUCache<string, CachedPage>({ max: MOST_PAGES, ttl: Math.max(1, seconds * 1000) })
  return {
    get: (key) => (seconds > 0 ? pages.get(key) : undefined),
    set: (key, text, headers) => {
      const body = Buffer.from(text)
      const page = { body, gzip: gzipSync(body), headers }
      if (seconds > 0) pages.set(key, page)
      return page
    },
    clear: () => pages.clear(),
  }
}
