import { describe, expect, it } from 'vitest'
import { parseDay, readDay, type YearFrom } from './day.ts'

const on = (day: string, lean: YearFrom['lean']): YearFrom => ({ today: Temporal.PlainDate.from(day), lean })

describe('a day', () => {
  it.each([
    ['2028-02-29', true],
    ['2027-02-29', false],
    ['2026-02-30', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-1-1', false],
    ['1899-12-31', false],
    ['2200-01-01', false],
    ['2026-02-03T00:00:00Z', false],
  ])('%s exists: %s', (text, exists) => {
    expect(parseDay(text) !== null).toBe(exists)
  })

  it.each([
    ['21.11.2026', '2026-11-21'],
    ['1.2.2026', '2026-02-01'],
    ['27. 3. 1985', '1985-03-27'],
    [' 21. 11. 2026 ', '2026-11-21'],
    ['01/02/2026', '2026-02-01'],
    ['24-12-2030', '2030-12-24'],
    ['24 12 2030', '2030-12-24'],
    ['24.12.30', '2030-12-24'],
    ['2026-11-21', '2026-11-21'],
  ])('is typed as %s', (typed, day) => {
    expect(readDay(typed)).toEqual({ date: Temporal.PlainDate.from(day), wrong: null, typed: typed.trim() })
  })

  it.each([
    ['30.2.2026', 'no-such-day'],
    ['2026-02-30', 'no-such-day'],
    ['1.13.2026', 'no-such-day'],
    ['0000-01-01', 'no-such-day'],
    ['1.1.3026', 'no-such-day'],
    ['31.4.', 'unreadable'],
    ['gestern', 'unreadable'],
    ['2026-11-21[u-ca=islamic]', 'unreadable'],
    ['+275760-09-13', 'unreadable'],
    ['20261121', 'unreadable'],
    ['2026-11-21T10:00', 'unreadable'],
    ['24.12.130', 'unreadable'],
  ])('is not %s: %s, and what was typed is kept', (typed, wrong) => {
    expect(readDay(typed)).toEqual({ date: null, wrong, typed })
  })

  it('is not there, and nothing is wrong, where nothing was typed', () => {
    expect(readDay('  ')).toEqual({ date: null, wrong: null, typed: '' })
  })

  it.each([
    ['24.12.', on('2030-11-26', 'coming'), '2030-12-24'],
    ['24.12', on('2030-12-24', 'coming'), '2030-12-24'],
    ['5.1.', on('2030-11-26', 'coming'), '2031-01-05'],
    ['5.1.', on('2030-11-26', 'gone'), '2030-01-05'],
    ['24.12.', on('2030-11-26', 'gone'), '2029-12-24'],
    ['24. 12.', on('2031-01-05', 'nearest'), '2030-12-24'],
    ['24/12', on('2030-11-26', 'nearest'), '2030-12-24'],
    ['29.2.', on('2030-03-01', 'coming'), '2032-02-29'],
    ['29.2.', on('2099-01-01', 'coming'), '2104-02-29'],
    ['29.2.', on('2030-03-01', 'gone'), '2028-02-29'],
  ])('%s without a year: %o is %s', (typed, year, day) => {
    expect(String(readDay(typed, year).date)).toBe(day)
  })

  it('without a year may be none, too', () => {
    expect(readDay('31.4.', on('2030-01-01', 'coming')).wrong).toBe('no-such-day')
    expect(readDay('30.2', on('2030-01-01', 'nearest')).wrong).toBe('no-such-day')
  })
})
