import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { TestCity } from '#src/testing/city.ts'
import { openBrowser, visit, type Visitor } from './browser.ts'

export interface Journey {
  readonly city: TestCity
  /** The city's address, without a slash at its end. */
  readonly base: string
  /** A new window of one person at that path; closed after the test. */
  open(path: string, visitor?: Visitor): Promise<Page>
}

/** A city and a browser for the tests of one file. */
export function journey(build: () => Promise<TestCity>): Journey {
  let city: TestCity
  let base: string
  let browser: Browser | undefined
  const windows: BrowserContext[] = []

  beforeAll(async () => {
    city = await build()
    base = await city.listen()
    browser = await openBrowser()
  })
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close()
  })
  afterAll(() => browser?.close())

  return {
    get city() {
      return city
    },
    get base() {
      return base
    },
    async open(path, visitor) {
      const window = await visit(browser!, city, base, visitor)
      windows.push(window)
      const page = await window.newPage()
      await page.goto(path)
      return page
    },
  }
}

export const heading = (page: Page): Promise<string> => page.locator('h1').innerText()
