import type { Ctx } from '#platform/context.ts'
import { today, cityDate } from '#platform/time/clock.ts'
import { instantOf } from './domain/cells.ts'
import { bookedByOne, handedOnByOne, type SeededBooking } from './store/seed.ts'

const NAMES = ['Max Wolf', 'Tim Haas', 'Lea Kurz', 'Jan Berg', 'Eva Lang']

/** Three addresses of a team that stand out: many names, times that others get at once, and nobody who comes. */
export async function bookAsTraders(ctx: Ctx, team: string, bookings: readonly SeededBooking[]): Promise<void> {
  const own = bookings.filter((one) => one.team === team)
  const daysAhead = ({ from }: SeededBooking) =>
    today(ctx.clock)
      .until(cityDate(instantOf(from)))
      .total('days')
  const coming = own.filter((one) => one.hasName && daysAhead(one) >= 2 && daysAhead(one) <= 10)
  const missed = own.filter((one) => !one.hasName && !one.came && daysAhead(one) >= -12)
  const ids = (some: readonly SeededBooking[]) => some.map(({ id }) => id)
  // One in so many, so that they lie on several days.
  const every = (n: number, first: number, most: number) => coming.filter((_, i) => i % n === first % n).slice(0, most)
  await bookedByOne(ctx, ids(every(7, 0, 6)), { email: 'schnelltermin24@example.org', names: NAMES })
  await handedOnByOne(ctx, ids(every(7, 3, 5)), { email: 'platz.reserviert@example.org', name: 'Kim Vogt' })
  const oneADay = [...new Map(missed.map((one) => [cityDate(instantOf(one.from)).toString(), one])).values()]
  await bookedByOne(ctx, ids(oneADay.slice(-4)), { email: 'r.sommer@example.org', names: ['Rolf Sommer'] })
}
