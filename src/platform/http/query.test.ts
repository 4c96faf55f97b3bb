import { describe, expect, it } from 'vitest'
import { isId, queryChoice, queryDate, queryEntry, queryPage, queryPeriod, queryString, queryText } from './query.ts'

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

  it('a day is read as people type it, a period of what is over by the last such days', () => {
    const today = Temporal.PlainDate.from('2030-11-26')
    expect(String(queryDate(at('21.11.2026'), 'name').date)).toBe('2026-11-21')
    expect(queryDate(at('30.2.2026'), 'name')).toEqual({ date: null, wrong: 'no-such-day', typed: '30.2.2026' })
    expect(queryDate({ query: {} }, 'name')).toEqual({ date: null, wrong: null, typed: '' })
    const { from, until } = queryPeriod({ query: { von: '24.12.', bis: '5.1.' } }, today)
    expect([from.date, until.date].map(String)).toEqual(['2029-12-24', '2030-01-05'])
    // A month of which the end is still to come begins and ends in the same year.
    const month = queryPeriod({ query: { von: '1.11.', bis: '30.11.' } }, today)
    expect([month.from.date, month.until.date].map(String)).toEqual(['2030-11-01', '2030-11-30'])
    expect(String(queryPeriod({ query: { bis: '5.1.' } }, today).until.date)).toBe('2030-01-05')
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
