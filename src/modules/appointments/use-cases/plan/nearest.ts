import type { Ctx } from '#platform/context.ts'
import { cityDate } from '#platform/time/clock.ts'
import type { Booking } from '../../domain/booking.ts'
import { cellOf, instantOf } from '../../domain/cells.ts'
import type { Variant } from '../../domain/work.ts'
import { findTimes } from '../find.ts'

/** Nobody is to come sooner than that without having chosen it, unless they were to come sooner anyway. */
const NOTICE: Temporal.DurationLike = { hours: 24 }
/** Days around the old one in which times are looked for, ever wider; the last finds whatever there is. */
const AROUND = [3, 14, 400]
/** Beginnings of four weeks at one office. */
const MOST = 5_000

type Moved = Pick<Booking, 'services' | 'people' | 'variant' | 'office' | 'audience' | 'startsAt'>

/** Free times in the same office, those nearest to the old one first. */
export async function nearestTimes(ctx: Ctx, booking: Moved, count: number): Promise<Temporal.Instant[]> {
  const { services, people, office, startsAt } = booking
  const day = cityDate(startsAt)
  const old = cellOf(startsAt)
  const soonest = Math.min(old, cellOf(ctx.clock.now().add(NOTICE)))
  for (const days of AROUND) {
    const found = await findTimes(ctx, {
      services,
      people,
      variant: booking.variant as Variant,
      offices: [office],
      audience: booking.audience === 'centre' ? 'centre' : 'public',
      from: day.subtract({ days }).toString(),
      to: day.add({ days }).toString(),
      weekdays: [],
      limit: MOST,
    })
    const times = found.ok ? found.value.times.filter(({ from }) => from >= soonest) : []
    if (times.length === 0) continue
    return times
      .toSorted((a, b) => Math.abs(a.from - old) - Math.abs(b.from - old) || a.from - b.from)
      .slice(0, count)
      .map(({ from }) => instantOf(from))
  }
  return []
}
