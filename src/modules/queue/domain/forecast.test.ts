import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backtest, countersFor, forecast, nextMonday, quantile, together, type HourCount } from './forecast.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
/** A Monday. */
const MONDAY = day('2030-03-18')
const never = () => false
const at = (date: Temporal.PlainDate, hour: number, people: number, minutes = 10): HourCount => ({
  office: 'rathaus',
  day: date,
  hour,
  walkInPeople: people,
  walkInVisits: people,
  bookedPeople: 0,
  bookedVisits: 0,
  handledMinutes: people * minutes,
})
const past = (history: readonly HourCount[], isShut: (one: Temporal.PlainDate) => boolean = never) => ({
  history,
  isShut,
})
/** So many came at nine on the Mondays before, the last one first. */
const mondays = (...people: number[]) => people.map((count, week) => at(MONDAY.subtract({ weeks: week + 1 }), 9, count))

describe('how many come next week', () => {
  it('is the median of the same hour and weekday, with the range of most of them', () => {
    const [nine] = forecast(past(mondays(10, 12, 14, 16, 100)), [MONDAY])
    expect(nine).toMatchObject({ hour: 9, people: 14, low: 10.8, counters: 3 })
    expect(nine!.high).toBeCloseTo(66.4)
  })

  it('says nothing of what happened less than three times', () => {
    expect(forecast(past(mondays(10, 12)), [MONDAY])).toEqual([])
  })

  it('leaves out days on which nobody could come, behind and ahead', () => {
    const holiday = MONDAY.subtract({ weeks: 1 })
    const shut = (one: Temporal.PlainDate) => one.equals(holiday)
    expect(forecast(past(mondays(0, 12, 12, 12), shut), [MONDAY])[0]).toMatchObject({ people: 12, low: 12 })
    expect(
      forecast(
        past(mondays(12, 12, 12), (one) => one.equals(MONDAY)),
        [MONDAY],
      ),
    ).toEqual([])
  })

  it('looks eight weeks back and no further', () => {
    expect(forecast(past(mondays(5, 5, 5, 5, 5, 5, 5, 5, 900, 900)), [MONDAY])[0]).toMatchObject({ high: 5 })
  })

  it('an hour in which nobody came on a day that was open counts as none', () => {
    const history = [...mondays(8, 8, 8), at(MONDAY.subtract({ weeks: 1 }), 15, 6)]
    expect(forecast(past(history), [MONDAY]).find(({ hour }) => hour === 15)).toMatchObject({ people: 0, low: 0 })
  })

  it('lies within what has been, in its order, for every past', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 500 }), { minLength: 3, maxLength: 8 }), (people) => {
        for (const { low, people: middle, high } of forecast(past(mondays(...people)), [MONDAY])) {
          expect(low).toBeGreaterThanOrEqual(Math.min(...people))
          expect(high).toBeLessThanOrEqual(Math.max(...people))
          expect(low <= middle && middle <= high).toBe(true)
        }
      }),
    )
  })
})

describe('appointments of next week', () => {
  const usual = mondays(6, 6, 6).map((one) => ({ ...one, bookedPeople: 4, bookedVisits: 4, handledMinutes: 100 }))
  const booked = (visits: number, minutes: number) => ({ day: MONDAY, hour: 9, visits, people: visits, minutes })

  it('stand beside those who come without, and count by their own time', () => {
    expect(forecast(past(usual), [MONDAY], [booked(9, 180)])).toMatchObject([
      { walkIns: 6, booked: 9, usuallyBooked: 4, people: 15, counters: countersFor(6 * 10 + 180) },
    ])
  })

  it('that are still to be booked are expected as in other weeks', () => {
    expect(forecast(past(usual), [MONDAY], [booked(1, 30)])).toMatchObject([
      { booked: 1, people: 10, counters: countersFor((6 + 3) * 10 + 30) },
    ])
  })

  it('are known where nothing else is', () => {
    expect(forecast(past([]), [MONDAY], [booked(2, 60)])).toMatchObject([{ walkIns: 0, people: 2, counters: 2 }])
  })

  it('need no counter on a day on which the office is closed', () => {
    const closed = past(usual, (one) => one.equals(MONDAY))
    expect(forecast(closed, [MONDAY], [booked(2, 60)])).toMatchObject([{ booked: 2, people: 0, counters: 0 }])
  })
})

it('offices together need the counters of each, and are seldom all full at once', () => {
  const one = forecast(past(mondays(10, 14, 18)), [MONDAY])
  const [both] = together([one, one])
  expect(both).toMatchObject({ walkIns: 28, people: 28, counters: 2 * one[0]!.counters })
  expect(both!.high - 28).toBeCloseTo((one[0]!.high - 14) * Math.SQRT2)
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
    expect(countersFor(visits * minutes)).toBe(counters)
  })

  it('nobody is busier than the hour allows, and one counter less would not do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 120 }), (visits, minutes) => {
        const counters = countersFor(visits * minutes)
        expect(visits * minutes).toBeLessThanOrEqual(counters * 51 + 1e-6)
        expect(visits * minutes).toBeGreaterThan((counters - 1) * 51)
      }),
    )
  })
})

describe('how far it was off', () => {
  const steady = Array.from({ length: 8 }, (_, week) => at(MONDAY.subtract({ weeks: week + 1 }), 9, 10))

  it('not at all where every week is the same', () => {
    expect(backtest([past([...steady, at(MONDAY, 9, 10)])], [MONDAY])).toMatchObject([
      { came: 10, expected: 10, error: 0, naiveError: 0 },
    ])
  })

  it('an outlier of last week misleads "as last week" and not the median', () => {
    const history = [at(MONDAY, 9, 10), at(MONDAY.subtract({ weeks: 1 }), 9, 30), ...steady.slice(1)]
    expect(backtest([past(history)], [MONDAY])).toMatchObject([{ error: 0, naiveError: 200 }])
  })

  it('knows nothing of the week that it is tried on', () => {
    const surprise = [...steady, at(MONDAY, 9, 20), at(MONDAY, 10, 5)]
    expect(backtest([past(surprise)], [MONDAY])).toMatchObject([{ came: 25, expected: 10, error: 60 }])
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
