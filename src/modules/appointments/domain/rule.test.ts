import { describe, expect, test } from 'vitest'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { instantOf } from './cells.ts'
import { holdsOn, openingsOn, type Days, type OpeningRule, type Span } from './rule.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const time = (text: string) => Temporal.PlainTime.from(text)
const span = (from: string, to: string): Span => ({ from: time(from), to: time(to) })

const rule = (more: Partial<OpeningRule> = {}): OpeningRule => ({
  id: 'a',
  team: 'buergerbuero',
  firstDay: day('2026-01-01'),
  lastDay: null,
  days: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5], everyWeeks: 1 },
  hours: [span('08:00', '12:00')],
  breaks: [],
  seats: { public: 2, centre: 1, 'walk-in': 0 },
  stepMinutes: 10,
  onHolidays: false,
  release: { weeksAhead: 4, at: time('07:00') },
  ...more,
})
const nothing = { isHoliday: () => false, isClosed: () => false }

/** Local times, so that they can be read. */
const opened = (one: OpeningRule, on: string, around = nothing) =>
  openingsOn(one, day(on), around).map(({ from, to }) =>
    [from, to]
      .map((cell) => instantOf(cell).toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDateTime().toString())
      .join(' – '),
  )

describe('on which days a rule holds', () => {
  const holds = (days: Days, ...dates: string[]) => dates.filter((date) => holdsOn(rule({ days }), day(date)))

  test('on weekdays', () => {
    const days: Days = { kind: 'weekly', weekdays: [2, 4], everyWeeks: 1 }
    expect(holds(days, '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05')).toEqual(['2026-03-03', '2026-03-05'])
  })

  test('every second week, counted from the week in which it began', () => {
    const days: Days = { kind: 'weekly', weekdays: [1], everyWeeks: 2 }
    // 1 January 2026 is a Thursday, of the week that began on 29 December.
    expect(holds(days, '2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26')).toEqual(['2026-01-12', '2026-01-26'])
  })

  test('on the first, the fifth and the last Saturday of a month', () => {
    const nth = (n: number): Days => ({ kind: 'monthly', weekday: 6, nth: n })
    const may = ['2026-05-02', '2026-05-09', '2026-05-16', '2026-05-23', '2026-05-30']
    expect(holds(nth(1), ...may)).toEqual(['2026-05-02'])
    expect(holds(nth(5), ...may)).toEqual(['2026-05-30'])
    expect(holds(nth(-1), ...may)).toEqual(['2026-05-30'])
    expect(holds(nth(5), '2026-06-27')).toEqual([])
    expect(holds(nth(-1), '2026-06-20', '2026-06-27')).toEqual(['2026-06-27'])
  })

  test('from its first to its last day', () => {
    const short = rule({ firstDay: day('2026-03-03'), lastDay: day('2026-03-04') })
    expect(
      ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].filter((date) => holdsOn(short, day(date))),
    ).toEqual(['2026-03-03', '2026-03-04'])
  })

  test('not on holidays, unless it says so, and not while the office is shut', () => {
    const holiday = { ...nothing, isHoliday: () => true }
    expect(opened(rule(), '2026-03-03', holiday)).toEqual([])
    expect(opened(rule({ onHolidays: true }), '2026-03-03', holiday)).toHaveLength(1)
    expect(opened(rule({ onHolidays: true }), '2026-03-03', { ...nothing, isClosed: () => true })).toEqual([])
  })
})

describe('what a day opens', () => {
  test('hours, with a break between', () => {
    expect(opened(rule({ hours: [span('08:00', '16:00')], breaks: [span('12:00', '13:30')] }), '2026-03-03')).toEqual([
      '2026-03-03T08:00:00 – 2026-03-03T12:00:00',
      '2026-03-03T13:30:00 – 2026-03-03T16:00:00',
    ])
  })

  test('an evening that goes on past midnight, with a break then', () => {
    const night = rule({ hours: [span('22:00', '02:00')], breaks: [span('00:30', '01:00')] })
    expect(opened(night, '2026-03-03')).toEqual([
      '2026-03-03T22:00:00 – 2026-03-04T00:30:00',
      '2026-03-04T01:00:00 – 2026-03-04T02:00:00',
    ])
  })

  test('breaks that cover everything leave nothing', () => {
    expect(opened(rule({ breaks: [span('07:00', '13:00')] }), '2026-03-03')).toEqual([])
  })

  test('an hour less and an hour more when the clock is changed', () => {
    const sundays = rule({ days: { kind: 'weekly', weekdays: [7], everyWeeks: 1 }, hours: [span('01:00', '05:00')] })
    const hours = (on: string) => openingsOn(sundays, day(on), nothing).map(({ from, to }) => (to - from) / 12)
    expect(hours('2026-03-22')).toEqual([4])
    expect(hours('2026-03-29')).toEqual([3])
    expect(hours('2026-10-25')).toEqual([5])
  })

  test('no hours within the hour that does not exist, and none that end after it because of it', () => {
    const sundays = (from: string, to: string) =>
      opened(rule({ days: { kind: 'weekly', weekdays: [7], everyWeeks: 1 }, hours: [span(from, to)] }), '2026-03-29')
    expect(sundays('02:10', '02:40')).toEqual([])
    expect(sundays('02:00', '03:00')).toEqual([])
    expect(sundays('01:00', '02:30')).toEqual(['2026-03-29T01:00:00 – 2026-03-29T03:00:00'])
    expect(sundays('02:30', '04:00')).toEqual(['2026-03-29T03:00:00 – 2026-03-29T04:00:00'])
  })

  test('a break of the evening before that goes on past midnight', () => {
    const early = rule({ hours: [span('00:00', '02:00')], breaks: [span('23:00', '00:30')] })
    expect(opened(early, '2026-03-03')).toEqual(['2026-03-03T00:30:00 – 2026-03-03T02:00:00'])
  })

  test('is released so many weeks before, at local time on either side of the change', () => {
    const [opening] = openingsOn(rule(), day('2026-04-01'), nothing)
    expect(opening!.releasedAt.toString()).toBe('2026-03-04T06:00:00Z')
    const [summer] = openingsOn(rule(), day('2026-05-04'), nothing)
    expect(summer!.releasedAt.toString()).toBe('2026-04-06T05:00:00Z')
  })
})
