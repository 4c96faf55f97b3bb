import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSoon, minutesLeft, minutesOf, minutesToWait, minutesUntilFree, roughly } from './estimate.ts'

const minutes = fc.double({ min: -30, max: 240, noNaN: true })
const some = fc.array(minutes, { maxLength: 30 })
const pace = fc.record({ minutes: fc.double({ min: 0, max: 30, noNaN: true }), calls: fc.nat(40) })
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
      fc.property(some, counters, minutes, fc.nat(30), pace, (before, free, more, where, seen) => {
        const longer = before.toSpliced(Math.min(where, before.length), 0, more)
        expect(minutesToWait(longer, free, seen)!).toBeGreaterThanOrEqual(minutesToWait(before, free, seen)!)
        expect(minutesToWait(longer, free, seen)!).toBeGreaterThanOrEqual(1)
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

  test('no faster than people were called of late', () => {
    expect(minutesToWait([5, 5, 5, 5], [0], { minutes: 30, calls: 1 })).toBe(60)
    expect(minutesToWait([5, 5, 5, 5], [0], { minutes: 30, calls: 29 })).toBe(20)
  })

  test('who has been at a counter for longer than usual is not about to leave again and again', () => {
    expect([minutesLeft(10, 0), minutesLeft(10, 4), minutesLeft(10, 10), minutesLeft(10, 40)]).toEqual([10, 6, 5, 20])
    const time = fc.double({ min: 1, max: 240, noNaN: true })
    fc.assert(
      fc.property(time, time, time, (usual, elapsed, more) => {
        expect(minutesLeft(usual, elapsed)).toBeGreaterThanOrEqual(usual / 3 - 1e-9)
        expect(minutesLeft(usual, usual + elapsed + more)).toBeGreaterThan(minutesLeft(usual, usual + elapsed))
      }),
    )
  })

  test('a counter that is stuck serves nobody; where all are, one is free some time', () => {
    const stuck = { usual: 10, elapsed: 70 }
    expect(minutesUntilFree([stuck, { usual: 10, elapsed: 2 }])).toEqual([8])
    expect(minutesUntilFree([stuck, { usual: 10, elapsed: 90 }])).toEqual([35])
    expect(minutesUntilFree([{ usual: null, elapsed: 0 }, stuck])).toEqual([0])
    expect(minutesUntilFree([])).toEqual([])
  })

  test.each([
    [1, 45, true],
    [2, 20, true],
    [2, 40, false],
    [4, 9, true],
    [4, 15, false],
    [1, null, false],
  ])('at position %s, with %s minutes left, it is soon their turn: %s', (position, minutes, soon) =>
    expect(isSoon({ position, minutes })).toBe(soon),
  )

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
