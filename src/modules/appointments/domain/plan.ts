import { holidayOn } from '#platform/time/holidays.ts'
import { laneKey, laneOfKey, type LaneId } from './lane.ts'
import { AUDIENCES, openingsOn, type Closure, type Opening, type OpeningRule, type Surroundings } from './rule.ts'
import type { Team } from './work.ts'

/** A stretch of a lane in which nobody can be seen, as cells. */
export interface Block {
  readonly id: string
  readonly team: string
  readonly lane: string
  readonly from: number
  readonly to: number
}

/** When the teams of a city see people. */
export interface Hours {
  /** The versions that hold. */
  readonly rules: readonly OpeningRule[]
  readonly closures: readonly Closure[]
  readonly blocks: readonly Block[]
  /** Seats for the public that are open besides, by team, since many do not come. */
  readonly moreSeats: ReadonlyMap<string, number>
}

type Whose = Pick<Team, 'id' | 'office'>

/** What is open to a team, day by day, blocks aside; each day is worked out once. */
export function openingsByDay(hours: Pick<Hours, 'rules' | 'closures'> & Partial<Hours>, team: Whose) {
  const more = hours.moreSeats?.get(team.id) ?? 0
  const rules = hours.rules.filter((rule) => rule.team === team.id).map((rule) => widened(rule, more))
  const around = surroundings(hours.closures.filter(({ office }) => office === null || office === team.office))
  const known = new Map<string, Opening[]>()
  return (day: Temporal.PlainDate): readonly Opening[] => {
    const key = day.toString()
    let openings = known.get(key)
    if (!openings) known.set(key, (openings = rules.flatMap((rule) => openingsOn(rule, day, around))))
    return openings
  }
}

/** Only where the public has seats at all. */
const widened = (rule: OpeningRule, more: number): OpeningRule =>
  more === 0 || rule.seats.public === 0 ? rule : { ...rule, seats: { ...rule.seats, public: rule.seats.public + more } }

export const surroundings = (closures: readonly Closure[]): Surroundings => ({
  isHoliday: (day) => holidayOn(day) !== null,
  isClosed: (day) => closures.some((closure) => isShutBy(closure, day)),
})

export const isShutBy = ({ firstDay, lastDay }: Closure, day: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(day, firstDay) >= 0 && Temporal.PlainDate.compare(day, lastDay) <= 0

/** As people read a week: by the first weekday, then by the time. */
export const inOrderOfWeek = (rules: readonly OpeningRule[]): OpeningRule[] => rules.toSorted(compareInWeek)

const compareInWeek = (a: OpeningRule, b: OpeningRule): number =>
  firstWeekday(a) - firstWeekday(b) ||
  compareTimes(a.hours[0]?.from, b.hours[0]?.from) ||
  Temporal.PlainDate.compare(a.firstDay, b.firstDay)

const firstWeekday = ({ days }: OpeningRule) => (days.kind === 'weekly' ? Math.min(...days.weekdays) : days.weekday)

const compareTimes = (a: Temporal.PlainTime | undefined, b: Temporal.PlainTime | undefined) =>
  a && b ? Temporal.PlainTime.compare(a, b) : 0

/** Seats of an opening, each as the lane in which its appointments are. */
export const lanesOf = ({ rule: { team, seats } }: Pick<Opening, 'rule'>): LaneId[] =>
  AUDIENCES.flatMap((audience) => Array.from({ length: seats[audience] }, (_, i) => ({ team, audience, seat: i + 1 })))

export interface Stretch {
  readonly lane: string
  readonly from: number
  readonly to: number
}

/** Whether somebody works in that lane all that time. */
export function isCovered(
  { lane, from, to }: Stretch,
  openings: readonly Opening[],
  blocks: readonly Block[],
): boolean {
  const id = laneOfKey(lane)
  if (!id || blocks.some((block) => block.lane === lane && block.from < to && block.to > from)) return false
  let reached = from
  const open = openings
    .filter(({ rule }) => rule.team === id.team && rule.seats[id.audience] >= id.seat)
    .toSorted((a, b) => a.from - b.from)
  for (const opening of open) if (opening.from <= reached) reached = Math.max(reached, opening.to)
  return reached >= to
}
/** Lanes that a team has at some time on that day, in the order of their counters. */
export function lanesOn(openings: readonly Opening[]): LaneId[] {
  const lanes = new Map(openings.flatMap(lanesOf).map((lane) => [laneKey(lane), lane]))
  return [...lanes.values()].toSorted(
    (a, b) => AUDIENCES.indexOf(a.audience) - AUDIENCES.indexOf(b.audience) || a.seat - b.seat,
  )
}
