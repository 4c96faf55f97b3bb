import { isMailAddress, isMobile, isTelephone } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { isTold } from '#platform/audit/trail.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { selfOf } from '../../calendars.ts'
import { hashOfCode, newCode, type Booking } from '../../domain/booking.ts'
import { wrongWithName } from '../../domain/person-name.ts'
import { bookedWithId } from '../../store/bookings.ts'
import { nameHolds, type Person, type WantedName } from '../../store/naming.ts'
import { texts } from '../../texts/index.ts'
import { bookedMail } from '../mails.ts'
import { holdTime, type Hold, type HoldWish } from '../hold.ts'
import { inMemory } from '../memory.ts'

const BOOKED_FOR = 'appointments.booked-for'

/** A time for somebody on the telephone: from the seats that are kept for the service centre, else from those for all. */
export async function holdFor(ctx: Ctx, wish: Omit<HoldWish, 'audience'>): Promise<Result<Hold>> {
  const kept = await holdTime(ctx, { ...wish, audience: 'centre' })
  return kept.ok ? kept : holdTime(ctx, { ...wish, audience: 'public' })
}

/** Somebody can be reached by mail or by telephone; one of them is enough for whoever calls. */
export function wrongOfPerson(ctx: Ctx, { name, email, telephone }: Person): Record<string, string> {
  const t = texts(ctx)
  const wrongName = wrongWithName(name)
  return {
    ...(wrongName ? { name: wrongName === 'missing' ? t.plan.bookFor.nameMissing : t.problems.nameInOneLine } : {}),
    ...(email !== '' && !isMailAddress(email) ? { email: t.problems.mailNotValid } : {}),
    ...(telephone !== null && !isTelephone(telephone) ? { telephone: t.problems.telephoneNotValid } : {}),
    ...(email === '' && telephone === null ? { telephone: t.plan.bookFor.noWayToReach } : {}),
  }
}

/**
 * Books what is held for somebody else: it belongs to no account, and its mail opens it.
 * @param locale of the person, in which they are written to
 */
export async function bookFor(
  ctx: Ctx,
  hold: { id: string; code: string },
  person: Person,
  locale: Locale,
): Promise<Result<Booking>> {
  const fields = wrongOfPerson(ctx, person)
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields })
  const mailCode = newCode()
  const result = await transaction(ctx, async (ctx): Promise<Result<Booking>> => {
    const wanted: WantedName = {
      ...person,
      id: hold.id,
      codeHash: hashOfCode(hold.code),
      keyAccount: null,
      most: null,
      confirmation: null,
      state: 'booked',
      expiresAt: null,
      noSms: false,
      mailCodeHash: hashOfCode(mailCode),
      // Not that of whoever types.
      account: null,
      locale,
    }
    const named = (await nameHolds(ctx, selfOf(ctx), [wanted])).get(hold.id)
    if (!named) return fail('not-found')
    if (named.booking.state === 'held' && named.booking.variant === 'telephone' && person.telephone === null)
      return fail('invalid-input', { fields: { telephone: texts(ctx).booking.telephoneMissing } })
    // A double click: it is booked already.
    if (!named.isDone)
      return named.booking.state === 'booked' && named.booking.name === person.name
        ? ok(named.booking)
        : fail('hold-expired')
    const booking: Booking = { ...named.booking, ...person, state: 'booked', expiresAt: null, locale }
    if (person.email !== '' || (person.telephone !== null && isMobile(person.telephone)))
      await bookedMail(ctx, booking, mailCode)
    await audit(ctx, { subject: `appointment:${hold.id}`, action: BOOKED_FOR })
    return ok(booking)
  })
  if (result.ok) await inMemory(ctx, result.value)
  return result
}

/** How long after the booking its page can be loaded again; then staff who may see appointments find it by its name. */
const JUST_NOW: Temporal.DurationLike = { minutes: 30 }

/**
 * What this account has booked for somebody a moment ago, as the audit trail says: no code opens it, for none is kept in the
 * browser of who is paid to book for all.
 */
export async function bookedJustNow(ctx: Ctx, id: string): Promise<Booking | null> {
  const told = { action: BOOKED_FOR, actor: ctx.account?.id ?? '', after: ctx.clock.now().subtract(JUST_NOW) }
  return (await isTold(ctx, `appointment:${id}`, told)) ? bookedWithId(ctx, id) : null
}
