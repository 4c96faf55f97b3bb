import {
  attendanceCounts,
  bookedHours,
  closedDaysOf,
  type AttendanceCount,
  type ClosedDay,
} from '#modules/appointments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { backtest, forecast, nextMonday, together, WEEKS, type Backtest, type Expected } from '../domain/forecast.ts'
import { groupsOf, usualHours, type Group, type UsualHours } from '../domain/statistics.ts'
import { cells, hourCounts, type Span } from '../store/statistics.ts'

/** Past weeks on which the forecast is tried. */
const TRIED_WEEKS = 4

export interface VisitFigures {
  readonly groups: readonly Group[]
  /** null where nobody came. */
  readonly hours: UsualHours | null
  /** Appointments and how many of them nobody came to, of these offices and this matter. */
  readonly attendance: readonly AttendanceCount[]
}

export async function visitFigures(ctx: Ctx, span: Span): Promise<VisitFigures> {
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(CITY_TIME_ZONE).toInstant()
  const end = startOf(span.until.add({ days: 1 }))
  const now = ctx.clock.now()
  const asked = {
    from: startOf(span.from),
    to: Temporal.Instant.compare(end, now) < 0 ? end : now,
    offices: span.offices,
  }
  const attendance = span.offices.length === 0 ? [] : await attendanceCounts(ctx, asked)
  const found = await cells(ctx, span)
  return {
    groups: groupsOf(found),
    hours: usualHours(found),
    attendance: attendance.filter(({ service }) => span.service === null || service === span.service),
  }
}

export interface WeekAhead {
  readonly monday: Temporal.PlainDate
  readonly hours: readonly Expected[]
  /** Days of that week on which an office is closed for a reason, other than that its hours have nothing on them. */
  readonly closed: readonly ClosedDay[]
  readonly past: readonly Backtest[]
}

/** What the next week will bring to these offices, and what the same rule would have said of the last weeks. */
export async function weekAhead(ctx: Ctx, offices: readonly string[], service: string | null): Promise<WeekAhead> {
  const monday = nextMonday(today(ctx.clock))
  const sunday = monday.add({ days: 6 })
  const thisMonday = monday.subtract({ weeks: 1 })
  const from = thisMonday.subtract({ weeks: WEEKS + TRIED_WEEKS })
  const until = today(ctx.clock).subtract({ days: 1 })
  const history = Map.groupBy(await hourCounts(ctx, { offices, service, from, until }), ({ office }) => office)
  const booked = Map.groupBy(
    await bookedHours(ctx, { offices, service, from: monday, until: sunday }),
    (one) => one.office,
  )
  const closed = await closedDaysOf(ctx, offices, from, sunday)
  const isAhead = ({ day }: ClosedDay) => Temporal.PlainDate.compare(day, monday) >= 0
  // Opening hours of the past may have been others: there the visits say on which weekdays an office was open.
  const shut = new Set(closed.filter((one) => one.reason !== null || isAhead(one)).map(nameOf))
  const past = offices.map((office) => ({
    office,
    history: history.get(office) ?? [],
    isShut: (day: Temporal.PlainDate) => shut.has(nameOf({ office, day })),
  }))
  const days = Array.from({ length: 7 }, (_, i) => monday.add({ days: i }))
  return {
    monday,
    hours: together(past.map((one) => forecast(one, days, booked.get(one.office)))),
    closed: closed.filter((one) => isAhead(one) && one.reason !== null),
    past: backtest(
      past,
      Array.from({ length: TRIED_WEEKS }, (_, i) => thisMonday.subtract({ weeks: TRIED_WEEKS - i })),
    ),
  }
}

const nameOf = ({ office, day }: Pick<ClosedDay, 'office' | 'day'>): string => `${office} ${day.toString()}`
