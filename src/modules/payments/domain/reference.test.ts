import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditorReference, isCreditorReference, paymentReference, referencesIn, spacedReference } from './reference.ts'

describe('creditor references (ISO 11649)', () => {
  it.each(['RF18539007547034', 'RF18 5390 0754 7034', 'RF712348231', 'RF45G72UUR', 'RF18000000000539007547034'])(
    'the published example %s is one',
    (reference) => expect(isCreditorReference(reference)).toBe(true),
  )

  it.each([
    'RF19539007547034',
    'RF18539007547043',
    'RF',
    'RF18',
    'XX18539007547034',
    'RF18 5390-0754',
    'RF001234567890123456789012',
    '',
  ])('%s is none', (reference) => expect(isCreditorReference(reference)).toBe(false))

  it('gives the check digits of the published examples', () => {
    expect(creditorReference('539007547034')).toBe('RF18539007547034')
    expect(creditorReference('2348231')).toBe('RF712348231')
    expect(creditorReference('G72UUR')).toBe('RF45G72UUR')
  })

  it('are right for every number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2999 }), fc.integer({ min: 0, max: 99_999_999 }), (year, n) => {
        expect(isCreditorReference(paymentReference(year, n))).toBe(true)
      }),
    )
  })

  it('show every single wrong digit and every swap of neighbours', () => {
    const digit = fc.integer({ min: 2, max: 13 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), digit, fc.integer({ min: 1, max: 9 }), (n, at, by) => {
        const reference = paymentReference(2026, n)
        const changed = [...reference]
        changed[at] = String((Number(changed[at]) + by) % 10)
        expect(isCreditorReference(changed.join(''))).toBe(false)
        const swapped = [...reference]
        ;[swapped[at], swapped[at - 1 < 2 ? at + 1 : at - 1]] = [swapped[at - 1 < 2 ? at + 1 : at - 1]!, swapped[at]!]
        if (swapped.join('') !== reference) expect(isCreditorReference(swapped.join(''))).toBe(false)
      }),
    )
  })

  it('stand in groups of four on paper', () => {
    expect(spacedReference('RF18539007547034')).toBe('RF18 5390 0754 7034')
  })
})

describe('finding a reference in a purpose line', () => {
  const reference = paymentReference(2026, 123)

  it.each([
    ['as it is', reference],
    ['with spaces', spacedReference(reference)],
    ['in small letters', reference.toLowerCase()],
    ['behind words', `Bewohnerparkausweis ${spacedReference(reference)} Becker`],
    ['stuck to words', `KASSENZEICHEN${reference}ANNABECKER`],
    ['stuck to a date', `${reference}21.11.2026`],
    ['broken over two lines', `${reference.slice(0, 7)}\n${reference.slice(7)}`],
    ['with a hyphen', `${reference.slice(0, 4)}-${reference.slice(4)}`],
    ['behind another RF', `RFRF ${reference}`],
  ])('%s', (_how, text) => expect(referencesIn(text)).toEqual([reference]))

  it('finds two, each once', () => {
    const other = paymentReference(2026, 124)
    expect(referencesIn(`${reference} und ${other}, nochmals ${reference}`)).toEqual([reference, other])
  })

  it('takes none with a mistyped digit', () => {
    const wrong = reference.slice(0, -1) + String((Number(reference.at(-1)) + 1) % 10)
    expect(referencesIn(wrong)).toEqual([])
  })

  it('finds any reference in any surroundings that hold no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.stringMatching(/^[a-z ,.-]{0,30}$/),
        fc.stringMatching(/^[a-z0-9 ,.-]{0,30}$/),
        (n, before, after) => {
          fc.pre(!/rf/i.test((before + after).replace(/[^a-z]/g, '')))
          const text = paymentReference(2026, n)
          expect(referencesIn(before + spacedReference(text) + after)).toContain(text)
        },
      ),
    )
  })
})
