import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { barriers, overflow } from './accessibility.ts'

/** The page as it stands is open to everybody, also on the narrowest phone. */
export async function isOpenToAll(page: Page): Promise<void> {
  // What flashes for some seconds is looked at when it has come to rest.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime ?? 0))
        .map(({ finished }) => finished),
    ),
  )
  expect(await barriers(page)).toEqual([])
  const size = page.viewportSize()!
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await overflow(page)).toEqual([])
  await page.setViewportSize(size)
}
