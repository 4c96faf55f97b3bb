import type { Ctx } from '#platform/context.ts'
import { cityCalendar } from '../calendars.ts'
import type { Booking } from '../domain/booking.ts'
import { cellOf } from '../domain/cells.ts'
import type { Occupancy } from '../domain/team-lanes.ts'

type Stretch = Pick<Booking, 'id' | 'team' | 'lane' | 'startsAt' | 'endsAt'>

/** After the commit: what this process offers from now on. */
export async function inMemory(ctx: Ctx, booking: Stretch & Pick<Booking, 'expiresAt'>): Promise<void> {
  await occupy(ctx, booking, booking.expiresAt)
}

export async function occupy(ctx: Ctx, booking: Stretch, until: Temporal.Instant | null): Promise<void> {
  ;(await calendarOf(ctx, booking.team))?.occupy(occupancyOf(booking, until))
}

export async function free(ctx: Ctx, booking: Stretch): Promise<void> {
  ;(await calendarOf(ctx, booking.team))?.release(occupancyOf(booking, null))
}

const occupancyOf = ({ id, lane, startsAt, endsAt }: Stretch, until: Temporal.Instant | null): Occupancy => ({
  id,
  lane,
  until,
  from: cellOf(startsAt),
  to: cellOf(endsAt),
})

async function calendarOf(ctx: Ctx, team: string) {
  const { teams } = await cityCalendar(ctx)
  return teams.find((one) => one.team.id === team)?.calendar
}
