import type { Ctx } from '#platform/context.ts'
import { extensionPoint } from '#platform/extension.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import { DAYS_AHEAD, openState, type OpenState } from './domain/hours.ts'
import type { Office } from './domain/office.ts'

/** A day on which an office sees nobody, whatever its opening hours say. */
export interface ClosingDay {
  /** Its slug. */
  readonly office: string
  readonly day: Temporal.PlainDate
}

/** Closing days that another module knows, of these offices between two days; public holidays are known here. */
export type ClosingDays = (
  ctx: Ctx,
  asked: {
    readonly offices: readonly string[]
    readonly from: Temporal.PlainDate
    /** The last day. */
    readonly until: Temporal.PlainDate
  },
) => Promise<readonly ClosingDay[]>

export const closingDays = extensionPoint<ClosingDays>('catalogue.closing-days')

/** An office at the moment of the request. */
export interface OfficeNow {
  readonly office: Office
  readonly state: OpenState
  readonly today: Temporal.PlainDate
  /** Why it is closed on a day that has opening hours: the name of the holiday, or '' on a closing day; else null. */
  readonly closedToday: string | null
}

/** Offices with whether they are open at this moment of the city's time. */
export async function officesNow(ctx: Ctx, offices: readonly Office[]): Promise<OfficeNow[]> {
  const now = ctx.clock.now().toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDateTime()
  const today = now.toPlainDate()
  const asked = {
    offices: offices.map(({ slug }) => slug),
    from: today,
    until: today.add({ days: DAYS_AHEAD }),
  }
  const known = [...ctx.app.extensions(closingDays).values()]
  const closed = (await Promise.all(known.map((daysOf) => daysOf(ctx, asked)))).flat()
  return offices.map((office) => {
    const shut = new Set(closed.filter((one) => one.office === office.slug).map(({ day }) => day.toString()))
    const isClosed = (day: Temporal.PlainDate) => holidayOn(day) !== null || shut.has(day.toString())
    return {
      office,
      state: openState(office.hours, now, isClosed),
      today,
      closedToday:
        isClosed(today) && office.hours.some(({ day }) => day === today.dayOfWeek)
          ? (holidayOn(today, ctx.locale) ?? '')
          : null,
    }
  })
}

export async function officeNow(ctx: Ctx, office: Office): Promise<OfficeNow> {
  const [now] = await officesNow(ctx, [office])
  return now!
}
