import { flushCompileCache } from 'node:module'
import type { App } from '#platform/app.ts'
import { errorForLog } from '#platform/log.ts'
import { giveBackMemory } from './give-back-memory.ts'

const AFTER_MS = 3_000

/** Together more than a second of work: whoever waited for the city is served first. */
export const tidyUpLater = (app: App): NodeJS.Timeout =>
  setTimeout(() => {
    void tidyUp(app).catch((error: unknown) => app.log.error({ err: errorForLog(error) }, 'tidying up failed'))
  }, AFTER_MS)

async function tidyUp(app: App): Promise<void> {
  await app.assets.compress().finally(flushCompileCache)
  await giveBackMemory()
}
