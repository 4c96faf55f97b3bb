import type { Ctx } from '#platform/context.ts'
import type { Booking } from '../domain/booking.ts'
import { noteToldDisplaced } from '../store/calendar-entries.ts'
import { displacedAmong, type Why } from './displaced.ts'

/** A booking as calendars show it. */
export interface CalendarEntry {
  readonly booking: Booking
  /** Why it cannot take place; null: it can. */
  readonly displaced: Why | null
}

/**
 * What calendars are told from now on. That an appointment cannot take place follows from the hours, and not from a change of
 * the booking: so what was told is kept, and its number grows where that is no longer true.
 */
export async function calendarEntries(ctx: Ctx, bookings: readonly Booking[]): Promise<CalendarEntry[]> {
  return entriesOf(ctx, bookings, await displacedAmong(ctx, bookings))
}

/** The entry for a mail that says so just now. */
export async function displacedEntry(ctx: Ctx, booking: Booking, why: Why): Promise<CalendarEntry> {
  const [entry] = await entriesOf(ctx, [booking], new Map([[booking.id, why]]))
  return entry!
}

async function entriesOf(
  ctx: Ctx,
  bookings: readonly Booking[],
  displaced: ReadonlyMap<string, Why>,
): Promise<CalendarEntry[]> {
  const changed = bookings.filter(({ id, isToldDisplaced }) => displaced.has(id) !== isToldDisplaced)
  const counts = await noteToldDisplaced(
    ctx,
    changed.map(({ id }) => id),
    [...displaced.keys()],
  )
  return bookings.map((booking) => ({
    booking: { ...booking, calendarChanges: counts.get(booking.id) ?? booking.calendarChanges },
    displaced: displaced.get(booking.id) ?? null,
  }))
}
