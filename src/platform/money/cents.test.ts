import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centsFromDecimal, centsFromTyped, decimalFromCents } from './cents.ts'

describe('amounts of machines', () => {
  it.each([
    ['0', 0],
    ['12', 1200],
    ['12.3', 1230],
    ['12.30', 1230],
    ['12.34', 1234],
    ['12.34000', 1234],
    ['0012.5', 1250],
    ['0.29', 29],
    ['-7.05', -705],
    ['12.', 1200],
  ])('%s is %i cents', (text, cents) => {
    expect(centsFromDecimal(text)).toBe(cents)
  })

  it.each(['', ' ', '12,34', '12.345', '1e3', '0x10', '1.2.3', '--1', '99999999999999', 'NaN', '１２'])(
    '"%s" is none',
    (text) => {
      expect(centsFromDecimal(text)).toBeNull()
    },
  )

  it('goes there and back without losing a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), (cents) => {
        expect(centsFromDecimal(decimalFromCents(cents))).toBe(cents)
      }),
    )
  })
})

describe('amounts as people type them', () => {
  it.each([
    ['30', 3000],
    ['30,5', 3050],
    ['30,50', 3050],
    ['30.50', 3050],
    ['1.234', 123400],
    ['1,234', 123400],
    ['1.234,56', 123456],
    ['1,234.56', 123456],
    ['1.234.567,89', 123456789],
    ['12 €', 1200],
    ['1 234,56 EUR', 123456],
    ['-5,00', -500],
  ])('%s is %i cents', (text, cents) => {
    expect(centsFromTyped(text)).toBe(cents)
  })

  it.each(['', 'zwölf', '12,345,6', '1.23.456', '1234.567,00', '12,3456', '1.2,3.4', ','])(
    '"%s" is asked for again',
    (text) => {
      expect(centsFromTyped(text)).toBeNull()
    },
  )
})
