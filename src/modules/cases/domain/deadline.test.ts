import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { endOfDay, isWorkingDay, lastDayOf, nextWorkingDay, workingDaysLeft, type Period } from './deadline.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('a working day in Baden-Württemberg', () => {
  test.each([
    ['2026-11-20', true, 'a Friday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-01-06', false, 'Epiphany, a holiday here'],
    ['2026-06-04', false, 'Corpus Christi'],
    ['2028-11-01', false, 'All Saints on a Wednesday'],
    ['2025-10-31', true, 'Reformation Day: free for schools only'],
    ['2026-11-18', true, 'Repentance Day is none here'],
    ['2027-12-24', true, 'Christmas Eve is a working day by law'],
    ['2026-12-25', false, 'Christmas Day'],
    ['2026-04-03', false, 'Good Friday'],
    ['2026-04-06', false, 'Easter Monday'],
  ])('%s: %s (%s)', (date, expected) => {
    expect(isWorkingDay(day(date))).toBe(expected)
  })
})

describe('a period ends', () => {
  test.each<[string, Period, string, string, string]>([
    ['the day of the event does not count (BGB § 187)', { days: 14 }, '2026-11-02', '2026-11-16', 'Monday to Monday'],
    ['a Saturday moves to Monday (BGB § 193)', { days: 5 }, '2026-11-16', '2026-11-23', ''],
    ['a Sunday moves to Monday (BGB § 193)', { days: 6 }, '2026-11-16', '2026-11-23', ''],
    ['Good Friday moves past Easter', { days: 14 }, '2026-03-20', '2026-04-07', ''],
    ['Christmas Day 2026 moves to the 28th', { days: 14 }, '2026-12-11', '2026-12-28', ''],
    ['a week ends on the day of the same name (BGB § 188 (2))', { weeks: 2 }, '2026-11-04', '2026-11-18', ''],
    ['a month ends on the day of the same number', { months: 1 }, '2026-09-14', '2026-10-14', ''],
    ['a month without that day ends on its last (BGB § 188 (3))', { months: 1 }, '2027-08-31', '2027-09-30', ''],
    ['from 31 January to the end of February, a Sunday, so 1 March', { months: 1 }, '2027-01-31', '2027-03-01', ''],
    ['from 29 January 2028 to 29 February', { months: 1 }, '2028-01-29', '2028-02-29', ''],
    ['a year and a day of leap', { months: 12 }, '2028-02-29', '2029-02-28', ''],
    ['ten working days skip two weekends', { workingDays: 10 }, '2026-11-02', '2026-11-16', ''],
    ['working days skip Epiphany', { workingDays: 3 }, '2026-01-02', '2026-01-08', ''],
    ['working days over Christmas and New Year', { workingDays: 6 }, '2026-12-23', '2027-01-04', ''],
    ['working days count from a Sunday, too', { workingDays: 1 }, '2026-11-22', '2026-11-23', ''],
    ['across the clock change in March', { days: 7 }, '2026-03-26', '2026-04-02', ''],
    ['across the clock change in October', { days: 7 }, '2026-10-22', '2026-10-29', ''],
    ['no working days: the day itself, or the next one', { workingDays: 0 }, '2026-11-21', '2026-11-23', ''],
  ])('%s', (_what, period, event, expected) => {
    expect(lastDayOf(period, day(event)).toString()).toBe(expected)
  })

  const dates = fc.integer({ min: 0, max: 3650 }).map((days) => day('2024-01-01').add({ days }))

  it('always on a working day, never before it began', () => {
    fc.assert(
      fc.property(dates, fc.nat(60), (event, length) => {
        for (const period of [{ days: length }, { workingDays: length }, { weeks: length }, { months: length % 24 }]) {
          const last = lastDayOf(period, event)
          expect(isWorkingDay(last)).toBe(true)
          expect(Temporal.PlainDate.compare(last, event)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('with as many working days left as it has', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (event, length) => {
        expect(workingDaysLeft(event, lastDayOf({ workingDays: length }, event))).toBe(length)
      }),
    )
  })

  it('later when it is longer', () => {
    fc.assert(
      fc.property(dates, fc.nat(60), (event, length) => {
        const shorter = lastDayOf({ days: length }, event)
        const longer = lastDayOf({ days: length + 1 }, event)
        expect(Temporal.PlainDate.compare(longer, shorter)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('the end of a day in the city', () => {
  test.each([
    ['2026-11-21', '2026-11-21T23:00:00Z', 'winter'],
    ['2026-07-01', '2026-07-01T22:00:00Z', 'summer'],
    ['2026-03-28', '2026-03-28T23:00:00Z', 'before the short day'],
    ['2026-03-29', '2026-03-29T22:00:00Z', 'the day with 23 hours'],
    ['2026-10-25', '2026-10-25T23:00:00Z', 'the day with 25 hours'],
  ])('%s ends at %s (%s)', (date, instant) => {
    expect(endOfDay(day(date), 'Europe/Berlin').toString()).toBe(instant)
  })
})

test('working days that have passed are counted below zero', () => {
  expect(workingDaysLeft(day('2026-11-23'), day('2026-11-19'))).toBe(-2)
  expect(workingDaysLeft(day('2026-11-23'), day('2026-11-23'))).toBe(0)
})

test('the next working day after the holidays of 2026 and 2027 is 28 December', () => {
  expect(nextWorkingDay(day('2026-12-25')).toString()).toBe('2026-12-28')
})
