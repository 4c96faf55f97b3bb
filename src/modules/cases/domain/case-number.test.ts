import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { caseNumberCheckDigit, formatCaseNumber, readCaseNumber } from './case-number.ts'

const numbers = fc.record({
  prefix: fc.stringMatching(/^[A-Z]{2,8}$/),
  year: fc.integer({ min: 2000, max: 2999 }),
  serial: fc.integer({ min: 1, max: 999_999 }),
})

describe('a case number', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const written = formatCaseNumber(number)
        expect(written).toMatch(/^[A-Z]{2,8}-\d{4}-\d{6}-\d$/)
        expect(readCaseNumber(written)).toEqual({ ok: true, number: written })
      }),
    )
  })

  it('is refused with any one digit wrong', () => {
    fc.assert(
      fc.property(numbers, fc.nat(10), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const written = formatCaseNumber(number)
        const places = [...written.matchAll(/\d/g)].map((match) => match.index)
        const place = places[at]!
        const wrong = written.slice(0, place) + ((Number(written[place]) + by) % 10) + written.slice(place + 1)
        expect(readCaseNumber(wrong).ok).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('is refused with any two neighbouring digits swapped', () => {
    fc.assert(
      fc.property(numbers, fc.nat(9), (number, at) => {
        const written = formatCaseNumber(number)
        const places = [...written.matchAll(/\d/g)].map((match) => match.index)
        const [a, b] = [places[at]!, places[at + 1]!]
        fc.pre(written[a] !== written[b])
        const letters = [...written]
        letters[a] = written[b]!
        letters[b] = written[a]!
        expect(readCaseNumber(letters.join('')).ok).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('never makes the reader fail, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite', maxLength: 40 }), (typed) => {
        expect(typeof readCaseNumber(typed).ok).toBe('boolean')
      }),
    )
  })

  const digit = caseNumberCheckDigit({ prefix: 'BPA', year: 2026, serial: 17 })
  test.each([
    ['as in the letter', `BPA-2026-000017-${digit}`],
    ['in lower case with blanks', ` bpa 2026 000017 ${digit} `],
    ['without dashes', `BPA2026000017${digit}`],
    ['with the letter O for noughts', `BPA-2O26-OOOO17-${digit}`],
    ['with I and l for ones', `bpa-2026-0000I7-${digit}`],
    ['with the long dashes of a word processor', `BPA–2026–000017–${digit}`],
  ])('is understood %s', (_how, typed) => {
    expect(readCaseNumber(typed)).toEqual({ ok: true, number: `BPA-2026-000017-${digit}` })
  })

  test.each([
    ['', 'empty'],
    ['   -- ', 'empty'],
    ['hallo', 'no-case-number'],
    ['BPA-2026-000000-0', 'no-case-number'],
    ['12026-000017-4', 'no-case-number'],
    [`BPA-2026-000017-${(digit + 1) % 10}`, 'check-digit'],
  ])('%j is told to be %s', (typed, reason) => {
    expect(readCaseNumber(typed)).toEqual({ ok: false, reason })
  })
})
