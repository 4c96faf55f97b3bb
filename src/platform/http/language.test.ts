import { expect, it } from 'vitest'
import { languageOf } from './request.ts'

it.each([
  ['', 'de'],
  ['*', 'de'],
  ['fr', 'de'],
  ['de', 'de'],
  ['en', 'en'],
  ['EN-us', 'en'],
  ['en-GB,en;q=0.9,de;q=0.8', 'en'],
  ['de-AT, en', 'de'],
  ['fr, en;q=0.9', 'en'],
  ['de;q=0.5, en;q=0.9', 'en'],
  ['en;q=0, de', 'de'],
  ['en;q=0', 'de'],
  ['en;q=x', 'de'],
  ['energy', 'de'],
  // What stands for all that is not named.
  ['de;q=0, *', 'en'],
  ['en;q=0.5, *', 'de'],
  ['en, *;q=0.5', 'en'],
] as const)('%s: %s', (header, locale) => expect(languageOf(header)).toBe(locale))

it('twenty languages are read, and nobody has more', () => {
  expect(languageOf(`${'fr,'.repeat(19)}en`)).toBe('en')
  expect(languageOf(`${'fr,'.repeat(500)}en`)).toBe('de')
})
