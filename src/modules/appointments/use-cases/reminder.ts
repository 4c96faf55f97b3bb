import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import type { Booking, Reminder } from '../domain/booking.ts'
import { bookingWithKey, lockBooking, type Key } from '../store/bookings.ts'
import { setReminder } from '../store/reminders.ts'
import { isOverSmsLimit } from './sms.ts'
import { mayChange } from './standing.ts'

/**
 * How somebody wants to be reminded of an appointment to come. Whoever asks for SMS afterwards is counted as if at once.
 * @param sequence the version that the person saw; null: whichever it is
 */
export async function chooseReminder(
  ctx: Ctx,
  id: string,
  key: Key,
  reminder: Reminder,
  ip: string,
  sequence: number | null = null,
): Promise<Result<Booking>> {
  const before = await bookingWithKey(ctx, id, key)
  if (!before) return fail('not-found')
  if (isOther(before, sequence)) return fail('edited-by-others')
  if (before.reminder === reminder) return ok(before)
  // Before it is counted: what cannot be changed uses nobody's SMS up.
  if (!mayChange(ctx, before)) return fail('not-changeable')
  if (reminder === 'mail-and-sms' && (await isOverSmsLimit(ctx, before.telephone, ip))) return fail('too-many-sms')
  return transaction(ctx, async (ctx): Promise<Result<Booking>> => {
    const booking = await lockBooking(ctx, id, key)
    if (!booking) return fail('not-found')
    if (isOther(booking, sequence)) return fail('edited-by-others')
    if (!mayChange(ctx, booking)) return fail('not-changeable')
    await setReminder(ctx, id, reminder)
    await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.reminder-chosen', data: { reminder } })
    return ok({ ...booking, reminder })
  })
}

const isOther = (booking: Booking, seen: number | null) => seen !== null && booking.sequence !== seen
