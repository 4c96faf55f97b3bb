import { expect, test } from 'vitest'
import { typedName, wrongWithName } from './person-name.ts'

test.each([
  ['Ida Becker', null],
  ['Özgür Çelik-Łuczak', null],
  ['李明', null],
  ['محمد', null],
  ['מֹשֶׁה כ״ץ', null],
  ['Ελένη Παπαδοπούλου', null],
  ["Наталя В'юн", null],
  ['ณัฐวุฒิ', null],
  ['Nguye\u0302\u0303n Thị Ánh', null],
  ['Seán O’Neil-D’Arcy, Jr.', null],
  ['O', null],
  // Persian needs the mark that keeps two letters apart.
  ['می\u200cخواهم', null],
  ['', 'missing'],
  ['   ', 'missing'],
  ['\u200b', 'missing'],
  ['😀', 'missing'],
  ['A\nBcc: x@example.org', 'unreadable'],
  ['Ida\u0007', 'unreadable'],
  ['Ida\u2028Becker', 'unreadable'],
  ['\u202eadI', 'unreadable'],
  ['Ida\u2066', 'unreadable'],
] as const)('%j: %s', (name, wrong) => expect(wrongWithName(name)).toBe(wrong))

test.each([
  [' Ida Becker ', 'Ida Becker'],
  ['\u2068Ida Becker\u2069', 'Ida Becker'],
  ['\u202aمحمد\u202c', 'محمد'],
  ['Ida\tBecker', 'Ida Becker'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['Ida\nBecker', 'Ida\nBecker'],
])('%j is pasted as %j', (typed, name) => expect(typedName(typed)).toBe(name))
