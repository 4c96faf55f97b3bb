import { expect, test } from 'vitest'
import { soak } from './soak.ts'

/** The whole of it, twenty kills of sixty seconds each, is `bin/bench soak`. */
test('who has a receipt has a case, its audit chain and its mails, and who booked a time has it, though everything was killed in between', async () => {
  const found = await soak({ rounds: 2, seconds: 4, people: 4, log: () => {} })
  expect(found.wrong).toEqual([])
  expect(found.receipts).toBeGreaterThan(10)
  expect(found.times).toBeGreaterThan(10)
}, 240_000)
