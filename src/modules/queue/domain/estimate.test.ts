import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minutesOf, minutesToWait, roughly } from './estimate.ts'

const minutes = fc.double({ min: -30, max: 240, noNaN: true })
const some = fc.array(minutes, { maxLength: 30 })
const counters = fc.array(minutes, { minLength: 1, maxLength: 12 })

describe('how long somebody waits', () => {
  test.each([
    ['nobody before them and a counter free: not at all', [], [0], 0],
    ['one counter takes one after the other', [10, 20], [5], 35],
    ['two counters share', [10, 20, 10], [0, 0], 20],
    ['a counter that should have been free long ago is free now', [], [-12], 0],
  ])('%s', (_name, before, free, expected) => expect(minutesToWait(before, free)).toBe(expected))

  test('nobody knows while no counter is open', () => expect(minutesToWait([10], [])).toBeNull())

  test('more people before somebody never mean a shorter wait, wherever they stand', () => {
    fc.assert(
      fc.property(some, counters, minutes, fc.nat(30), (before, free, more, where) => {
        const longer = before.toSpliced(Math.min(where, before.length), 0, more)
        expect(minutesToWait(longer, free)!).toBeGreaterThanOrEqual(minutesToWait(before, free)!)
      }),
    )
  })

  test('it is never negative, and another counter never makes it longer', () => {
    fc.assert(
      fc.property(some, counters, minutes, (before, free, another) => {
        const wait = minutesToWait(before, free)!
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(minutesToWait(before, [...free, another])!).toBeLessThanOrEqual(wait)
      }),
    )
  })

  test('what was measured counts; otherwise the plan, for each person', () => {
    const handling = { measured: new Map([['pass', 7]]), planned: (_: string, people: number) => 5 + 10 * people }
    expect(minutesOf({ services: ['pass', 'move'], people: 2 }, handling)).toBe(7 + 25)
    expect(minutesOf({ services: [], people: 1 }, handling)).toBe(15)
  })

  test.each([
    [0.2, 1],
    [9, 9],
    [11, 15],
    [31, 35],
  ])('%s minutes are told as %s', (exact, told) => expect(roughly(exact)).toBe(told))
})
