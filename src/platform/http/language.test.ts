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
  [`${'en;q=0.1,'.repeat(500)}de;q=0.2`, 'de'],
] as const)('%.40s: %s', (header, locale) => expect(languageOf(header)).toBe(locale))
