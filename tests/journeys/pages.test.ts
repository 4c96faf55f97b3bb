import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaints } from '#platform/html/testing/complaints.ts'
import { href } from '#platform/html/href.ts'
import type { Route } from '#platform/http/route.ts'
import { LOCALES, type Locale } from '#platform/i18n/locale.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { loadModules } from '#src/modules.ts'
import { barriers, overflow } from './support/accessibility.ts'
import { openBrowser, visit, watch, type Watch } from './support/browser.ts'
import { addressesOf, pagesOf, PEOPLE, visitorsOf, type Who } from './support/pages.ts'

const routes = pagesOf(await loadModules())

let city: TestCity
let browser: Browser
let base: string
/** Two windows a person: while one page is looked at, the next one loads. */
const LANES = [0, 1] as const
type Lane = (typeof LANES)[number]
const windows = new Map<string, { page: Page; watched: Watch }>()

beforeAll(async () => {
  city = await testCity({ seed: true })
  base = await city.listen()
  browser = await openBrowser()
  for (const who of Object.keys(PEOPLE) as Who[]) {
    const context = await visit(browser, city, base, { as: PEOPLE[who] })
    for (const lane of LANES) {
      const page = await context.newPage()
      windows.set(`${who} ${lane}`, { page, watched: watch(page, base) })
    }
  }
})
afterAll(async () => {
  await browser?.close()
})

interface Looked {
  /** Everything wrong, each with the address and the person. */
  readonly wrong: string[]
  /** Pages that were HTML and were looked at. */
  pages: number
}

/** One address as one person sees it: the markup as it comes from the server, then the page in the browser. */
async function look({ who, address, locale, narrow, refused }: Visit, lane: Lane, looked: Looked): Promise<void> {
  const path = href({ locale }, address)
  const reply = await city.open(path, { as: PEOPLE[who] })
  const told = (...found: readonly string[]) => looked.wrong.push(...found.map((what) => `${who} ${path}: ${what}`))
  if (reply.status >= 500 || (reply.status >= 400 && !refused)) return void told(`status ${reply.status}`)
  // Files (CSV, PDF) are no pages; a redirect leads to a page of its own.
  if (reply.status >= 300 && reply.status < 400) return
  if (!String(reply.headers['content-type']).startsWith('text/html')) return
  looked.pages += 1
  told(...complaints(reply.body))
  if (!reply.body.includes(`<html lang="${locale}">`)) told(`is not in ${locale}`)

  const { page, watched } = windows.get(`${who} ${lane}`)!
  watched.reset()
  await page.goto(base + path, { waitUntil: 'load' })
  told(...(await barriers(page)))
  if (narrow) {
    await page.setViewportSize({ width: 320, height: 640 })
    told(...(await overflow(page)).map((element) => `sticks out at 320 px: ${element}`))
    await page.setViewportSize({ width: 1280, height: 900 })
  }
  told(...watched.foreign.map((url) => `asks ${url}`), ...watched.complaints)
}

interface Visit {
  readonly who: Who
  readonly address: string
  readonly locale: Locale
  /** Also looked at 320 px wide. */
  readonly narrow: boolean
  /** An error page is what should come. */
  readonly refused?: boolean
}

async function lookAtAll(visits: readonly Visit[]): Promise<Looked> {
  const looked: Looked = { wrong: [], pages: 0 }
  const waiting = [...visits]
  await Promise.all(
    LANES.map(async (lane) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await look(next, lane, looked)
    }),
  )
  return looked
}

const nameOf = (route: Route): string => `${route.path} (${route.access.who})`

describe('every page of the city, in German and English, as everybody who may see it', () => {
  it('comes from the route table, which is not empty', () => {
    expect(routes.length).toBeGreaterThan(20)
  })

  it.each(routes.map((route) => [nameOf(route), route] as const))('%s', { timeout: 120_000 }, async (_name, route) => {
    const visits: Visit[] = []
    for (const who of visitorsOf(route)) {
      const ctx = await city.ctx({ as: PEOPLE[who] })
      const { access } = route
      // What a clerk may not see at all is the same refusal everywhere; it is looked at below.
      if (access.who === 'staff' && access.permission !== null && !ctx.account?.permissions.has(access.permission))
        continue
      const first = visits.length === 0
      for (const [index, address] of (await addressesOf(route, ctx)).entries()) {
        // The first address is seen by everybody; the others differ in their data and not in their frame.
        if (index > 0 && !first) continue
        for (const locale of LOCALES) visits.push({ who, address, locale, narrow: first && locale === 'de' })
      }
    }
    expect((await lookAtAll(visits)).wrong).toEqual([])
    expect(visits.length, 'the route names no examples that the demo city has').toBeGreaterThan(0)
  })
})

describe('a page that somebody may not see, or that is not there', () => {
  it.each([
    ['nobody', '/diese-seite-gibt-es-nicht', 404],
    ['clerk', '/diese-seite-gibt-es-nicht', 404],
    ['citizen', '/workbench/rueckmeldungen', 403],
  ] as const)('%s at %s is told so, readably', async (who, address, status) => {
    expect((await city.get(address, { as: PEOPLE[who] })).status).toBe(status)
    const visits = LOCALES.map((locale) => ({ who, address, locale, narrow: true, refused: true }))
    expect(await lookAtAll(visits)).toEqual({ wrong: [], pages: 2 })
  })
})

describe('the home page', () => {
  it('has its picture taken for the README', async () => {
    const { page } = windows.get('nobody 0')!
    await page.goto(`${base}/`)
    await page.screenshot({ path: 'docs/screenshots/home.png' })
  })
})
