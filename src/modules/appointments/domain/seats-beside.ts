import { MINUTES_A_DAY, minutesOf, type Minutes } from './minutes.ts'
import { AUDIENCES, firstDayOf, lastDayOf, mondayOf, type OpeningRule } from './rule.ts'

export type Seats = OpeningRule['seats']

/** A stretch of a day, in minutes since its beginning, with a team's seats before a change and after it; null: shut. */
export interface SeatsBeside {
  readonly from: number
  readonly to: number
  readonly before: Seats | null
  readonly after: Seats | null
}

/** The same on all of these days; `firstDay` is that of a rule from whose week every n weeks are counted. */
export interface DaysBeside extends Pick<OpeningRule, 'days' | 'firstDay'> {
  readonly stretches: readonly SeatsBeside[]
}

type Rules = readonly OpeningRule[]

export interface ChangedRules {
  readonly before: Rules
  readonly after: Rules
}

/**
 * A team's week before a change of a rule and after it, and the first day on which it differs: that from which the change
 * applies, or the one after a last day that it moves.
 */
export function weekBeside(
  { before, after }: ChangedRules,
  { team, id }: Pick<OpeningRule, 'team' | 'id'>,
  from: Temporal.PlainDate,
): { readonly from: Temporal.PlainDate; readonly days: readonly DaysBeside[] } {
  const ends = [...before, ...after].flatMap((rule) =>
    rule.id === id ? (lastDayOf(rule)?.add({ days: 1 }) ?? []) : [],
  )
  const later = ends
    .filter((day) => Temporal.PlainDate.compare(day, from) > 0)
    .toSorted((a, b) => Temporal.PlainDate.compare(a, b))
  const weeks = [from, ...later].map((day) => {
    const holding = (rules: Rules) => rules.filter((rule) => rule.team === team && isInForce(rule, day))
    return { from: day, days: seatsBeside(holding(before), holding(after)) }
  })
  const differs = ({ days }: (typeof weeks)[number]) => days.some(({ stretches }) => !stretches.every(isSame))
  return weeks.find(differs) ?? weeks[0]!
}

function isInForce(rule: OpeningRule, day: Temporal.PlainDate): boolean {
  const last = lastDayOf(rule)
  return Temporal.PlainDate.compare(firstDayOf(rule), day) <= 0 && (!last || Temporal.PlainDate.compare(last, day) >= 0)
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]

/** Old beside new, weekday by weekday, what is open every week before what is open less often; weekdays that are alike stand together. */
export function seatsBeside(before: Rules, after: Rules): DaysBeside[] {
  const rhythms = Map.groupBy([...before, ...after], rhythmOf)
  return [...rhythms]
    .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .flatMap(([rhythm, own]) => {
      const { days, firstDay } = own[0]!
      const [was, will] = [before, after].map((rules) => rules.filter((rule) => rhythmOf(rule) === rhythm))
      const open = WEEKDAYS.map((weekday) => ({ weekday, stretches: stretchesOn(weekday, was!, will!) }))
      const alike = Map.groupBy(
        open.filter(({ stretches }) => stretches.length > 0),
        ({ stretches }) => JSON.stringify(stretches),
      )
      return [...alike.values()].map((same) => ({
        days: days.kind === 'weekly' ? { ...days, weekdays: same.map(({ weekday }) => weekday) } : days,
        firstDay,
        stretches: same[0]!.stretches,
      }))
    })
}

/** Rules that hold in the same weeks, or on the same days of a month; in this order they are told. */
function rhythmOf({ days, firstDay }: OpeningRule): string {
  if (days.kind === 'monthly') return `monthly ${days.nth} ${days.weekday}`
  const weeks = SOME_MONDAY.until(mondayOf(firstDay), { largestUnit: 'weeks' }).weeks
  return `every ${String(days.everyWeeks).padStart(2, '0')} weeks ${weeks % days.everyWeeks}`
}

const SOME_MONDAY = Temporal.PlainDate.from('1900-01-01')

/** So often a nth weekday comes in a week: twelve times a year, the fifth about four times. */
const MONTHLY = 12 / 52
const FIFTH = 4 / 52

/** Hours of all seats together in a week, on average where some of them are open less often. */
export function seatHours(beside: readonly DaysBeside[], when: 'before' | 'after'): number {
  const minutes = beside.flatMap(({ days, stretches }) =>
    stretches.map((stretch) => daysAWeek(days) * (stretch.to - stretch.from) * allOf(stretch[when])),
  )
  return Math.round((minutes.reduce((sum, one) => sum + one, 0) / 60) * 10) / 10
}

const daysAWeek = (days: OpeningRule['days']): number =>
  days.kind === 'weekly' ? days.weekdays.length / days.everyWeeks : days.nth === 5 ? FIFTH : MONTHLY

export const isEachWeek = ({ days }: Pick<DaysBeside, 'days'>): boolean =>
  days.kind === 'weekly' && days.everyWeeks === 1

export const allOf = (seats: Seats | null): number =>
  seats === null ? 0 : AUDIENCES.reduce((sum, audience) => sum + seats[audience], 0)

export const isSame = ({ before, after }: Pick<SeatsBeside, 'before' | 'after'>): boolean =>
  AUDIENCES.every((audience) => (before?.[audience] ?? 0) === (after?.[audience] ?? 0))

function stretchesOn(weekday: number, before: Rules, after: Rules): SeatsBeside[] {
  const [was, will] = [openOn(weekday, before), openOn(weekday, after)]
  const edges = [...new Set([...was, ...will].flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b)
  const stretches: SeatsBeside[] = []
  for (const [i, from] of edges.slice(0, -1).entries()) {
    const stretch = { from, to: edges[i + 1]!, before: seatsAt(from, was), after: seatsAt(from, will) }
    const last = stretches.at(-1)
    if (!stretch.before && !stretch.after) continue
    const goesOn =
      last?.to === from &&
      isSame({ before: last.before, after: stretch.before }) &&
      isSame({ before: last.after, after: stretch.after })
    if (goesOn) stretches[stretches.length - 1] = { ...last, to: stretch.to }
    else stretches.push(stretch)
  }
  return stretches
}

interface Open extends Minutes {
  readonly seats: Seats
}

const openOn = (weekday: number, rules: Rules): Open[] =>
  rules.flatMap((rule) => hoursOn(rule, weekday).map((span) => ({ ...span, seats: rule.seats })))

/** Seats of two rules at the same time are the same ones: both together have no more of them. */
function seatsAt(minute: number, open: readonly Open[]): Seats | null {
  const now = open.filter(({ from, to }) => from <= minute && minute < to).map(({ seats }) => seats)
  if (now.length === 0) return null
  const most = (audience: keyof Seats) => Math.max(...now.map((seats) => seats[audience]))
  return { public: most('public'), centre: most('centre'), 'walk-in': most('walk-in') }
}

/** Without the breaks; hours of an evening go on into the next day. */
function hoursOn({ days, hours, breaks }: OpeningRule, weekday: number): Minutes[] {
  if (!(days.kind === 'weekly' ? days.weekdays.includes(weekday) : days.weekday === weekday)) return []
  const pauses = breaks.map(minutesOf).flatMap((pause) => [pause, later(pause)])
  return pauses.reduce<Minutes[]>(
    (left, pause) =>
      left
        .flatMap(({ from, to }) => [
          { from, to: Math.min(to, pause.from) },
          { from: Math.max(from, pause.to), to },
        ])
        .filter(({ from, to }) => from < to),
    hours.map(minutesOf),
  )
}

const later = ({ from, to }: Minutes) => ({ from: from + MINUTES_A_DAY, to: to + MINUTES_A_DAY })
