import type { Ctx } from '#platform/context.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import { openState, type OpenState } from './domain/hours.ts'
import type { Office } from './domain/office.ts'

/** An office at the moment of the request. */
export interface OfficeNow {
  readonly office: Office
  readonly state: OpenState
  readonly today: Temporal.PlainDate
}

/** The office with whether it is open at this moment of the city's time. */
export function officeNow(ctx: Pick<Ctx, 'clock'>, office: Office): OfficeNow {
  const now = ctx.clock.now().toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDateTime()
  const state = openState(office.hours, now, (day) => holidayOn(day) !== null)
  return { office, state, today: now.toPlainDate() }
}
