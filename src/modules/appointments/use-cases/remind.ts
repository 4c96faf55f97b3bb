import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { remindedUntil } from '../domain/reminding.ts'
import { lockToRemind, setReminded } from '../store/reminders.ts'
import { displacedAmong } from './displaced.ts'
import { mailFacts } from './mail-facts.ts'
import { reminderMail } from './mails.ts'
import { displacedMail } from './plan/mails.ts'

/** Nearer than that a reminder comes too late, where the program did not run before. */
const LATEST: Temporal.DurationLike = { hours: 2 }
/** Reminded in one transaction. */
const BATCH = 100

/** Reminds everybody who has an appointment within a day, once, as they have chosen; of one that cannot take place in its words. */
export async function remindPeople(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const due = { from: now.add(LATEST), to: remindedUntil(now) }
  let count = 0
  for (;;) {
    const reminded = await transaction(ctx, async (ctx) => {
      const bookings = await lockToRemind(ctx, due, BATCH)
      await setReminded(
        ctx,
        bookings.map(({ id }) => id),
      )
      const off = await displacedAmong(ctx, bookings)
      const factsOf = mailFacts(ctx)
      for (const booking of bookings) {
        const sms = booking.reminder === 'mail-and-sms' && !booking.noSms
        const why = off.get(booking.id)
        await (why ? displacedMail(ctx, booking, why, 'displaced-again') : reminderMail(ctx, booking, sms, factsOf))
      }
      return bookings.length
    })
    count += reminded
    if (reminded < BATCH) return count
  }
}
