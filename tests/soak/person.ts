import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { City } from './city.ts'

/** What a person has in hand: the city said that the application has arrived. */
export interface Receipt {
  readonly key: string
  readonly email: string
  readonly caseNumber: string
  readonly accessCode: string
}

/** Between two of them, at most: so that the jobs of the city keep up, and a kill meets these as well. */
export const PAUSE_MS = 600

/** Submits one application after the other; where there is no answer, the same again under the same key, as a reload does. */
export async function person(city: City, receipts: Receipt[], isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const key = randomUUID()
    const email = `soak-${key}@musterstadt.example`
    const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
    for (;;) {
      const answer = await city.submit(key, email, address)
      if (answer) {
        receipts.push({ key, email, ...answer })
        break
      }
      await sleep(100)
    }
    await sleep(randomInt(PAUSE_MS))
  }
}
