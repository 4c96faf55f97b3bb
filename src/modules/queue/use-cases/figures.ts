import { attendanceCounts, type AttendanceCount } from '#modules/appointments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import { backtest, forecast, nextMonday, WEEKS, type Backtest, type Expected } from '../domain/forecast.ts'
import type { Group } from '../domain/statistics.ts'
import { groups, hourCounts, type Span } from '../store/statistics.ts'

/** Past weeks on which the forecast is tried. */
const TRIED_WEEKS = 4

export interface VisitFigures {
  readonly groups: readonly Group[]
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
    ...(span.offices.length === 1 ? { office: span.offices[0]! } : {}),
  }
  const own = new Set(span.offices)
  const attendance = span.offices.length === 0 ? [] : await attendanceCounts(ctx, asked)
  return {
    groups: await groups(ctx, span),
    attendance: attendance.filter(
      ({ office, service }) => own.has(office) && (span.service === null || service === span.service),
    ),
  }
}

export interface WeekAhead {
  readonly monday: Temporal.PlainDate
  readonly hours: readonly Expected[]
  /** Day → name of the holiday. */
  readonly holidays: ReadonlyMap<string, string>
  readonly past: readonly Backtest[]
}

/** What the next week will bring to these offices, and what the same rule would have said of the last weeks. */
export async function weekAhead(ctx: Ctx, offices: readonly string[], service: string | null): Promise<WeekAhead> {
  const monday = nextMonday(today(ctx.clock))
  const thisMonday = monday.subtract({ weeks: 1 })
  const from = thisMonday.subtract({ weeks: WEEKS + TRIED_WEEKS })
  const until = today(ctx.clock).subtract({ days: 1 })
  const history = await hourCounts(ctx, { offices, service, from, until })
  const isShut = (day: Temporal.PlainDate) => holidayOn(day) !== null
  const days = Array.from({ length: 7 }, (_, i) => monday.add({ days: i }))
  const names = days.map((day) => [day.toString(), holidayOn(day, ctx.locale)] as const)
  return {
    monday,
    hours: forecast(history, days, isShut),
    holidays: new Map(names.filter((one): one is readonly [string, string] => one[1] !== null)),
    past: backtest(
      history,
      Array.from({ length: TRIED_WEEKS }, (_, i) => thisMonday.subtract({ weeks: TRIED_WEEKS - i })),
      isShut,
    ),
  }
}
