import { isMailAddress, notify } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { hashOfCode, newCode, type Booking } from '../domain/booking.ts'
import { lockBooking, type HolderKey } from '../store/bookings.ts'
import { addConfirmation, isMailedTooOften } from '../store/confirmations.ts'
import { correctMail, lockBookedOfMail, lockNaming } from '../store/naming.ts'
import { texts } from '../texts/index.ts'
import { MOST_UNCONFIRMED, MOST_UNDER_A_MAIL, tooManyUnconfirmed } from './book.ts'
import { mailFacts } from './mail-facts.ts'
import { namedNotice, officeNames } from './mails.ts'
import { hasLapsed, isCorrectedTooOften } from './standing.ts'

/**
 * Another address for a booking that nobody has confirmed: it was mistyped. The link in the first mail, which a stranger may
 * have got, opens nothing any more; until when it has to be confirmed stays. A confirmed one keeps name and address, so that
 * nobody sells it.
 * @param ip the address of whoever corrects it, for limits
 * @param sequence the version that the person saw; null: whichever it is
 */
export async function correctMailOf(
  ctx: Ctx,
  id: string,
  key: HolderKey,
  { email, ip }: { readonly email: string; readonly ip: string },
  sequence: number | null,
): Promise<Result<Booking>> {
  const { problems: t } = texts(ctx)
  if (!isMailAddress(email)) return fail('invalid-input', { fields: { email: t.mailNotValid } })
  return transaction(ctx, async (ctx): Promise<Result<Booking>> => {
    // Before the booking: whoever names some has them locked, too.
    await lockNaming(ctx)
    const booking = await lockBooking(ctx, id, key)
    if (!booking) return fail('not-found')
    if (sequence !== null && booking.sequence !== sequence) return fail('edited-by-others')
    if (booking.state === 'booked') return fail('conflict', { detail: t.nameFixed })
    if (booking.state !== 'reserved') return fail('not-changeable')
    if (hasLapsed(ctx, booking)) return fail('hold-expired')
    // A reply that was lost.
    if (booking.email === email) return ok(booking)
    if (isCorrectedTooOften(booking)) return fail('corrected-too-often')
    // Of an account, too: it was counted under the first address.
    if ((await lockBookedOfMail(ctx, email)) >= MOST_UNDER_A_MAIL) return fail('too-many-bookings')
    if (await isMailedTooOften(ctx, email, ip, MOST_UNCONFIRMED)) return tooManyUnconfirmed(ctx)
    const code = newCode()
    await correctMail(ctx, id, email, hashOfCode(code))
    await addConfirmation(ctx, { email, ip, codeHash: hashOfCode(code) })
    const corrected: Booking = { ...booking, email, sequence: booking.sequence + 1 }
    await notify(ctx, await namedNotice(corrected, code, { nameOf: await officeNames(ctx), factsOf: mailFacts(ctx) }))
    await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.mail-corrected' })
    return ok(corrected)
  })
}
