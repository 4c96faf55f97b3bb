import { expect, test } from 'vitest'
import { wrongWithName } from './person-name.ts'

test.each([
  ['Ida Becker', null],
  ['Özgür Çelik-Łuczak', null],
  ['李明', null],
  ['محمد', null],
  // Persian needs the mark that keeps two letters apart.
  ['می\u200cخواهم', null],
  ['', 'missing'],
  ['   ', 'missing'],
  ['\u200b', 'missing'],
  ['😀', 'missing'],
  ['A\nBcc: x@example.org', 'unreadable'],
  ['Ida\u0007', 'unreadable'],
  ['\u202eadI', 'unreadable'],
  ['Ida\u2066', 'unreadable'],
] as const)('%j: %s', (name, wrong) => expect(wrongWithName(name)).toBe(wrong))
