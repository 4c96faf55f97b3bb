import { describe, expect, it } from 'vitest'
import { isId, queryChoice, queryDate, queryEntry, queryPage, queryString, queryText } from './query.ts'

const at = (value: unknown) => ({ query: { name: value, seite: value } })

describe('what stands behind the question mark', () => {
  it.each([
    ['gespeichert', 'Gespeichert.'],
    ['constructor', null],
    ['__proto__', null],
    ['', null],
  ])('"%s" is found where it is in the table, and never in what every table has', (value, found) => {
    expect(queryEntry(at(value), 'name', { gespeichert: 'Gespeichert.' })).toBe(found)
  })

  it.each([
    ['21.11.2026', '2026-11-21'],
    ['1.2.2026', '2026-02-01'],
    ['21/11/2026', '2026-11-21'],
    ['21. 11. 2026', '2026-11-21'],
    ['2026-11-21', '2026-11-21'],
  ])('%s is a day', (typed, day) => {
    expect(String(queryDate(at(typed), 'name').date)).toBe(day)
  })

  it.each([
    '30.2.2026',
    '2026-02-30',
    'gestern',
    '2026-11-21[u-ca=islamic]',
    '+275760-09-13',
    '-000001-01-01',
    '0000-01-01',
    '20261121',
    '2026-11-21T10:00',
  ])('%s is none, and what was typed is kept', (typed) => {
    expect(queryDate(at(typed), 'name')).toEqual({ date: null, wrong: true, typed })
  })

  it('nothing typed is no day and no mistake', () => {
    expect(queryDate({ query: {} }, 'name')).toEqual({ date: null, wrong: false, typed: '' })
  })

  it.each([['3', 3], ['0', 1], ['-1', 1], ['1e9', 1], ['99999999', 1], [['2', '3'], 1], [undefined, 1]])('page %j is page %i', (typed, page) => {
    expect(queryPage(at(typed))).toBe(page)
  }) // prettier-ignore

  it('choices, texts, ids and the way back into an address', () => {
    expect(queryChoice(at('b'), 'name', ['a', 'b'])).toBe('b')
    expect(queryChoice(at('c'), 'name', ['a', 'b'])).toBeNull()
    expect(queryText(at(' x '), 'name')).toBe('x')
    expect(queryString({ q: 'a b', leer: '', null: null, seite: 2 })).toBe('?q=a+b&seite=2')
    expect(isId('01900000-0000-7000-8000-000000000000')).toBe(true)
    expect(isId("'; drop table")).toBe(false)
  })
})
