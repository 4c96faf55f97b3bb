import { describe, expect, test } from 'vitest'
import { holdsOn, lastDayOf, type OpeningRule } from './rule.ts'
import { seatHours, seatsBeside, weekBeside, type DaysBeside } from './seats-beside.ts'
import { replacedBy, sideBySide, versionBefore, withoutVersion, withVersion } from './versions.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const time = (text: string) => Temporal.PlainTime.from(text)
const spans = (text: string) =>
  text.split(',').map((span) => {
    const [from, to] = span.split('-').map(time) as [Temporal.PlainTime, Temporal.PlainTime]
    return { from, to }
  })

const rule = (hours: string, more: Partial<OpeningRule> = {}): OpeningRule => ({
  id: 'a',
  team: 'buergerbuero',
  firstDay: day('2026-01-01'),
  lastDay: null,
  days: { kind: 'weekly', weekdays: [1, 2], everyWeeks: 1 },
  hours: spans(hours),
  breaks: [],
  seats: { public: 2, centre: 0, 'walk-in': 1 },
  stepMinutes: 10,
  onHolidays: false,
  release: { weeksAhead: 4, at: time('07:00') },
  ...more,
})
const stands = (rules: readonly OpeningRule[]) =>
  rules.map(
    (one) => `${one.inForce?.from?.toString() ?? ''} ${one.hours[0]!.from.hour} ${lastDayOf(one)?.toString() ?? ''}`,
  )

describe('versions of a rule', () => {
  const planned = sideBySide([
    { rule: rule('08:00-12:00'), from: null },
    { rule: rule('10:00-12:00'), from: day('2026-03-02') },
  ])

  test('hold one after the other, each until the day before the next', () => {
    expect(stands(planned)).toEqual([' 8 2026-03-01', '2026-03-02 10 '])
    const on = (date: string) =>
      planned.filter((one) => holdsOn(one, day(date))).map(({ hours }) => hours[0]!.from.hour)
    expect([on('2026-02-24'), on('2026-03-02')]).toEqual([[8], [10]])
  })

  test('a further one takes the place of those that begin no earlier, or leaves them where they are to stay', () => {
    const wanted = { rule: rule('09:00-12:00'), from: day('2026-02-02') }
    const keeps = { ...wanted, keepsLater: true }
    expect(stands(withVersion(planned, keeps))).toEqual([' 8 2026-02-01', '2026-02-02 9 2026-03-01', '2026-03-02 10 '])
    expect(replacedBy(planned, keeps)).toEqual([])
    const drops = { ...wanted, keepsLater: false }
    expect(stands(withVersion(planned, drops))).toEqual([' 8 2026-02-01', '2026-02-02 9 '])
    expect(replacedBy(planned, drops)).toEqual([planned[1]])
  })

  test('one that is taken back leaves its days to the one before; without its first there is no rule', () => {
    const three = withVersion(planned, { rule: rule('09:00-12:00'), from: day('2026-02-02'), keepsLater: true })
    expect(stands(withoutVersion(three, { rule: three[1]!, from: day('2026-02-02') }))).toEqual([
      ' 8 2026-03-01',
      '2026-03-02 10 ',
    ])
    expect(withoutVersion(three, { rule: three[0]!, from: null })).toEqual([])
  })

  test('weeks go on being counted from the first day of the rule, whenever a version begins', () => {
    const days = { kind: 'weekly', weekdays: [1], everyWeeks: 2 } as const
    const [, later] = sideBySide([
      { rule: rule('08:00-12:00', { days }), from: null },
      { rule: rule('09:00-12:00', { days }), from: day('2026-03-02') },
    ])
    expect(['2026-03-02', '2026-03-09'].filter((date) => holdsOn(later!, day(date)))).toEqual(['2026-03-09'])
  })

  test('each is compared with what would have held without it', () => {
    const made = (version: number, from: string | null, at: number, replaced: number | null = null) => ({
      version,
      from: from === null ? null : day(from),
      madeAt: Temporal.Instant.fromEpochMilliseconds(at),
      replacedAt: replaced === null ? null : Temporal.Instant.fromEpochMilliseconds(replaced),
    })
    const all = [made(1, null, 1), made(2, '2026-03-02', 2, 4), made(3, '2026-02-02', 3), made(4, '2026-03-02', 4)]
    expect(all.map((one) => versionBefore(all, one)?.version ?? null)).toEqual([null, 1, 1, 2])
  })
})

const weekdaysOf = ({ days }: DaysBeside) => (days.kind === 'weekly' ? days.weekdays : [])

describe('old beside new', () => {
  test('says for each stretch of a weekday how many seats there were and will be', () => {
    const [before, after] = [rule('08:00-12:00'), rule('10:00-12:00,13:00-14:00', { breaks: spans('11:00-11:30') })]
    const beside = seatsBeside([before], [after])
    expect(beside.map(weekdaysOf)).toEqual([[1, 2]])
    expect(
      beside[0]!.stretches.map(({ from, to, ...side }) => [from / 60, to / 60, !!side.before, !!side.after]),
    ).toEqual([
      [8, 10, true, false],
      [10, 11, true, true],
      [11, 11.5, true, false],
      [11.5, 12, true, true],
      [13, 14, false, true],
    ])
    expect([seatHours(beside, 'before'), seatHours(beside, 'after')]).toEqual([24, 15])
  })

  test('takes weekdays apart that change differently, and evenings over midnight', () => {
    const before = rule('22:00-02:00')
    const after = rule('22:00-02:00', { days: { kind: 'weekly', weekdays: [2], everyWeeks: 1 } })
    expect(seatsBeside([before], [after]).map((days) => [weekdaysOf(days), days.stretches[0]!.to / 60])).toEqual([
      [[1], 26],
      [[2], 26],
    ])
  })

  test('is the week of the team: another rule in the same hours counts, and what is open less often stands for itself', () => {
    const walkIns = rule('08:00-09:00', { id: 'b', seats: { public: 0, centre: 0, 'walk-in': 3 } })
    const monthly = rule('14:00-16:00', { id: 'c', days: { kind: 'monthly', weekday: 1, nth: 1 } })
    const elsewhere = rule('06:00-07:00', { id: 'd', team: 'standesamt' })
    const before = [rule('08:00-12:00'), walkIns, monthly, elsewhere]
    const after = [rule('08:00-10:00'), walkIns, monthly, elsewhere]
    const { days } = weekBeside({ before, after }, before[0]!, day('2026-03-02'))
    expect(days.map(({ days }) => days.kind)).toEqual(['weekly', 'monthly'])
    const seats = { public: 2, centre: 0, 'walk-in': 1 }
    expect(days[0]!.stretches).toEqual([
      { from: 480, to: 540, before: { ...seats, 'walk-in': 3 }, after: { ...seats, 'walk-in': 3 } },
      { from: 540, to: 600, before: seats, after: seats },
      { from: 600, to: 720, before: seats, after: null },
    ])
    expect([seatHours(days, 'before'), seatHours(days, 'after')]).toEqual([29.4, 17.4])
  })

  test('is felt from the day after a last day that it moves', () => {
    const before = [rule('08:00-12:00')]
    const after = [rule('08:00-12:00', { lastDay: day('2026-04-30') })]
    const { from, days } = weekBeside({ before, after }, before[0]!, day('2026-03-02'))
    expect([from.toString(), days[0]!.stretches[0]!.after]).toEqual(['2026-05-01', null])
    expect(weekBeside({ before, after: before }, before[0]!, day('2026-03-02')).from.toString()).toBe('2026-03-02')
  })

  test('keeps apart who comes in one week and who in the other', () => {
    const days = { kind: 'weekly', weekdays: [1], everyWeeks: 2 } as const
    const even = rule('08:00-12:00', { days, firstDay: day('2026-01-05') })
    const odd = rule('08:00-12:00', { id: 'b', days, firstDay: day('2026-01-12') })
    expect(seatsBeside([even], [even, odd]).map(({ stretches: [one] }) => [!!one!.before, !!one!.after])).toEqual([
      [false, true],
      [true, true],
    ])
  })
})
