import type { Ctx } from '#platform/context.ts'
import type { Booking } from '../../domain/booking.ts'
import { texts } from '../../texts/index.ts'
import { calendarEntries, displacedEntry } from '../calendar-entries.ts'
import { because, type Why } from '../displaced.ts'
import { mailFacts, whenIn } from '../mail-facts.ts'
import { bookAgainPath, bookedWords, bookingPath, codeFor, namedNotice, officeNames, tell, words } from '../mails.ts'
import { notify } from '#modules/notifications/public.ts'

/** The city had to move somebody: where to, and that they may choose something else. */
export async function movedByCityMail(ctx: Ctx, moved: Booking, old: Booking, why: Why): Promise<void> {
  const t = texts(moved).plan.mails
  const { when, office, calendar } = await mailFacts(ctx)(moved)
  await tell(ctx, moved, 'moved-by-city', {
    subject: texts(moved).mails.movedSubject(when),
    paragraphs: [t.mustMove(whenIn(old), because(moved, why)), t.newTime(when, office), t.notGood],
    link: { path: bookingPath(moved.id, await codeFor(ctx, moved)), label: texts(moved).mails.bookedLink },
    confidential: true,
    calendar,
  })
}

/** Nobody will be there: please choose another time. `again`: in place of a reminder. */
export async function displacedMail(
  ctx: Ctx,
  booking: Booking,
  why: Why,
  what: 'displaced' | 'displaced-again' = 'displaced',
): Promise<void> {
  const t = texts(booking).plan.mails
  const { when, office, calendar } = await mailFacts(ctx)(booking, await displacedEntry(ctx, booking, why))
  const code = await codeFor(ctx, booking)
  await tell(ctx, booking, `${what}:${why.id}`, {
    subject: t.chooseSubject(when),
    paragraphs: [t.cannot(when, office, because(booking, why)), t.pleaseChoose],
    link: { path: `/termine/${booking.id}/verschieben${code === '' ? '' : `?code=${code}`}`, label: t.chooseLink },
    confidential: true,
    calendar,
  })
}

/** Staff moved or cancelled it, for a reason that they may say. */
export async function byStaffMail(
  ctx: Ctx,
  booking: Booking,
  what: { readonly kind: 'moved' | 'cancelled'; readonly old: Booking; readonly message: string },
): Promise<void> {
  const t = texts(booking).plan.mails
  const { when, office, calendar } = await mailFacts(ctx)(booking)
  const was = whenIn({ ...booking, startsAt: what.old.startsAt })
  const own = what.message === '' ? [] : [what.message]
  if (what.kind === 'cancelled')
    await tell(ctx, booking, 'cancelled-by-staff', {
      subject: texts(booking).mails.cancelledSubject(was),
      paragraphs: [t.staffCancelled(was, office), ...own, t.bookAgain],
      link: { path: bookAgainPath(booking), label: texts(booking).mails.bookAgainLink },
      calendar,
    })
  else
    await tell(ctx, booking, 'moved-by-staff', {
      subject: texts(booking).mails.movedSubject(when),
      paragraphs: [t.staffMoved(was), t.newTime(when, office), ...own, t.notGood],
      link: { path: bookingPath(booking.id, await codeFor(ctx, booking)), label: texts(booking).mails.bookedLink },
      confidential: true,
      calendar,
    })
}

/** Somebody calls who has no mail, or lost it: the confirmation once more, or the link to confirm. */
export async function againMail(ctx: Ctx, booking: Booking, code: string): Promise<void> {
  const at = ctx.clock.now().epochMilliseconds
  if (booking.state === 'reserved') {
    const notice = await namedNotice(booking, code, { nameOf: await officeNames(ctx), factsOf: mailFacts(ctx) })
    await notify(ctx, { ...notice, key: `${notice.key}:again:${at}` })
    return
  }
  const [entry] = await calendarEntries(ctx, [booking])
  // An account opens its bookings itself.
  const own = booking.account === null ? code : ''
  await tell(ctx, booking, `again:${at}`, bookedWords(booking, own, await mailFacts(ctx)(booking, entry)))
}

/** To the address that was there before: whoever reads it may have been robbed of an appointment, or knows nothing of it. */
export async function otherAddressMail(ctx: Ctx, old: Booking): Promise<void> {
  const t = texts(old).plan.mails
  const { when, office } = await words(ctx, old)
  await tell(ctx, old, 'other-address', {
    subject: t.otherAddressSubject(when),
    paragraphs: [t.otherAddress(when, office), t.otherAddressCall],
  })
}
