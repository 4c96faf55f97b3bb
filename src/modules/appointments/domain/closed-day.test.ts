import { describe, expect, it } from 'vitest'
import { closedDays } from './closed-day.ts'
import type { OpeningRule } from './rule.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const time = (text: string) => Temporal.PlainTime.from(text)
/** Monday to Friday. */
const rule: OpeningRule = {
  id: 'one',
  team: 'buergeramt',
  firstDay: day('2030-01-01'),
  lastDay: null,
  days: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5], everyWeeks: 1 },
  hours: [{ from: time('08:00'), to: time('12:00') }],
  breaks: [],
  seats: { public: 1, centre: 0, 'walk-in': 0 },
  stepMinutes: 10,
  onHolidays: false,
  release: { weeksAhead: 8, at: time('08:00') },
}
const closure = (office: string | null) => ({
  office,
  firstDay: day('2030-04-16'),
  lastDay: day('2030-04-17'),
  reason: 'Umzug',
})
/** Monday before Good Friday 2030 to the Saturday after. */
const WEEK = Array.from({ length: 6 }, (_, i) => day('2030-04-15').add({ days: i }))
const reasons = (rules: readonly OpeningRule[], ...closures: readonly ReturnType<typeof closure>[]) =>
  closedDays('rathaus', [{ id: 'buergeramt', office: 'rathaus' }], { rules, closures }, WEEK, 'de').map((one) => [
    one.day.dayOfWeek,
    one.reason,
  ])

describe('an office sees nobody', () => {
  it('on its closing days and those of the city, on holidays, and on days without opening hours', () => {
    const week = [
      [2, 'Umzug'],
      [3, 'Umzug'],
      [5, 'Karfreitag'],
      [6, null],
    ]
    expect(reasons([rule], closure('rathaus'))).toEqual(week)
    expect(reasons([rule], closure(null))).toEqual(week)
  })

  it('but is open on a holiday for which a rule was made, and while another office is closed', () => {
    expect(reasons([{ ...rule, onHolidays: true }], closure('elsewhere'))).toEqual([[6, null]])
  })

  it('whose hours nobody wrote down is closed on holidays alone', () => {
    expect(reasons([])).toEqual([[5, 'Karfreitag']])
  })
})
