import { describe, expect, it } from 'vitest'
import { fold, wordsOf } from './fold.ts'

describe('what people type into the search', () => {
  it.each([
    ['Führungszeugnis', 'fuehrungszeugnis'],
    ['FUEHRUNGSZEUGNIS', 'fuehrungszeugnis'],
    ['Straße', 'strasse'],
    ['Café  am Markt!', 'cafe am markt'],
    ['Yılmaz', 'yılmaz'],
    ['§ 9 (PAuswG)', '9 pauswg'],
    ['u\u0308ber', 'ueber'],
    ['   ', ''],
  ])('%j is looked for as %j', (typed, folded) => {
    expect(fold(typed)).toBe(folded)
  })

  it('single letters and repeated words are not looked for', () => {
    expect(wordsOf('a Hund & Hund, b Katze')).toEqual(['Hund', 'Katze'])
  })

  it('a whole novel is cut to ten words', () => {
    expect(wordsOf(Array.from({ length: 5000 }, (_, i) => `wort${i}`).join(' ')).length).toBe(10)
  })

  it('operators of the database are only words', () => {
    expect(wordsOf("hund' | !katze:* & (maus)")).toEqual(['hund', 'katze', 'maus'])
  })
})
