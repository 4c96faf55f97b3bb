import { isMailAddress, isTelephone } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { selfOf } from '../calendars.ts'
import { hashOfCode, newCode, RESERVATION_MINUTES, type Booking } from '../domain/booking.ts'
import { bookingWithKey, lockBooking, nameHold, setBookingState, type Key, type Person } from '../store/bookings.ts'
import { tellChange } from '../store/changes.ts'
import { keepUntil } from '../store/occupancies.ts'
import { texts } from '../texts/index.ts'
import { bookedMail, confirmMail } from './mails.ts'
import { inMemory } from './memory.ts'
import { hasLapsed } from './standing.ts'

/** Appointments to come under one mail address; the service centre may book more. */
const MOST_UNDER_A_MAIL = 5

/**
 * Gives a held time a name. With an account, or by staff, it is booked with that; otherwise it is reserved until the link
 * in the mail is followed.
 * @param code of the hold. The link that confirms holds another one: whoever has it reads the mail of that address.
 */
export async function bookHold(ctx: Ctx, id: string, key: Key, code: string, person: Person): Promise<Result<Booking>> {
  const wrong = personProblems(ctx, person)
  if (wrong) return wrong
  const isKnown = ctx.account !== null
  const most = ctx.account?.kind === 'staff' ? null : MOST_UNDER_A_MAIL
  const state = isKnown ? 'booked' : 'reserved'
  const mailCode = isKnown ? null : newCode()
  const expiresAt = isKnown ? null : ctx.clock.now().add({ minutes: RESERVATION_MINUTES })
  const result = await transaction(ctx, async (ctx): Promise<Result<Booking>> => {
    const to = { state, expiresAt, mailCodeHash: mailCode && hashOfCode(mailCode) } as const
    const named = await nameHold(ctx, selfOf(ctx), { id, key, most }, person, to)
    if (!named) return fail('not-found')
    const held = named.booking
    if (named.done === null) {
      // A double click, or a reply that was lost: the same again.
      if (held.state !== 'held')
        return samePerson(held, person) ? ok(held) : fail('conflict', { detail: texts(ctx).problems.nameFixed })
      return fail(most !== null && named.others >= most ? 'too-many-bookings' : 'hold-expired')
    }
    const booking: Booking = { ...held, ...person, state, expiresAt, locale: ctx.locale }
    await (mailCode === null ? bookedMail(ctx, booking, code) : confirmMail(ctx, booking, mailCode))
    if (isKnown) await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.booked' })
    return ok(booking)
  })
  if (result.ok) await inMemory(ctx, result.value)
  return result
}

/** By the code of the link in the mail: what was reserved is booked. A second time it is booked already. */
export async function confirmBooking(ctx: Ctx, id: string, code: string): Promise<Result<Booking>> {
  const key = { mailCodeHash: hashOfCode(code) }
  const result = await transaction(ctx, async (ctx): Promise<Result<Booking>> => {
    const reserved = await lockBooking(ctx, id, key)
    if (!reserved) return fail('not-found')
    if (reserved.state === 'booked') return ok(reserved)
    if (reserved.state !== 'reserved') return fail('not-changeable')
    if (!(await keepUntil(ctx, id, null))) return fail('hold-expired')
    await setBookingState(ctx, id, 'booked')
    await tellChange(ctx, selfOf(ctx), reserved.team)
    const booking: Booking = { ...reserved, state: 'booked', expiresAt: null, sequence: reserved.sequence + 1 }
    await bookedMail(ctx, booking, code)
    await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.booked' })
    return ok(booking)
  })
  if (result.ok) await inMemory(ctx, result.value)
  return result
}

/** For who holds its key; null where there is none, and where a hold or a reservation has run out. */
export async function readBooking(ctx: Ctx, id: string, key: Key): Promise<Booking | null> {
  const booking = await bookingWithKey(ctx, id, key)
  return booking && !hasLapsed(ctx, booking) ? booking : null
}

function personProblems(ctx: Ctx, { name, email, telephone }: Person): Failure<'invalid-input'> | null {
  const t = texts(ctx).problems
  const fields = {
    ...(name.trim() === '' ? { name: t.nameMissing } : {}),
    ...(isMailAddress(email) ? {} : { email: t.mailNotValid }),
    ...(telephone === null || isTelephone(telephone) ? {} : { telephone: t.telephoneNotValid }),
  }
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : null
}

const samePerson = (booking: Booking, { name, email }: Person) => booking.name === name && booking.email === email
