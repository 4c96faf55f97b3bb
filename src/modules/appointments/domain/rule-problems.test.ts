import { describe, expect, test } from 'vitest'
import { newId } from '#platform/db/id.ts'
import type { OpeningRule, Span } from './rule.ts'
import { openingsByDay } from './plan.ts'
import { daysOpenedBy, problemsOf, tooShortFor, type RuleSetting } from './rule-problems.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const span = (text: string): Span => {
  const [from, to] = text.split('-').map((time) => Temporal.PlainTime.from(time))
  return { from: from!, to: to! }
}
/** Weekdays from 8 to 12; 7 January 2030 is a Monday. */
const rule = (more: Partial<OpeningRule> = {}): OpeningRule => ({
  id: newId(),
  team: 't',
  firstDay: day('2030-01-07'),
  lastDay: null,
  days: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5], everyWeeks: 1 },
  hours: [span('08:00-12:00')],
  breaks: [],
  seats: { public: 2, centre: 0, 'walk-in': 0 },
  stepMinutes: 15,
  onHolidays: false,
  release: { weeksAhead: 4, at: Temporal.PlainTime.from('07:00') },
  ...more,
})
const setting = (more: Partial<RuleSetting> = {}): RuleSetting => ({
  today: day('2030-01-01'),
  isNew: true,
  overMidnight: false,
  others: [],
  ...more,
})
const found = (more: Partial<OpeningRule>, set: Partial<RuleSetting> = {}) =>
  problemsOf(rule(more), setting(set)).map(({ field, problem }) => `${field}: ${problem}`)

describe('a rule that contradicts itself is refused at its field', () => {
  test.each<[string, Partial<OpeningRule>, Partial<RuleSetting>, string[]]>([
    ['nothing is wrong', {}, {}, []],
    ['no weekday', { days: { kind: 'weekly', weekdays: [], everyWeeks: 1 } }, {}, ['weekdays: no-day']],
    ['every 0 weeks', { days: { kind: 'weekly', weekdays: [1], everyWeeks: 0 } }, {}, ['everyWeeks: every-weeks']],
    ['every half week', { days: { kind: 'weekly', weekdays: [1], everyWeeks: 0.5 } }, {}, ['everyWeeks: every-weeks']],
    ['last day before the first', { lastDay: day('2030-01-06') }, {}, ['lastDay: last-before-first']],
    ['begins in the past', { firstDay: day('2029-12-31') }, {}, ['firstDay: first-day-past']],
    ['began in the past, and is changed', { firstDay: day('2029-12-31') }, { isNew: false }, []],
    [
      'is over already',
      { firstDay: day('2029-01-01'), lastDay: day('2029-12-30') },
      { isNew: false },
      ['lastDay: last-day-past'],
    ],
    ['ended yesterday', { firstDay: day('2029-01-01'), lastDay: day('2029-12-31') }, { isNew: false }, []],
    ['a year with a digit too much', { firstDay: day('2130-01-07') }, {}, ['firstDay: far-day']],
    ['no hours', { hours: [] }, {}, ['hours: no-hours']],
    ['from after to', { hours: [span('12:00-08:00')] }, {}, ['hours: from-after-to']],
    ['from is to', { hours: [span('08:00-08:00')] }, { overMidnight: true }, ['hours: from-after-to']],
    ['over midnight, as meant', { hours: [span('22:00-02:00')] }, { overMidnight: true }, []],
    ['until midnight', { hours: [span('18:00-00:00')] }, {}, []],
    ['minutes beside the grid', { hours: [span('08:03-12:00')] }, {}, ['hours: off-grid']],
    ['hours that overlap', { hours: [span('08:00-12:00'), span('11:00-13:00')] }, {}, ['hours: hours-overlap']],
    [
      'a night that reaches into its own morning',
      { hours: [span('06:00-12:00'), span('20:00-08:00')] },
      { overMidnight: true },
      ['hours: hours-overlap'],
    ],
    ['a break outside', { breaks: [span('12:00-12:30')] }, {}, ['breaks: break-outside']],
    [
      'a break after midnight',
      { hours: [span('22:00-04:00')], breaks: [span('01:00-01:30')] },
      { overMidnight: true },
      [],
    ],
    ['nothing but a break', { breaks: [span('08:00-12:00')] }, {}, ['breaks: break-is-all']],
    ['a break from after to', { breaks: [span('10:00-09:00')] }, {}, ['breaks: from-after-to']],
    ['no seat', { seats: { public: 0, centre: 0, 'walk-in': 0 } }, {}, ['public: no-seat']],
    ['500 seats', { seats: { public: 500, centre: 0, 'walk-in': 0 } }, {}, ['public: too-many-seats']],
    ['less than no seat', { seats: { public: 2, centre: -1, 'walk-in': 0 } }, {}, ['public: too-many-seats']],
    ['a step of 7 minutes', { stepMinutes: 7 }, {}, ['step: step']],
    ['a step of 0 minutes', { stepMinutes: 0 }, {}, ['step: step']],
    [
      'released in two years',
      { release: { weeksAhead: 104, at: Temporal.PlainTime.from('07:00') } },
      {},
      ['weeksAhead: weeks-ahead'],
    ],
  ])('%s', (_, more, set, expected) => {
    expect(found(more, set)).toEqual(expected)
  })

  test('of several contradictions all are said', () => {
    expect(found({ hours: [], seats: { public: 0, centre: 0, 'walk-in': 0 }, lastDay: day('2030-01-01') })).toEqual([
      'lastDay: last-before-first',
      'hours: no-hours',
      'public: no-seat',
    ])
  })
})

describe('two rules of a team', () => {
  const other = rule({ days: { kind: 'weekly', weekdays: [1], everyWeeks: 2 }, hours: [span('10:00-14:00')] })

  test('may not open the same seats at the same time: the first such day is named', () => {
    const [clash] = problemsOf(rule(), setting({ others: [other] }))
    expect(clash).toMatchObject({ field: 'hours', problem: 'same-seats', audience: 'public' })
    expect(clash && 'day' in clash && clash.day.toString()).toBe('2030-01-07')
  })

  test('may open other seats, other hours or other weeks', () => {
    const centre = { public: 0, centre: 1, 'walk-in': 0 }
    expect(found({ seats: centre }, { others: [other] })).toEqual([])
    expect(found({ hours: [span('08:00-10:00')] }, { others: [other] })).toEqual([])
    const otherWeeks = { kind: 'weekly', weekdays: [1], everyWeeks: 2 } as const
    expect(found({ days: otherWeeks, firstDay: day('2030-01-14') }, { others: [other] })).toEqual([])
    expect(found({}, { others: [rule({ lastDay: day('2030-01-06'), firstDay: day('2029-01-01') })] })).toEqual([])
  })

  test('of which one reaches into the next morning are found out, too', () => {
    const night = rule({ days: { kind: 'weekly', weekdays: [7], everyWeeks: 1 }, hours: [span('22:00-09:00')] })
    expect(found({}, { others: [night] })).toEqual(['hours: same-seats'])
  })
})

test('in the night of the hour that does not exist, hours within it open nothing', () => {
  const nights = rule({ days: { kind: 'weekly', weekdays: [7], everyWeeks: 1 }, hours: [span('02:00-03:00')] })
  expect(problemsOf(nights, setting())).toEqual([])
  // The clock is put on in the night of 31 March 2030.
  const days = daysOpenedBy(nights, [], { from: day('2030-03-24'), days: 15 }).map((one) => one.day.toString())
  expect(days).toEqual(['2030-03-24', '2030-04-07'])
})

test('hours too short for any service are said to be, unless those of another rule go on with the same seats', () => {
  const services = [
    { slug: 'kurz', baseMinutes: 10, personMinutes: 10, maxPeople: 2, variants: ['in-person' as const] },
  ]
  const short = rule({ hours: [span('12:00-12:15')] })
  const judged = (...others: OpeningRule[]) => {
    const open = openingsByDay({ rules: [short, ...others], closures: [] }, { id: 't', office: '' })
    return tooShortFor(short, open(day('2030-01-07')), services)
  }
  expect(judged()).toBe(20)
  expect(judged(rule({ hours: [span('08:00-12:00')] }))).toBeNull()
  expect(judged(rule({ hours: [span('12:15-12:20')] }))).toBeNull()
  // Hours apart, other seats, another team.
  expect(judged(rule({ hours: [span('08:00-11:55')] }))).toBe(20)
  expect(judged(rule({ seats: { public: 0, centre: 2, 'walk-in': 2 } }))).toBe(20)
  expect(judged(rule({ team: 'other' }))).toBe(20)
})
