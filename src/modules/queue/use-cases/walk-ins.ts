import { officesNow, openWords, type Office, type OfficeNow } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import type { Counter } from '../domain/counter.ts'

/** So long before it opens people stand there and draw numbers; a demo value. */
const MINUTES_BEFORE = 30

/** An office as whoever comes without an appointment finds it. */
export interface WalkIns {
  readonly office: Office
  /** By its opening hours and a little before, and at any time at which somebody sits there and calls. */
  readonly areSeen: boolean
  /** "öffnet morgen um 08:30 Uhr", or until when it is open. */
  readonly hours: string
  /** When its last hours of today end; null where they have. */
  readonly closesAt: Temporal.Instant | null
}

/** Whether these offices see whoever just comes: the same everywhere in the queue. `counters`: theirs, those of others do not count. */
export async function walkInsOf(
  ctx: Ctx,
  offices: readonly Office[],
  counters: readonly Pick<Counter, 'office' | 'isOpen'>[],
): Promise<WalkIns[]> {
  const calling = new Set(counters.filter(({ isOpen }) => isOpen).map(({ office }) => office))
  return (await officesNow(ctx, offices)).map((now) => ({
    office: now.office,
    areSeen: calling.has(now.office.slug) || now.state.open || opensSoon(ctx, now),
    hours: openWords(ctx, now),
    closesAt: closesAt(now),
  }))
}

/** Whoever waits through a break is called after it. */
function closesAt({ office, state, today }: OfficeNow): Temporal.Instant | null {
  if (!state.open && !state.next?.on.equals(today)) return null
  const ends = office.hours.filter(({ day }) => day === today.dayOfWeek).map(({ to }) => to)
  return today.toZonedDateTime({ timeZone: CITY_TIME_ZONE, plainTime: ends.toSorted().at(-1)! }).toInstant()
}

function opensSoon(ctx: Ctx, { state }: OfficeNow): boolean {
  if (state.open || !state.next) return false
  const { on, from } = state.next
  const now = ctx.clock.now().toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDateTime()
  return now.until(on.toPlainDateTime(from)).total('minutes') <= MINUTES_BEFORE
}
