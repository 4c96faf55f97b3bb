import { describe, expect, it } from 'vitest'
import { holidayOn } from '#platform/time/holidays.ts'
import { holidaysAhead } from './holidays.ts'
import { hoursOn, openState, week, type Hours } from './hours.ts'

const HOURS: Hours[] = [
  { day: 1, from: '08:00', to: '13:00' },
  { day: 2, from: '14:00', to: '16:00' },
  { day: 2, from: '08:00', to: '13:00' },
  { day: 4, from: '08:00', to: '18:00' },
]
const isHoliday = (day: Temporal.PlainDate) => holidayOn(day) !== null
const at = (text: string) => openState(HOURS, Temporal.PlainDateTime.from(text), isHoliday)

describe('an office and its opening hours', () => {
  it.each([
    ['Monday at eight', '2026-11-23T08:00', { open: true, until: '13:00' }],
    ['Monday at 12:59', '2026-11-23T12:59', { open: true, until: '13:00' }],
    ['Tuesday in the second half', '2026-11-24T14:30', { open: true, until: '16:00' }],
  ])('%s it is open', (_, time, state) => {
    expect(at(time)).toEqual(state)
  })

  it.each([
    ['before it opens, it says today', '2026-11-23T07:59', '2026-11-23', '08:00'],
    ['at the closing minute, the next day', '2026-11-23T13:00', '2026-11-24', '08:00'],
    ['between the halves of a day, the second half', '2026-11-24T13:30', '2026-11-24', '14:00'],
    ['on Friday, the next Monday', '2026-11-27T10:00', '2026-11-30', '08:00'],
    ['on 1 January 2026, a Thursday, the next Monday', '2026-01-01T10:00', '2026-01-05', '08:00'],
    ['on Monday evening before Epiphany, Thursday', '2026-01-05T17:00', '2026-01-08', '08:00'],
  ])('is closed %s', (_, time, on, from) => {
    const state = at(time)
    if (state.open || !state.next) throw new Error('expected it to be closed for now')
    expect([state.next.on.toString(), state.next.from]).toEqual([on, from])
  })

  it('without any hours it does not open again', () => {
    expect(openState([], Temporal.PlainDateTime.from('2026-11-23T10:00'), isHoliday)).toEqual({
      open: false,
      next: null,
    })
  })

  it('the hours of a day come in their order, and a holiday has none', () => {
    const tuesday = Temporal.PlainDate.from('2026-11-24')
    expect(hoursOn(HOURS, tuesday, isHoliday).map((h) => h.from)).toEqual(['08:00', '14:00'])
    expect(hoursOn(HOURS, tuesday, () => true)).toEqual([])
  })

  it('the week leaves out a weekend that is always closed', () => {
    expect(week(HOURS).map((row) => row.day)).toEqual([1, 2, 3, 4, 5])
    expect(week([...HOURS, { day: 6, from: '09:00', to: '12:00' }]).map((row) => row.day)).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('public holidays of Baden-Württemberg', () => {
  it.each([
    ['2026-01-06', 'Heilige Drei Könige'],
    ['2026-06-04', 'Fronleichnam'],
    ['2026-11-01', 'Allerheiligen'],
    ['2026-10-03', 'Tag der Deutschen Einheit'],
  ])('%s is %s', (day, name) => {
    expect(holidayOn(Temporal.PlainDate.from(day), 'de')).toBe(name)
  })

  it.each(['2026-10-31', '2026-08-15', '2026-12-24', '2026-11-23'])('%s is a working day', (day) => {
    expect(holidayOn(Temporal.PlainDate.from(day), 'de')).toBeNull()
  })

  it('those ahead are named in the language of the page', () => {
    const ahead = holidaysAhead(Temporal.PlainDate.from('2026-12-20'), 20, 'en')
    expect(ahead.map(({ on, name }) => `${on.toString()} ${name}`)).toEqual([
      '2026-12-25 Christmas Day',
      '2026-12-26 Boxing Day',
      "2027-01-01 New Year's Day",
      '2027-01-06 Epiphany',
    ])
  })
})
