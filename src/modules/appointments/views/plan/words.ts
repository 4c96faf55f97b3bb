import type { Ctx } from '#platform/context.ts'
import { formatDate, formatNumber, formatWeekday } from '#platform/i18n/format.ts'
import { MINUTES_A_DAY, type Minutes } from '../../domain/minutes.ts'
import { AUDIENCES, firstDayOf, lastDayOf, type OpeningRule, type Span } from '../../domain/rule.ts'
import { texts } from '../../texts/index.ts'

type At = Pick<Ctx, 'locale'>

/** A rule in plain words, part by part, so that two versions can be compared. */
export interface RuleWords {
  readonly days: string
  readonly hours: string
  readonly seats: string
  readonly step: string
  readonly release: string
  readonly validity: string
  readonly holidays: string
}

export function ruleWords(at: At, rule: OpeningRule): RuleWords {
  const t = texts(at).plan
  const { breaks, release, stepMinutes, onHolidays } = rule
  const pause = breaks.length === 0 ? '' : `, ${t.words.breaks(spansWords(at, breaks))}`
  const weeks = formatNumber(at, release.weeksAhead)
  return {
    days: daysWords(at, rule),
    hours: `${hoursWords(at, rule.hours)}${pause}`,
    seats: seatsWords(at, rule.seats),
    step: t.words.step(formatNumber(at, stepMinutes)),
    release:
      release.weeksAhead === 0
        ? t.words.releaseSameDay(clock(at, release.at))
        : t.words.release(weeks, clock(at, release.at)),
    validity: validityWords(at, rule),
    holidays: onHolidays ? t.differences.holidaysOpen : t.differences.holidaysShut,
  }
}

/** "Jeden Montag und Dienstag, 8 bis 12 Uhr" */
export function ruleTitle(at: At, rule: OpeningRule): string {
  const { days, hours } = ruleWords(at, rule)
  return capital(`${days}, ${hours}`)
}

export function daysWords(at: At, { days, firstDay }: Pick<OpeningRule, 'days' | 'firstDay'>): string {
  const t = texts(at).plan
  if (days.kind === 'monthly') {
    const nth = t.words.nths[String(days.nth) as keyof typeof t.words.nths]
    return t.words.monthly(nth, formatWeekday(at, days.weekday))
  }
  const run = runOf(days.weekdays)
  const [first, last] = run.map((day) => formatWeekday(at, day))
  if (days.everyWeeks === 1 && first && last) return t.words.weeklyRun(first, last)
  const names = t.list(days.weekdays.map((day) => formatWeekday(at, day)))
  return days.everyWeeks === 1
    ? t.words.weekly(names)
    : t.words.everyWeeks(formatNumber(at, days.everyWeeks), names, formatDate(at, firstDay))
}

/** First and last of three weekdays or more without a gap: "Montag bis Freitag" is read at a glance. Otherwise none. */
function runOf(weekdays: readonly number[]): number[] {
  const days = weekdays.toSorted((a, b) => a - b)
  const isRun = days.length >= 3 && days.every((day, i) => day === days[0]! + i)
  return isRun ? [days[0]!, days.at(-1)!] : []
}

function validityWords(at: At, rule: OpeningRule): string {
  const t = texts(at).plan.words
  const [firstDay, lastDay] = [firstDayOf(rule), lastDayOf(rule)]
  return lastDay === null
    ? t.from(formatDate(at, firstDay))
    : t.fromTo(formatDate(at, firstDay), formatDate(at, lastDay))
}

export function seatsWords(at: At, seats: OpeningRule['seats']): string {
  const t = texts(at).plan.words
  return AUDIENCES.filter((audience) => seats[audience] > 0)
    .map((audience) => t[audience](formatNumber(at, seats[audience])))
    .join(', ')
}

/** "8 bis 12 Uhr und 13:30 bis 18 Uhr" */
export const hoursWords = (at: At, hours: readonly Span[]): string => spansWords(at, hours)

function spansWords(at: At, spans: readonly Span[]): string {
  const t = texts(at).plan
  return t.list(
    spans.map(({ from, to }) => {
      const words = t.words.span(clock(at, from), isMidnight(to) ? '24' : clock(at, to))
      return Temporal.PlainTime.compare(to, from) < 0 && !isMidnight(to) ? `${words} ${t.words.nextDay}` : words
    }),
  )
}

/** The same of minutes since a day began; later than that day is the next one. */
export const minutesWords = (at: At, { from, to }: Minutes): string => {
  const [start, end] = [from, to].map((minute) => Temporal.PlainTime.from('00:00').add({ minutes: minute }))
  const words = spansWords(at, [{ from: start!, to: end! }])
  return from >= MINUTES_A_DAY ? `${words} ${texts(at).plan.words.nextDay}` : words
}

const isMidnight = ({ hour, minute }: Temporal.PlainTime) => hour === 0 && minute === 0

/** "8", "13:30"; in English "8:00". */
function clock({ locale }: At, { hour, minute }: Temporal.PlainTime): string {
  return minute === 0 && locale === 'de' ? String(hour) : `${hour}:${String(minute).padStart(2, '0')}`
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What differs between two versions; all of it where there was none before. */
export function differences(at: At, before: OpeningRule | null, after: OpeningRule) {
  const [was, is] = [before && ruleWords(at, before), ruleWords(at, after)]
  return (Object.keys(is) as (keyof RuleWords)[])
    .filter((part) => was?.[part] !== is[part])
    .map((part) => ({ part, before: was?.[part] ?? null, after: is[part] }))
}
