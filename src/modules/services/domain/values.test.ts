import { describe, expect, test } from 'vitest'
import { normaliseIban, showIban } from './bank-account.ts'
import { normaliseMail } from './mail-address.ts'
import { cleanText } from './plain-text.ts'
import { readAddress } from './postal-address.ts'
import { normaliseTelephone } from './telephone.ts'

describe('a telephone number', () => {
  test.each([
    ['0711 / 123 45 67', '+497111234567'],
    ['(0711) 1234567', '+497111234567'],
    ['+49 (0)711 1234567', '+497111234567'],
    ['0049 711 1234567', '+497111234567'],
    ['0171-9876543', '+491719876543'],
    ['+43 1 58058', '+43158058'],
    ['110', null],
    ['123456', null],
    ['0711 CALL ME', null],
    ['+0711123456', null],
    ['00', null],
    ['0711 12345678901234', null],
  ])('%s is kept as %s', (typed, kept) => {
    expect(normaliseTelephone(typed)).toBe(kept)
  })
})

describe('a mail address', () => {
  test.each([
    ['Anna.Becker@Example.ORG', 'Anna.Becker@example.org'],
    [' a+b@müller.de ', 'a+b@müller.de'],
    ['anna@localhost', null],
    ['anna@@example.org', null],
    ['anna.@example.org', null],
    ['anna@example', null],
    ['anna@-example.org', null],
    ['an na@example.org', null],
    ['anna@example.1', null],
    ['anna@example.org\r\nBcc: all@example.org', null],
    [`${'a'.repeat(65)}@example.org`, null],
  ])('%j is kept as %j', (typed, kept) => {
    expect(normaliseMail(typed)).toBe(kept)
  })
})

describe('an IBAN', () => {
  test('is kept in electronic form and shown in groups of four', () => {
    expect(normaliseIban('de02 1203 0000 0000 2020 51')).toBe('DE02120300000000202051')
    expect(showIban('DE02120300000000202051')).toBe('DE02 1203 0000 0000 2020 51')
  })

  test.each([
    'DE03120300000000202051',
    'DE0212030000000020205',
    'XX00',
    '',
    'DE02 1203 0000 0000 2020 51 11',
    'ZZ02120300000000202051',
  ])('%j is none', (typed) => {
    expect(normaliseIban(typed)).toBeNull()
  })
})

describe('text', () => {
  test('is trimmed, composed and keeps its line breaks where lines are wanted', () => {
    expect(cleanText('  u\u0308ber\r\nuns ', 3)).toEqual({ ok: true, value: 'über\nuns' })
  })

  test.each([
    ['half a character', '\ud83d'],
    ['a control character', 'a\u0007b'],
    ['what a wrong encoding leaves', 'M\ufffdller'],
    ['signs that turn the direction of writing', 'a\u202eb'],
  ])('with %s cannot be kept', (_what, text) => {
    expect(cleanText(text, 1)).toEqual({ ok: false, problem: 'unreadable' })
  })

  test('of one line has no line break', () => {
    for (const text of ['a\nb', 'a\u2028b']) expect(cleanText(text, 1)).toEqual({ ok: false, problem: 'line-break' })
  })
})

describe('an address', () => {
  const good = { street: 'Lindenstraße', houseNumber: '12a', postcode: '70173', place: 'Musterstadt' }

  test('is kept with its four parts', () => {
    expect(readAddress({ ...good, street: ' Lindenstraße ' })).toEqual({ ok: true, kept: good, feel: good })
  })

  test.each([
    ['street', { street: '' }],
    ['street', { street: '12' }],
    ['houseNumber', { houseNumber: 'zwölf' }],
    ['postcode', { postcode: '7017' }],
    ['place', { place: null }],
    ['floor', { floor: '3' }],
  ])('a part that does not fit is named: %s', (at, part) => {
    const read = readAddress({ ...good, ...part })
    expect(read.ok ? [] : read.issues.map((issue) => issue.at)).toEqual([at])
  })

  test('of another shape is refused whole', () => {
    expect(readAddress('Lindenstraße 12a')).toMatchObject({ ok: false })
    expect(readAddress([good])).toMatchObject({ ok: false })
  })
})
