import type { Ctx } from '#platform/context.ts'
import { ok } from '#platform/problem.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { endEarlierDays } from '../store/calls.ts'
import { leaveForgotten, officesWithCounters } from '../store/counters.ts'
import { changing } from './change.ts'

/** In the night: nobody waits any more, nobody sits there. */
export async function closeEarlierDays(ctx: Ctx): Promise<void> {
  const day = today(ctx.clock)
  const morning = day.toZonedDateTime({ timeZone: CITY_TIME_ZONE }).toInstant()
  for (const office of await officesWithCounters(ctx))
    await changing(ctx, office, async (ctx) => {
      await endEarlierDays(ctx, office, day, ctx.clock.now())
      return ok(await leaveForgotten(ctx, office, morning))
    })
}
