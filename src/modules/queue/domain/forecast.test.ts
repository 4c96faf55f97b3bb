import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backtest, countersFor, forecast, nextMonday, quantile, type HourCount } from './forecast.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
/** A Monday. */
const MONDAY = day('2030-03-18')
const never = () => false
const at = (date: Temporal.PlainDate, hour: number, people: number, minutes = 10): HourCount => ({
  day: date,
  hour,
  people,
  visits: people,
  handledMinutes: people * minutes,
})
/** So many came at nine on the Mondays before, the last one first. */
const mondays = (...people: number[]) => people.map((count, week) => at(MONDAY.subtract({ weeks: week + 1 }), 9, count))

describe('how many come next week', () => {
  it('is the median of the same hour and weekday, with the range of most of them', () => {
    const [nine] = forecast(mondays(10, 12, 14, 16, 100), [MONDAY], never)
    expect(nine).toMatchObject({ hour: 9, people: 14, low: 10.8, counters: 3 })
    expect(nine!.high).toBeCloseTo(66.4)
  })

  it('says nothing of what happened less than three times', () => {
    expect(forecast(mondays(10, 12), [MONDAY], never)).toEqual([])
  })

  it('leaves out days on which nobody could come, behind and ahead', () => {
    const holiday = MONDAY.subtract({ weeks: 1 })
    const shut = (one: Temporal.PlainDate) => one.equals(holiday)
    expect(forecast(mondays(0, 12, 12, 12), [MONDAY], shut)[0]).toMatchObject({ people: 12, low: 12 })
    expect(forecast(mondays(12, 12, 12), [MONDAY], (one) => one.equals(MONDAY))).toEqual([])
  })

  it('looks eight weeks back and no further', () => {
    expect(forecast(mondays(5, 5, 5, 5, 5, 5, 5, 5, 900, 900), [MONDAY], never)[0]).toMatchObject({ high: 5 })
  })

  it('an hour in which nobody came on a day that was open counts as none', () => {
    const history = [...mondays(8, 8, 8), at(MONDAY.subtract({ weeks: 1 }), 15, 6)]
    expect(forecast(history, [MONDAY], never).find(({ hour }) => hour === 15)).toMatchObject({ people: 0, low: 0 })
  })

  it('lies within what has been, in its order, for every past', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 500 }), { minLength: 3, maxLength: 8 }), (people) => {
        for (const { low, people: middle, high } of forecast(mondays(...people), [MONDAY], never)) {
          expect(low).toBeGreaterThanOrEqual(Math.min(...people))
          expect(high).toBeLessThanOrEqual(Math.max(...people))
          expect(low <= middle && middle <= high).toBe(true)
        }
      }),
    )
  })
})

describe('counters that are needed', () => {
  it.each([
    [0, 10, 0],
    [1, 10, 1],
    // 51 minutes are what one counter has in an hour.
    [5.1, 10, 1],
    [5.2, 10, 2],
    [30, 17, 10],
  ])('%d visits of %d minutes an hour: %d', (visits, minutes, counters) => {
    expect(countersFor(visits, minutes)).toBe(counters)
  })

  it('nobody is busier than the hour allows, and one counter less would not do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 120 }), (visits, minutes) => {
        const counters = countersFor(visits, minutes)
        expect(visits * minutes).toBeLessThanOrEqual(counters * 51 + 1e-6)
        expect(visits * minutes).toBeGreaterThan((counters - 1) * 51)
      }),
    )
  })
})

describe('how far it was off', () => {
  const steady = Array.from({ length: 8 }, (_, week) => at(MONDAY.subtract({ weeks: week + 1 }), 9, 10))

  it('not at all where every week is the same', () => {
    expect(backtest([...steady, at(MONDAY, 9, 10)], [MONDAY], never)).toMatchObject([
      { came: 10, expected: 10, error: 0, naiveError: 0 },
    ])
  })

  it('an outlier of last week misleads "as last week" and not the median', () => {
    const history = [at(MONDAY, 9, 10), at(MONDAY.subtract({ weeks: 1 }), 9, 30), ...steady.slice(1)]
    expect(backtest(history, [MONDAY], never)).toMatchObject([{ error: 0, naiveError: 200 }])
  })

  it('knows nothing of the week that it is tried on', () => {
    const surprise = [...steady, at(MONDAY, 9, 20), at(MONDAY, 10, 5)]
    expect(backtest(surprise, [MONDAY], never)).toMatchObject([{ came: 25, expected: 10, error: 60 }])
  })
})

it('the next week begins on the Monday after today', () => {
  expect(['2030-03-13', '2030-03-17', '2030-03-18'].map((one) => String(nextMonday(day(one))))).toEqual([
    '2030-03-18',
    '2030-03-18',
    '2030-03-25',
  ])
})

it('quantiles lie between the values as those of the database do', () => {
  expect([0, 0.1, 0.5, 0.9, 1].map((part) => quantile([4, 1, 3, 2], part))).toEqual([1, 1.3, 2.5, 3.7, 4])
})
