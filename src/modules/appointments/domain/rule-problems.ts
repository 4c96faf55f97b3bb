import { CELL_MINUTES } from './cells.ts'
import { MINUTES_A_DAY, minuteOf, minutesOf, type Minutes } from './minutes.ts'
import { openingsByDay, surroundings } from './plan.ts'
import {
  AUDIENCES,
  firstDayOf,
  type Audience,
  type Closure,
  type Opening,
  type OpeningRule,
  type Span,
} from './rule.ts'
import type { BookableService } from './work.ts'

/** What of a rule contradicts itself or another one, at the field that somebody has to look at. */
export type RuleProblem =
  | { readonly field: 'weekdays'; readonly problem: 'no-day' }
  | { readonly field: 'everyWeeks'; readonly problem: 'every-weeks' }
  | { readonly field: 'firstDay'; readonly problem: 'first-day-past' | 'far-day' }
  | { readonly field: 'from'; readonly problem: 'from-past' | 'far-day' }
  | {
      readonly field: 'lastDay'
      readonly problem: 'last-before-first' | 'last-before-from' | 'last-day-past' | 'far-day'
    }
  | { readonly field: 'hours'; readonly problem: 'no-hours' | 'from-after-to' | 'off-grid' | 'hours-overlap' }
  | { readonly field: 'breaks'; readonly problem: 'from-after-to' | 'off-grid' | 'break-outside' | 'break-is-all' }
  | { readonly field: 'public'; readonly problem: 'no-seat' | 'too-many-seats' }
  | { readonly field: 'step'; readonly problem: 'step' }
  | { readonly field: 'weeksAhead'; readonly problem: 'weeks-ahead' }
  | {
      readonly field: 'hours'
      readonly problem: 'same-seats'
      /** The other rule, and the first day on which both open the same seats. */
      readonly other: OpeningRule
      readonly day: Temporal.PlainDate
      readonly audience: Audience
    }

export const MOST_SEATS = 50
export const MOST_WEEKS_AHEAD = 52
export const MOST_EVERY_WEEKS = 12
/** Nobody plans further ahead. */
const MOST_YEARS = 10

export interface RuleSetting {
  readonly today: Temporal.PlainDate
  /** Whether it is the first version of this rule. */
  readonly isNew: boolean
  /** Whether its hours are meant to go on after midnight. */
  readonly overMidnight: boolean
  /** Other rules of the team that hold. */
  readonly others: readonly OpeningRule[]
}

export function problemsOf(rule: OpeningRule, setting: RuleSetting): RuleProblem[] {
  const own = [...problemsOfDays(rule, setting), ...problemsOfHours(rule, setting), ...problemsOfSeats(rule)]
  if (own.length > 0) return own
  return clashesOf(rule, setting)
}

/** What of a rule contradicts another one, whatever stands in it itself. */
export function clashesOf(rule: OpeningRule, setting: Pick<RuleSetting, 'today' | 'others'>): RuleProblem[] {
  const clash = firstClash(rule, setting)
  return clash ? [{ field: 'hours', problem: 'same-seats', ...clash }] : []
}

function* problemsOfDays(rule: OpeningRule, setting: RuleSetting): Generator<RuleProblem> {
  const { days, firstDay, lastDay } = rule
  const from = rule.inForce?.from ?? null
  const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b)
  const end = setting.today.add({ years: MOST_YEARS })
  if (days.kind === 'weekly') {
    if (days.weekdays.length === 0) yield { field: 'weekdays', problem: 'no-day' }
    if (!isWhole(days.everyWeeks, 1, MOST_EVERY_WEEKS)) yield { field: 'everyWeeks', problem: 'every-weeks' }
  }
  if (setting.isNew && compare(firstDay, setting.today) < 0) yield { field: 'firstDay', problem: 'first-day-past' }
  if (compare(firstDay, end) > 0) yield { field: 'firstDay', problem: 'far-day' }
  // What a version opened in the past nobody can change any more.
  if (from && compare(from, setting.today) < 0) yield { field: 'from', problem: 'from-past' }
  if (from && compare(from, end) > 0) yield { field: 'from', problem: 'far-day' }
  if (!lastDay) return
  if (from && compare(from, setting.today) > 0 && compare(lastDay, from) < 0)
    yield { field: 'lastDay', problem: 'last-before-from' }
  else if (compare(lastDay, firstDay) < 0) yield { field: 'lastDay', problem: 'last-before-first' }
  // A rule ends yesterday at the earliest: what was open is past.
  else if (compare(lastDay, setting.today.subtract({ days: 1 })) < 0)
    yield { field: 'lastDay', problem: 'last-day-past' }
  if (compare(lastDay, end) > 0) yield { field: 'lastDay', problem: 'far-day' }
}

function* problemsOfHours({ hours, breaks }: OpeningRule, { overMidnight }: RuleSetting): Generator<RuleProblem> {
  const [open, pauses] = [hours.map((span) => minutesOf(span)), breaks.map((span) => minutesOf(span))]
  const wrongIn = (spans: readonly Span[]) => {
    if (!spans.every(isOnGrid)) return 'off-grid' as const
    return spans.some((span) => isEmpty(span) || (!overMidnight && isOvernight(span)))
      ? ('from-after-to' as const)
      : null
  }
  const wrongHours = hours.length === 0 ? ('no-hours' as const) : wrongIn(hours)
  const wrongBreaks = wrongIn(breaks)
  if (wrongHours) yield { field: 'hours', problem: wrongHours }
  if (wrongBreaks) yield { field: 'breaks', problem: wrongBreaks }
  if (wrongHours) return
  const sorted = open.toSorted((a, b) => a.from - b.from)
  const wraps = sorted.some(({ from }, i) => i > 0 && from < sorted[i - 1]!.to)
  if (wraps || sorted.at(-1)!.to - MINUTES_A_DAY > sorted[0]!.from) yield { field: 'hours', problem: 'hours-overlap' }
  if (wrongBreaks) return
  const within = (pause: Minutes, day: number) =>
    open.some(({ from, to }) => pause.from + day >= from && pause.to + day <= to)
  if (pauses.some((pause) => !within(pause, 0) && !within(pause, MINUTES_A_DAY)))
    yield { field: 'breaks', problem: 'break-outside' }
  const left = sum(open) - sum(pauses)
  if (left <= 0) yield { field: 'breaks', problem: 'break-is-all' }
}

function* problemsOfSeats({ seats, stepMinutes, release }: OpeningRule): Generator<RuleProblem> {
  const all = AUDIENCES.map((audience) => seats[audience])
  if (all.every((count) => count === 0)) yield { field: 'public', problem: 'no-seat' }
  else if (all.some((count) => !isWhole(count, 0, MOST_SEATS))) yield { field: 'public', problem: 'too-many-seats' }
  if (!isWhole(stepMinutes, CELL_MINUTES, 240) || stepMinutes % CELL_MINUTES !== 0)
    yield { field: 'step', problem: 'step' }
  if (!isWhole(release.weeksAhead, 0, MOST_WEEKS_AHEAD)) yield { field: 'weeksAhead', problem: 'weeks-ahead' }
}

/** So far ahead two rules are compared: nth weekdays and every n weeks have met by then. */
const COMPARED_DAYS = 400

/**
 * The first day on which another rule opens the same seats at the same time. Seats of two rules are the same ones, so that
 * both together have no more of them: whoever meant them to add up is told.
 */
function firstClash(rule: OpeningRule, { others, today }: Pick<RuleSetting, 'today' | 'others'>) {
  const begins = firstDayOf(rule)
  const first = Temporal.PlainDate.compare(begins, today) > 0 ? begins : today
  const shared = others.flatMap((other) => {
    const audience = AUDIENCES.find((one) => rule.seats[one] > 0 && other.seats[one] > 0)
    return audience ? [{ other, audience, open: alone(other) }] : []
  })
  if (shared.length === 0) return null
  const own = alone(rule)
  for (let i = 0; i < COMPARED_DAYS; i += 1) {
    const day = first.add({ days: i })
    const openings = own(day)
    if (openings.length === 0) continue
    for (const { other, audience, open } of shared) {
      const theirs = [-1, 0, 1].flatMap((days) => open(day.add({ days })))
      if (openings.some((a) => theirs.some((b) => a.from < b.to && b.from < a.to))) return { other, audience, day }
    }
  }
  return null
}

const NO_CLOSURES: readonly Closure[] = []
/** Each rule as if there were no other, and no closing days: those come and go. */
function alone(rule: OpeningRule) {
  const plan = { rules: [rule], closures: NO_CLOSURES }
  return openingsByDay(plan, { id: rule.team, office: '' })
}

/** What a rule opens in so many days to come, by day; days without hours are left out. */
export function daysOpenedBy(
  rule: OpeningRule,
  closures: readonly Closure[],
  { from, days }: { readonly from: Temporal.PlainDate; readonly days: number },
) {
  const open = openingsByDay({ rules: [rule], closures }, { id: rule.team, office: '' })
  const { isHoliday, isClosed } = surroundings(closures)
  return Array.from({ length: days }, (_, i) => from.add({ days: i }))
    .map((day) => ({ day, openings: open(day), isHoliday: isHoliday(day), isClosed: isClosed(day) }))
    .filter(({ openings }) => openings.length > 0)
}

/**
 * Minutes of the shortest service of a team, where the rule has seats to book and not even that one fits into its hours, together with
 * what other rules open right before or after on the same seats.
 * @param open what the team has open on the days of the rule, and beside midnight
 */
export function tooShortFor(
  { id, seats }: Pick<OpeningRule, 'id' | 'seats'>,
  open: readonly Pick<Opening, 'rule' | 'from' | 'to'>[],
  services: readonly BookableService[],
): number | null {
  const own = open.filter(({ rule }) => rule.id === id)
  if (seats.public + seats.centre === 0 || own.length === 0 || services.length === 0) return null
  const shortest = Math.min(...services.map(({ baseMinutes, personMinutes }) => baseMinutes + personMinutes))
  const fits = (['public', 'centre'] as const).some(
    (audience) =>
      seats[audience] > 0 &&
      joined(open.filter(({ rule }) => rule.seats[audience] > 0)).some(
        ({ from, to }) => (to - from) * CELL_MINUTES >= shortest && own.some((one) => one.from < to && from < one.to),
      ),
  )
  return fits ? null : shortest
}

/** Stretches of cells, those that meet as one. */
function joined(stretches: readonly { readonly from: number; readonly to: number }[]) {
  const whole: { from: number; to: number }[] = []
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else whole.push({ from, to })
  }
  return whole
}

const sum = (spans: readonly Minutes[]) => spans.reduce((total, { from, to }) => total + to - from, 0)
const isEmpty = ({ from, to }: Span) => Temporal.PlainTime.compare(from, to) === 0
/** Until midnight is no night. */
const isOvernight = ({ from, to }: Span) => Temporal.PlainTime.compare(to, from) < 0 && minuteOf(to) > 0
const isOnGrid = ({ from, to }: Span) => [from, to].every((time) => minuteOf(time) % CELL_MINUTES === 0)
const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most
