import { cityDate } from '#platform/time/clock.ts'
import { isAble, type StaffedStretch } from './abilities.ts'
import type { Booking } from './booking.ts'
import { cellOf } from './cells.ts'
import { laneKey } from './lane.ts'
import { isCovered, lanesOn, openingsByDay, type Hours } from './plan.ts'
import type { Team } from './work.ts'

/** When the teams of a city see people, and who of them sits where. */
export interface StaffedHours extends Hours {
  readonly staffed: readonly StaffedStretch[]
}

type Timed = Pick<Booking, 'team' | 'lane' | 'startsAt' | 'endsAt'>
type Wanted = Timed & Pick<Booking, 'services'>
type Teams = readonly Pick<Team, 'id' | 'office'>[]

/** Tells whether a team of these works at the time of an appointment, in its lane. */
function isOpenFor(hours: Hours, teams: Teams) {
  const byTeam = new Map(
    teams.map((team) => [
      team.id,
      { openings: openingsByDay(hours, team), blocks: hours.blocks.filter((block) => block.team === team.id) },
    ]),
  )
  return ({ team, lane, startsAt, endsAt }: Timed): boolean => {
    const known = byTeam.get(team)
    if (!known) return false
    const day = cityDate(startsAt)
    // Hours of an evening reach into the next day.
    const openings = [day.subtract({ days: 1 }), day].flatMap(known.openings)
    return isCovered({ lane, from: cellOf(startsAt), to: cellOf(endsAt) }, openings, known.blocks)
  }
}

/** Tells whether whoever sits in the lane of an appointment can do what it is for. */
export function isAbleFor({ staffed }: Pick<StaffedHours, 'staffed'>) {
  const byLane = Map.groupBy(staffed, ({ lane }) => lane)
  return ({ lane, startsAt, endsAt, services }: Wanted): boolean =>
    isAble(byLane.get(lane) ?? [], { lane, from: cellOf(startsAt), to: cellOf(endsAt) }, services)
}

/** Tells whether somebody works at the time of an appointment, in its lane, who can do what it is for. */
export function worksAt(hours: StaffedHours, teams: Teams) {
  const [isOpen, isAble] = [isOpenFor(hours, teams), isAbleFor(hours)]
  return (booking: Wanted): boolean => isOpen(booking) && isAble(booking)
}

/** Tells whether another lane of its team, taken or not, works at the time of an appointment, and can do what it is for. */
export function worksBeside(hours: StaffedHours, teams: Teams) {
  const works = worksAt(hours, teams)
  const openings = new Map(teams.map((team) => [team.id, openingsByDay(hours, team)]))
  return (booking: Wanted & Pick<Booking, 'audience'>): boolean => {
    const day = cityDate(booking.startsAt)
    const on = openings.get(booking.team) ?? (() => [])
    return lanesOn([day.subtract({ days: 1 }), day].flatMap((one) => on(one)))
      .filter(({ audience }) => audience === booking.audience)
      .map(laneKey)
      .some((lane) => lane !== booking.lane && works({ ...booking, lane }))
  }
}

/**
 * Appointments for which somebody was there before the change, and nobody is after it, or nobody who can do it. Of what
 * was not as it should be before, the rest still counts: whoever was left to a colleague is told that the office is shut.
 */
export function hitsOf<B extends Wanted>(
  bookings: readonly B[],
  teams: Teams,
  { before, after }: { readonly before: StaffedHours; readonly after: StaffedHours },
): B[] {
  const lost = [
    [isOpenFor(before, teams), isOpenFor(after, teams)] as const,
    [isAbleFor(before), isAbleFor(after)] as const,
  ]
  return bookings.filter((booking) => lost.some(([was, is]) => !is(booking) && was(booking)))
}
