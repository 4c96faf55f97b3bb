import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { searchQuery, searchWords, wordsOf } from './search-words.ts'

describe('a case is found by', () => {
  const words = searchWords({
    number: 'BPA-2026-000017-4',
    name: 'Jürgen Groß-Müller',
    email: 'j.mueller@example.org',
    telephone: '+497111234567',
    answers: {
      person: { familyName: 'Groß-Müller', birthDate: '1980-05-03', place: 'Musterstadt' },
      vehicle: { plate: 'S-AB 1234' },
      files: ['0197c2d0-0000-7000-8000-000000000000'],
      why: 'Ich habe den Wagen wegen eines Wasserschadens in der Tiefgarage erst am Montag zulassen können.',
    },
  })
  test.each([
    'bpa20260000174',
    '000017',
    'jurgen',
    'gross',
    'muller',
    'example',
    '497111234567',
    'sab1234',
    '1234',
    'wasserschadens',
  ])('%s', (word) => {
    expect(words).toContain(word)
  })
  test.each(['musterstadt', '1980', '05', '0197c2d0', 'ich', 'der'])('but not by %s', (word) => {
    expect(words).not.toContain(word)
  })
})

it('a novel among the answers does not fill the index, and takes no place from the rest', () => {
  const novel = Array.from({ length: 2000 }, (_, at) => `wort${at}`).join(' ')
  const words = searchWords({
    number: 'X-2030-000001-1',
    name: 'Anna',
    email: 'a@b.example',
    answers: { novel, plate: 'S-AB 1234' },
  })
  expect(words).toHaveLength(200)
  expect(words).toEqual(expect.arrayContaining(['anna', 'sab1234', 'wort0']))
})

test.each([
  ['Müller', "'muller':*"],
  ['müller anna', "'muller':* & 'anna':*"],
  ['S-AB 1234', "('ab' & '1234':*) | 'sab1234':*"],
  ['BPA-2026-000017-4', "('bpa':* & '2026':* & '000017':*) | 'bpa20260000174':*"],
  ["'; drop table --", "'drop':* & 'table':*"],
  ['& | ! ( ) :*', null],
  ['', null],
])('somebody types %j and the database is asked %j', (typed, query) => {
  expect(searchQuery(typed)).toBe(query)
})

it('gives only letters and digits to the database, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-composite', maxLength: 40 }), (typed) => {
      for (const word of wordsOf(typed)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
    }),
  )
})
