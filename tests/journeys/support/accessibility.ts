import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, Page } from 'playwright-core'
import type axe from 'axe-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.2 A and AA, EN 301 549, and what axe-core holds to be good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'EN-301-549', 'best-practice']

/** Gives axe-core to every page of these windows, for who looks at hundreds: sent to each anew it takes half of the time. */
export const bringAxe = (context: BrowserContext): Promise<unknown> => context.addInitScript({ content: source })

/**
 * What axe-core finds wrong with the page as it is shown; empty where there is nothing.
 * @param o.styles false: not what style sheets alone decide, colours and turning (WCAG 1.3.4), which take half of its time
 */
export async function barriers(page: Page, o: { styles?: boolean } = {}): Promise<string[]> {
  // Through the debugger, as `bringAxe` does: the page's own policy on scripts stays in force.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  const { violations } = await page.evaluate(
    ({ values, styles }) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
        preload: styles,
        rules: { 'color-contrast': { enabled: styles }, 'css-orientation-lock': { enabled: styles } },
      }),
    { values: TAGS, styles: o.styles ?? true },
  )
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id}: ${violation.help} at ${node.target.join(' ')}: ${node.html.slice(0, 160)}`,
    ),
  )
}

/** What one reaches by keyboard and does not see that one is there (WCAG 2.4.7): nothing of it, of what is drawn in it, or of its label changes. */
export async function unseenFocus(page: Page): Promise<string[]> {
  // From now on the browser takes it that somebody uses the keyboard, and shows what has the focus (:focus-visible).
  await page.keyboard.press('Tab')
  return page.evaluate(() => {
    const looksOf = (element: HTMLElement) =>
      [element, ...element.querySelectorAll('path'), ...((element as HTMLInputElement).labels ?? [])].flatMap((one) =>
        [undefined, '::before', '::after'].map((part) => {
          const { outlineStyle, outlineWidth, boxShadow, borderBottomWidth, strokeWidth } = getComputedStyle(one, part)
          const outline = outlineStyle === 'none' ? '' : outlineStyle + outlineWidth
          return [outline, boxShadow, borderBottomWidth, strokeWidth].join()
        }),
      )
    const reached = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    )
    // Each after the one before it, without a pause at none of them: so the browser goes on to show it.
    const unseen = [...reached].filter((element) => {
      if (document.activeElement === element) return false
      const before = looksOf(element).join()
      element.focus({ preventScroll: true })
      return document.activeElement === element && looksOf(element).join() === before
    })
    return unseen.map((element) => element.outerHTML.slice(0, 160))
  })
}

/** Tables that are wider than their place: their last columns would be cut, or lie beyond the edge of everything else. */
export async function wideTables(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('table')]
      .filter((table) => {
        const place = table.parentElement!
        const { overflowX, paddingRight } = getComputedStyle(place)
        const edge = place.getBoundingClientRect().right - parseFloat(paddingRight)
        return overflowX === 'visible' && table.getBoundingClientRect().right > edge + 1
      })
      .map((table) => table.caption?.innerText ?? table.outerHTML.slice(0, 160)),
  )
}

/** Elements that stick out to the right of the window, so that one would have to scroll sideways (WCAG 1.4.10). */
export async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return []
    // What lies in a box that scrolls by itself (a wide table, a diagram) does not widen the page.
    const boxed = (element: Element): boolean => {
      const box = element.parentElement
      return box !== null && box !== document.body && (getComputedStyle(box).overflowX !== 'visible' || boxed(box))
    }
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > room + 1 && !boxed(element))
      .slice(0, 3)
      .map((element) => element.outerHTML.slice(0, 160))
  })
}
