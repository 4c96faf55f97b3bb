import type { Ctx } from '#platform/context.ts'
import { cityCalendar } from '../calendars.ts'
import type { Booking } from '../domain/booking.ts'
import { cellOf } from '../domain/cells.ts'
import type { Occupancy } from '../domain/calendar.ts'

type Stretch = Pick<Booking, 'id' | 'team' | 'lane' | 'startsAt' | 'endsAt'>

/** After the commit: what this process offers from now on. */
export async function inMemory(ctx: Ctx, booking: Stretch & Pick<Booking, 'expiresAt'>): Promise<void> {
  await occupy(ctx, booking, booking.expiresAt)
}

export async function occupy(ctx: Ctx, booking: Stretch, until: Temporal.Instant | null): Promise<void> {
  const calendar = await calendarOf(ctx, booking.team)
  const [from, to] = [cellOf(booking.startsAt), cellOf(booking.endsAt)]
  calendar?.occupy({ id: booking.id, lane: booking.lane, from, to, until } satisfies Occupancy)
}

export async function free(ctx: Ctx, { id, team }: Pick<Booking, 'id' | 'team'>): Promise<void> {
  ;(await calendarOf(ctx, team))?.release(id)
}

async function calendarOf(ctx: Ctx, team: string) {
  const { teams } = await cityCalendar(ctx)
  return teams.find((one) => one.team.id === team)?.calendar
}
