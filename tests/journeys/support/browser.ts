import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { TestCity } from '#src/testing/city.ts'

/** Where Debian, Ubuntu, Fedora and others put it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']
/** The same engine without what is around it, such as notifications; a page is there in half of the time. */
const SHELL = '/usr/bin/chromium-headless-shell'

/** Quiet: no first-run pages, no updates, no requests of the browser's own. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * A real browser. Throws with one sentence where there is none.
 * @param o.pagesOnly who only looks at pages gets the engine alone, where it is installed
 */
export async function openBrowser(o: { pagesOnly?: boolean } = {}): Promise<Browser> {
  const executablePath = [...(o.pagesOnly ? [SHELL] : []), ...PLACES].find((place) => existsSync(place))
  if (executablePath === undefined) throw new Error('Chromium is missing: apt-get install chromium')
  return chromium.launch({ executablePath, args: FLAGS })
}

export interface Visitor {
  /** Mail address of the account that is signed in; nobody where it is left out. */
  readonly as?: string
  /** What a browser keeps that was set up as a device of the city. */
  readonly deviceCookie?: string
  readonly javaScript?: boolean
  /** CSS pixels. */
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
}

/** A browser window of one person, signed in by a session of the city. */
export async function visit(
  browser: Browser,
  city: TestCity,
  base: string,
  visitor: Visitor = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: visitor.width ?? 1280, height: visitor.height ?? 900 },
    javaScriptEnabled: visitor.javaScript ?? true,
    colorScheme: visitor.dark ? 'dark' : 'light',
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
  })
  if (visitor.as !== undefined) {
    const { cookie } = await city.sessionOf(visitor.as)
    await context.addCookies([{ name: 'rathaus_session', value: cookie, url: base, httpOnly: true, sameSite: 'Lax' }])
  }
  if (visitor.deviceCookie !== undefined)
    await context.addCookies([
      { name: 'rathaus_device', value: visitor.deviceCookie, url: base, httpOnly: true, sameSite: 'Lax' },
    ])
  return context
}

/** What a page asked of other hosts, and what it complained about (scripts, content security policy). */
export interface Watch {
  readonly foreign: readonly string[]
  readonly complaints: readonly string[]
  reset(): void
}

export function watch(page: Page, base: string): Watch {
  const foreign: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${base}/`) && !url.startsWith('data:')) foreign.push(url)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // A page that is an error page says so in the console, too; its status is tested elsewhere.
    if (message.type() === 'error' && !/Failed to load resource.*status of 4/.test(message.text()))
      complaints.push(message.text())
  })
  return {
    foreign,
    complaints,
    reset() {
      foreign.length = 0
      complaints.length = 0
    },
  }
}
