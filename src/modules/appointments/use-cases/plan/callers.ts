import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { hashOfCode, newCode, type Booking } from '../../domain/booking.ts'
import type { Caller } from '../../typed-caller.ts'
import { addCode, lockBooking } from '../../store/bookings.ts'
import { bookingsOfCaller, replaceMailCodes, setContact } from '../../store/callers.ts'
import { texts } from '../../texts/index.ts'
import { mayChange } from '../standing.ts'
import { wrongOfPerson } from './book-for.ts'
import { againMail, otherAddressMail } from './mails.ts'
import { WORK } from './offices.ts'
import { byTeams } from './staff-bookings.ts'

/** Read at a glance while somebody waits on the telephone. */
export const MOST_FOUND = 30

export interface FoundBookings {
  readonly bookings: readonly Booking[]
  readonly more: boolean
}

/** Appointments of somebody who calls. Who was shown to whom is noted. */
export async function findForCaller(ctx: Ctx, caller: Caller, day: Temporal.PlainDate | null): Promise<FoundBookings> {
  const found = await bookingsOfCaller(ctx, WORK, caller, { day, limit: MOST_FOUND + 1 })
  const bookings = found.slice(0, MOST_FOUND)
  await transaction(ctx, (ctx) =>
    audit(ctx, {
      subject: 'appointments:search',
      action: 'appointments.searched',
      data: { by: caller.by, shown: bookings.map(({ id }) => id) },
    }),
  )
  return { bookings, more: found.length > MOST_FOUND }
}

/** Whether its mail or number may be mended, and its confirmation sent once more. */
export const mayWriteTo = (ctx: Pick<Ctx, 'clock'>, booking: Booking): boolean =>
  mayChange(ctx, booking) || booking.state === 'reserved'

async function writable(ctx: Ctx, id: string, sequence: number | null): Promise<Result<Booking>> {
  const booking = await lockBooking(ctx, id, await byTeams(ctx))
  if (!booking) return fail('not-found')
  if (booking.sequence !== sequence) return fail('edited-by-others')
  return mayWriteTo(ctx, booking) ? ok(booking) : fail('not-changeable')
}

/** Sends the confirmation once more, or the link to confirm: with a new code, for the city keeps none. */
export function sendAgain(ctx: Ctx, id: string, sequence: number | null): Promise<Result<Booking>> {
  return transaction(ctx, async (ctx): Promise<Result<Booking>> => {
    const found = await writable(ctx, id, sequence)
    if (!found.ok) return found
    const booking = found.value
    if (!booking.email && !booking.account) return fail('not-changeable')
    const code = newCode()
    if (booking.state === 'reserved') await replaceMailCodes(ctx, id, hashOfCode(code))
    else if (booking.account === null) await addCode(ctx, id, hashOfCode(code))
    await againMail(ctx, booking, code)
    await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.sent-again' })
    return found
  })
}

export interface Contact {
  readonly email: string
  readonly telephone: string
}

/** Mends the address or the number of somebody who calls; the name stays. A new address gets the confirmation. */
export function correctContact(
  ctx: Ctx,
  id: string,
  sequence: number | null,
  { email, telephone }: Contact,
): Promise<Result<Booking>> {
  return transaction(ctx, async (ctx): Promise<Result<Booking>> => {
    const found = await writable(ctx, id, sequence)
    if (!found.ok) return found
    const old = found.value
    const fields = {
      ...wrongOfPerson(ctx, { name: old.name ?? '–', email, telephone: telephone || null }),
      // The link that confirms has to go somewhere, and who is called must say where.
      ...(old.state === 'reserved' && email === '' ? { email: texts(ctx).problems.mailNotValid } : {}),
      ...(old.variant === 'telephone' && telephone === '' ? { telephone: texts(ctx).booking.telephoneMissing } : {}),
    }
    if (Object.keys(fields).length > 0) return fail('invalid-input', { fields })
    const booking: Booking = {
      ...old,
      email: email || null,
      telephone: telephone || null,
      sequence: old.sequence + 1,
    }
    const isOther = (booking.email ?? '').toLowerCase() !== (old.email ?? '').toLowerCase()
    const code = newCode()
    await setContact(ctx, id, booking, isOther ? hashOfCode(code) : null)
    if (isOther && old.email) await otherAddressMail(ctx, old)
    if (isOther && booking.email) await againMail(ctx, booking, code)
    await audit(ctx, {
      subject: `appointment:${id}`,
      action: 'appointments.contact-corrected',
      data: { email: isOther, telephone: booking.telephone !== old.telephone },
    })
    return ok(booking)
  })
}
