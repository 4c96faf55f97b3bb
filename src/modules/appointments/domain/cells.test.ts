import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellOf, count, emptyCells, fill, has, hasAll, instantOf, isOnGrid, next, runStarts } from './cells.ts'

const SIZE = 300
const spans = fc.array(fc.tuple(fc.nat(SIZE), fc.nat(SIZE), fc.boolean()), { maxLength: 20 })

/** The same as a plain list. */
function both(changes: readonly (readonly [number, number, boolean])[]) {
  const words = emptyCells(SIZE)
  const plain = Array.from({ length: words.length * 32 }, () => false)
  for (const [a, b, on] of changes) {
    const [from, to] = [Math.min(a, b), Math.max(a, b)]
    fill(words, from, to, on)
    plain.fill(on, from, to)
  }
  return { words, plain }
}

test('a set of cells holds what was put in and not taken out', () => {
  fc.assert(
    fc.property(spans, fc.nat(SIZE), fc.nat(SIZE), (changes, a, b) => {
      const { words, plain } = both(changes)
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      expect(plain.map((_, bit) => has(words, bit))).toEqual(plain)
      expect(count(words, from, to)).toBe(plain.slice(from, to).filter(Boolean).length)
      expect(hasAll(words, from, to)).toBe(plain.slice(from, to).every(Boolean))
      expect(next(words, from, to)).toBe(plain.slice(0, to).indexOf(true, from))
    }),
  )
})

test('an appointment begins where enough free cells follow', () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 100 }), (changes, length) => {
      const { words, plain } = both(changes)
      const starts = runStarts(words, length)
      const expected = plain.map(
        (_, bit) => bit + length <= plain.length && plain.slice(bit, bit + length).every(Boolean),
      )
      expect(plain.map((_, bit) => has(starts, bit))).toEqual(expected)
    }),
  )
})

test('a cell is five minutes', () => {
  const at = Temporal.Instant.from('2026-11-26T08:05:00Z')
  expect(instantOf(cellOf(at)).equals(at)).toBe(true)
  expect(isOnGrid(at)).toBe(true)
  expect(isOnGrid(at.add({ seconds: 1 }))).toBe(false)
  expect(isOnGrid(at.add({ nanoseconds: 1 }))).toBe(false)
})
