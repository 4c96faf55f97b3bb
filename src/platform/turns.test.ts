import { describe, expect, test } from 'vitest'
import { Busy, turns } from './turns.ts'

/** Work whose end the test decides. */
function held() {
  const ends: (() => void)[] = []
  let most = 0
  let now = 0
  const work = async () => {
    most = Math.max(most, ++now)
    await new Promise<void>((resolve) => ends.push(resolve))
    now -= 1
    return 'done'
  }
  return { work, end: () => ends.shift()?.(), most: () => most }
}

describe('work in turns', () => {
  test('is done by so many at once, waited for by so many, and refused to whoever comes then', async () => {
    const { work, end, most } = held()
    const inTurn = turns({ atOnce: 2, waiting: 3 })
    const taken = Array.from({ length: 5 }, () => inTurn(work))
    await expect(inTurn(work)).rejects.toThrow(Busy)
    const all = Promise.all(taken)
    const ending = setInterval(end, 1)
    expect(await all).toEqual(Array.from({ length: 5 }, () => 'done'))
    clearInterval(ending)
    expect(most()).toBe(2)
  })

  test('goes on after one that failed, and is free again when all are done', async () => {
    const inTurn = turns({ atOnce: 1, waiting: 1 })
    const [failed, next] = await Promise.allSettled([
      inTurn(() => Promise.reject(new Error('broken'))),
      inTurn(() => 'done'),
    ])
    expect([failed!.status, next!.status]).toEqual(['rejected', 'fulfilled'])
    expect(await inTurn(() => 'free')).toBe('free')
  })
})
