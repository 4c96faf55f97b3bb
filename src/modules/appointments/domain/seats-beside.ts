import { MINUTES_A_DAY, minutesOf, type Minutes } from './minutes.ts'
import { AUDIENCES, type OpeningRule } from './rule.ts'

export type Seats = OpeningRule['seats']

/** A stretch of a day, in minutes since its beginning, with the seats of a rule before a change and after it; null: shut. */
export interface SeatsBeside {
  readonly from: number
  readonly to: number
  readonly before: Seats | null
  readonly after: Seats | null
}

/** The same on all of these weekdays. */
export interface DaysBeside {
  readonly weekdays: readonly number[]
  readonly stretches: readonly SeatsBeside[]
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]

/** Old beside new, weekday by weekday, as on a day on which the rule holds; weekdays that are alike stand together. */
export function seatsBeside(before: OpeningRule, after: OpeningRule): DaysBeside[] {
  const days = WEEKDAYS.map((weekday) => ({ weekday, stretches: stretchesOn(weekday, before, after) }))
  const alike = Map.groupBy(
    days.filter(({ stretches }) => stretches.length > 0),
    ({ stretches }) => JSON.stringify(stretches),
  )
  return [...alike.values()].map((same) => ({
    weekdays: same.map(({ weekday }) => weekday),
    stretches: same[0]!.stretches,
  }))
}

/** Hours of all seats together, in one week in which the rule holds. */
export function seatHours(beside: readonly DaysBeside[], when: 'before' | 'after'): number {
  const minutes = beside.flatMap(({ weekdays, stretches }) =>
    stretches.map((stretch) => weekdays.length * (stretch.to - stretch.from) * allOf(stretch[when])),
  )
  return minutes.reduce((sum, one) => sum + one, 0) / 60
}

export const allOf = (seats: Seats | null): number =>
  seats === null ? 0 : AUDIENCES.reduce((sum, audience) => sum + seats[audience], 0)

export const isSame = ({ before, after }: Pick<SeatsBeside, 'before' | 'after'>): boolean =>
  AUDIENCES.every((audience) => (before?.[audience] ?? 0) === (after?.[audience] ?? 0))

function stretchesOn(weekday: number, before: OpeningRule, after: OpeningRule): SeatsBeside[] {
  const [was, will] = [hoursOn(before, weekday), hoursOn(after, weekday)]
  const edges = [...new Set([...was, ...will].flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b)
  const stretches: SeatsBeside[] = []
  for (const [i, from] of edges.slice(0, -1).entries()) {
    const within = (hours: readonly Minutes[]) => hours.some((one) => one.from <= from && from < one.to)
    const stretch = {
      from,
      to: edges[i + 1]!,
      before: within(was) ? before.seats : null,
      after: within(will) ? after.seats : null,
    }
    const last = stretches.at(-1)
    if (!stretch.before && !stretch.after) continue
    if (last?.to === from && last.before === stretch.before && last.after === stretch.after)
      stretches[stretches.length - 1] = { ...last, to: stretch.to }
    else stretches.push(stretch)
  }
  return stretches
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
