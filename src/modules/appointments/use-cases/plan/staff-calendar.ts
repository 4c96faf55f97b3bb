import type { Ctx } from '#platform/context.ts'
import { CITY_TIME_ZONE, cityDate } from '#platform/time/clock.ts'
import type { Booking } from '../../domain/booking.ts'
import { cellOf } from '../../domain/cells.ts'
import { isAbleFor } from '../../domain/hits.ts'
import { laneKey, laneOfKey } from '../../domain/lane.ts'
import { isCovered, lanesOn, openingsByDay } from '../../domain/plan.ts'
import type { Opening } from '../../domain/rule.ts'
import { blocksIn, type NamedBlock } from '../../store/blocks.ts'
import { dutiesIn, staffedStretches } from '../../store/duties.ts'
import { readPlan, type NamedTeam } from '../../store/plan.ts'
import { bookingsIn } from '../../store/staff-calendar.ts'

export interface PlacedBooking extends Booking {
  /** Nobody works there then. */
  readonly isOutside: boolean
  /** Whoever sits there then cannot do what it is for. */
  readonly isUnable: boolean
}

/** One day of one lane. */
export interface LaneDay {
  readonly team: NamedTeam
  readonly lane: string
  readonly day: Temporal.PlainDate
  /** First cell of the day. */
  readonly first: number
  /** When it is open, as cells. */
  readonly open: readonly (readonly [from: number, to: number])[]
  readonly bookings: readonly PlacedBooking[]
  readonly blocks: readonly NamedBlock[]
}

const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(CITY_TIME_ZONE).toInstant()

/** All lanes of some teams of an office on some days, team by team, day by day. */
export async function officeDays(
  ctx: Ctx,
  { office, of }: { readonly office: string; readonly of: readonly string[] },
  from: Temporal.PlainDate,
  days: number,
): Promise<LaneDay[]> {
  const span = { from: startOf(from), to: startOf(from.add({ days })) }
  const plan = await readPlan(ctx)
  const teams = plan.teams.filter((team) => team.office === office && of.includes(team.id))
  const ids = teams.map(({ id }) => id)
  const [bookings, blocks] = [await bookingsIn(ctx, ids, span), await blocksIn(ctx, ids, span)]
  const isAble = isAbleFor({ staffed: await staffedStretches(ctx, ids) })
  return Array.from({ length: days }, (_, i) => from.add({ days: i })).flatMap((day) =>
    teams.flatMap((team) => {
      const open = openingsByDay(plan, team)
      // Hours of an evening reach into this day.
      const openings = [...open(day.subtract({ days: 1 })), ...open(day)]
      const [first, end] = [cellOf(startOf(day)), cellOf(startOf(day.add({ days: 1 })))]
      const touches = (a: Temporal.Instant, b: Temporal.Instant) => cellOf(a) < end && cellOf(b) > first
      const ofDay = bookings.filter((one) => one.team === team.id && touches(one.startsAt, one.endsAt))
      const shut = blocks.filter((one) => one.team === team.id && touches(one.startsAt, one.endsAt))
      const planned = lanesOn(openings.filter((opening) => opening.from < end && opening.to > first)).map(laneKey)
      const lanes = [...new Set([...planned, ...ofDay.map(({ lane }) => lane), ...shut.map(({ lane }) => lane)])]
      return lanes.map((lane) => ({
        team,
        lane,
        day,
        first,
        open: openHours(openings, lane, [first, end]),
        bookings: ofDay
          .filter((one) => one.lane === lane)
          .map((one) => ({ ...one, isOutside: !covers(plan.blocks, openings, one), isUnable: !isAble(one) })),
        blocks: shut.filter((one) => one.lane === lane),
      }))
    }),
  )
}

/** What of these days somebody spends at a counter. */
export async function onDuty(ctx: Ctx, days: readonly LaneDay[], account: string): Promise<LaneDay[]> {
  if (days.length === 0) return []
  const span = { from: startOf(days[0]!.day), to: startOf(days.at(-1)!.day.add({ days: 1 })) }
  const duties = await dutiesIn(ctx, [...new Set(days.map(({ team }) => team.id))], span)
  return duties
    .filter((duty) => duty.account === account)
    .flatMap((duty) => {
      const [from, to] = [cellOf(duty.startsAt), cellOf(duty.endsAt)]
      const during = (at: { startsAt: Temporal.Instant; endsAt: Temporal.Instant }) =>
        cellOf(at.startsAt) < to && cellOf(at.endsAt) > from
      return days
        .filter(({ lane, day }) => lane === duty.lane && day.equals(cityDate(duty.startsAt)))
        .map((one) => ({
          ...one,
          open: [[from, to] as const],
          bookings: one.bookings.filter(during),
          blocks: one.blocks.filter(during),
        }))
    })
}

function openHours(openings: readonly Opening[], lane: string, [first, end]: [number, number]) {
  const id = laneOfKey(lane)
  return openings
    .filter(({ rule, from, to }) => id && rule.seats[id.audience] >= id.seat && from < end && to > first)
    .map(({ from, to }) => [Math.max(from, first), Math.min(to, end)] as const)
}

const covers = (blocks: Parameters<typeof isCovered>[2], openings: readonly Opening[], one: Booking) =>
  isCovered({ lane: one.lane, from: cellOf(one.startsAt), to: cellOf(one.endsAt) }, openings, blocks)

/** The hours that the rows of a calendar span: whole ones, around all that happens. */
export function hoursOf(days: readonly LaneDay[]): readonly [from: number, to: number] {
  const HOUR = 12
  const edges = days.flatMap(({ first, open, bookings, blocks }) => [
    ...open.flat().map((cell) => cell - first),
    // What begins or ends on another day says nothing of the hours of this one.
    ...[...bookings, ...blocks]
      .flatMap(({ startsAt, endsAt }) => [cellOf(startsAt) - first, cellOf(endsAt) - first])
      .filter((cell) => cell >= 0 && cell <= 25 * HOUR),
  ])
  const [least, most] = [Math.max(0, Math.min(...edges, 24 * HOUR)), Math.min(25 * HOUR, Math.max(...edges, 0))]
  return least >= most ? [8 * HOUR, 17 * HOUR] : [Math.floor(least / HOUR) * HOUR, Math.ceil(most / HOUR) * HOUR]
}
