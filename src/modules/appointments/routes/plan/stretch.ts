import type { Ctx } from '#platform/context.ts'
import { dayError } from '#platform/html/components/index.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { readDay } from '#platform/time/day.ts'
import { CELL_MINUTES } from '../../domain/cells.ts'
import { laneOfKey } from '../../domain/lane.ts'
import { texts } from '../../texts/index.ts'
import { readTime } from '../../typed-rule.ts'

/** Longer than that is no absence any more: the hours have changed. */
const MOST_DAYS = 90

interface TypedStretch {
  readonly lane: string
  readonly day: string
  readonly from: string
  readonly to: string
  /** Absent or '': the day on which it begins. */
  readonly lastDay?: string
}

export interface ReadStretch {
  readonly team: string
  readonly lane: string
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
}

/** A stretch of a lane as somebody typed it, or what is wrong with it, by field. */
export function readStretch(
  ctx: Ctx,
  typed: TypedStretch,
  lanes: readonly string[],
  tooLong = texts(ctx).plan.block.tooLong,
): ReadStretch | { readonly errors: Readonly<Record<string, string>> } {
  const t = texts(ctx).plan
  const errors: Record<string, string> = {}
  const lane = lanes.includes(typed.lane) ? laneOfKey(typed.lane) : null
  if (!lane) errors['lane'] = t.block.counterMissing
  const now = today(ctx.clock)
  const day = readDay(typed.day, { today: now, lean: 'coming' })
  const { date } = day
  // The last day without a year is the next such day after the first.
  const last = readDay(typed.lastDay ?? '', { today: date ?? now, lean: 'coming' })
  const wrongDays = { day: dayError(ctx, day, { required: true }), lastDay: dayError(ctx, last) }
  for (const [name, words] of Object.entries(wrongDays)) if (words) errors[name] = words
  const [from, to] = [readTime(typed.from), readTime(typed.to)]
  const wrong = (time: Temporal.PlainTime | null) =>
    time === null ? t.problems.notOneTime : time.minute % CELL_MINUTES === 0 ? null : t.problems['off-grid']
  for (const [name, time] of [['from', from] as const, ['to', to] as const]) {
    const words = wrong(time)
    if (words) errors[name] = t.block.ofField(t.block[name], words)
  }
  if (!lane || !date || !from || !to || Object.keys(errors).length > 0) return { errors }
  // The end of the day is the beginning of the next one.
  const isMidnight = to.hour === 0 && to.minute === 0
  const lastDay = last.date ?? date
  if (lastDay.since(date).days > MOST_DAYS) return { errors: { lastDay: tooLong(String(MOST_DAYS)) } }
  const startsAt = instant(date, from)
  const endsAt = instant(isMidnight ? lastDay.add({ days: 1 }) : lastDay, to)
  if (Temporal.Instant.compare(endsAt, startsAt) <= 0)
    return { errors: { [lastDay.equals(date) ? 'to' : 'lastDay']: t.block.endBeforeBegin } }
  if (Temporal.Instant.compare(endsAt, ctx.clock.now()) <= 0) return { errors: { day: t.block.past } }
  return { team: lane.team, lane: typed.lane, startsAt, endsAt }
}

/** A time of the hour that does not exist is a moment of the next one. */
const instant = (day: Temporal.PlainDate, plainTime: Temporal.PlainTime) =>
  day.toZonedDateTime({ timeZone: CITY_TIME_ZONE, plainTime }).toInstant()
