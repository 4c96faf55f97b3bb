import { accountByEmail } from '#modules/accounts/public.ts'
import type { Random } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import {
  cancelSeeded,
  giveBookings,
  insertPastBookings,
  insertSeededWaiting,
  type SeededBooking,
} from './store/seed.ts'

/** Whose account the demo shows. */
const ANNA = 'anna.becker@musterstadt.example'
/** What she comes for, and in how many days at the earliest. */
const BOOKED = [
  { service: 'personalausweis', days: 6 },
  { service: 'wohnsitz-ummelden', days: 20 },
]
const CANCELLED = { service: 'reisepass', days: 12 }

/** One free stretch of a day for a service; null where that day has none. */
export type FreeStretch = (day: Temporal.PlainDate, service: string, dice: Random) => SeededBooking | null

/** Two appointments to come and one that was cancelled, so that "Meine Termine" has something to show. */
export async function bookForAnna(ctx: Ctx, free: FreeStretch, dice: Random): Promise<void> {
  const anna = await accountByEmail(ctx, ANNA)
  if (!anna) return
  const first = ({ service, days }: { service: string; days: number }) => {
    for (let more = 0; more < 14; more += 1) {
      const found = free(today(ctx.clock).add({ days: days + more }), service, dice)
      if (found) return [found]
    }
    return []
  }
  const [booked, cancelled] = [BOOKED.flatMap(first), first(CANCELLED)]
  await insertPastBookings(ctx, [...booked, ...cancelled])
  await giveBookings(
    ctx,
    [...booked, ...cancelled].map(({ id }) => id),
    anna,
  )
  for (const { id } of cancelled) await cancelSeeded(ctx, id)
  const wish = { service: CANCELLED.service, account: anna.id, email: anna.email }
  await insertSeededWaiting(ctx, { ...wish, id: dice.uuid() })
  await insertSeededWaiting(ctx, { ...wish, id: dice.uuid(), account: null, email: 'warten@example.org' })
}
