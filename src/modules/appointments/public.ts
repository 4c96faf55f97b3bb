import type { Ctx } from '#platform/context.ts'
import { cityCalendar } from './calendars.ts'
import type { BookableService } from './domain/work.ts'
import type { NamedTeam } from './store/plan.ts'

export { takeArrivalBack } from './use-cases/plan/staff-bookings.ts'
export { attendanceCounts, setAttended as markAttended, type AttendanceCount } from './store/attendance.ts'
export { bookingForArrival, bookingsOfDay, type Arrival } from './use-cases/attendance.ts'
export { ARRIVAL_LENGTH, ARRIVAL_SIGNS, newArrivalCode, type Booking } from './domain/booking.ts'
export type { BookableService } from './domain/work.ts'
export { arrivedTicket, type ArrivedTicket } from './extension.ts'
export { teamsFor, unitOfTeam, type NamedTeam } from './store/plan.ts'
export { teamName } from './views/plan/frame.ts'
export { matterWords } from './views/matters.ts'
export { bookedHours, type BookedHour } from './store/booked-hours.ts'
export { closedDaysOf } from './use-cases/plan/closed-days.ts'
export type { ClosedDay } from './domain/closed-day.ts'

/** Teams of an office that see people, or those of all offices. */
export async function teamsOf(ctx: Ctx, office?: string): Promise<NamedTeam[]> {
  const { teams } = await cityCalendar(ctx)
  return teams.map(({ team }) => team).filter((team) => office === undefined || team.office === office)
}

/** What can be booked, by slug of its page, with the minutes that it takes. */
export const bookableServices = async (ctx: Ctx): Promise<ReadonlyMap<string, BookableService>> =>
  (await cityCalendar(ctx)).services
