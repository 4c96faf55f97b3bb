import { cityDate } from '#platform/time/clock.ts'
import type { Booking } from './booking.ts'
import { cellOf } from './cells.ts'
import { isCovered, openingsByDay, type Hours } from './plan.ts'
import type { Team } from './work.ts'

type Timed = Pick<Booking, 'team' | 'lane' | 'startsAt' | 'endsAt'>

/** Tells whether a team of these works at the time of an appointment, in its lane. */
export function worksAt(hours: Hours, teams: readonly Pick<Team, 'id' | 'office'>[]) {
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

/** Appointments for which somebody was there before the change, and nobody is after it. */
export function hitsOf<B extends Timed>(
  bookings: readonly B[],
  teams: readonly Pick<Team, 'id' | 'office'>[],
  { before, after }: { readonly before: Hours; readonly after: Hours },
): B[] {
  const [did, does] = [worksAt(before, teams), worksAt(after, teams)]
  return bookings.filter((booking) => !does(booking) && did(booking))
}
