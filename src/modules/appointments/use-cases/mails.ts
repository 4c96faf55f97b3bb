import { officeBySlug, offices } from '#modules/catalogue/public.ts'
import { notify, type Notice } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatTime } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import { addressOf, askedOfBooking } from '../asked.ts'
import { hashOfCode, newCode, spacedArrivalCode, type Booking } from '../domain/booking.ts'
import { addCode } from '../store/bookings.ts'
import { texts } from '../texts/index.ts'
import { mailFacts, whenIn, type Facts, type FactsOf } from './mail-facts.ts'

/** Where a booking is seen, moved and cancelled; without a code by its account. */
export const bookingPath = (id: string, code: string): string => `/termine/${id}${behind(code)}`

/** Its iCalendar file. */
export const calendarPath = (id: string, code: string): string => `/termine/${id}/termin.ics${behind(code)}`

const behind = (code: string) => (code === '' ? '' : `?code=${encodeURIComponent(code)}`)

/** Where the same is booked once more. */
export const bookAgainPath = (booking: Booking): string => addressOf('/termine', askedOfBooking(booking))

type NameOf = (slug: string, locale: Locale) => string

/** Names of offices by slug, for many mails at once. */
export async function officeNames(ctx: Ctx): Promise<NameOf> {
  const names = new Map((await offices(ctx)).map(({ slug, name }) => [slug, name]))
  return (slug, locale) => names.get(slug)?.[locale] ?? slug
}

/** What is said to whoever has just given a held time their name: that it is booked, or how to confirm it. */
export async function namedNotice(
  booking: Booking,
  code: string,
  { nameOf, factsOf }: { readonly nameOf: NameOf; readonly factsOf: FactsOf },
): Promise<Notice> {
  const t = texts(booking).mails
  if (booking.state === 'booked') return noticeOf(booking, 'booked', bookedWords(booking, code, await factsOf(booking)))
  const when = whenIn(booking)
  const office = nameOf(booking.office, booking.locale)
  return noticeOf(booking, 'confirm', {
    subject: t.confirmSubject(when),
    paragraphs: [t.kept(when, office), t.confirmUntil(formatTime(booking, booking.expiresAt!)), t.notYou],
    link: { path: bookingPath(booking.id, code), label: t.confirmLink },
    confidential: true,
  })
}

export async function bookedMail(ctx: Ctx, booking: Booking, code: string): Promise<void> {
  await tell(ctx, booking, 'booked', bookedWords(booking, code, await mailFacts(ctx)(booking)))
}

export function bookedWords(booking: Booking, code: string, { when, office, about, calendar }: Facts): Words {
  const t = texts(booking).mails
  return {
    subject: t.bookedSubject(when),
    // What to bring was said on the telephone; an SMS says what has to be at hand.
    paragraphs: isBySmsAlone(booking)
      ? [t.booked(when, office), ...arrivalWords(booking)]
      : [t.booked(when, office), ...about, ...arrivalWords(booking), t.pleaseCancel],
    link: { path: bookingPath(booking.id, code), label: t.bookedLink },
    confidential: true,
    calendar,
  }
}

export async function movedMail(ctx: Ctx, booking: Booking, code: string): Promise<void> {
  const t = texts(booking).mails
  const { when, office, about, calendar } = await mailFacts(ctx)(booking)
  await tell(ctx, booking, 'moved', {
    subject: t.movedSubject(when),
    paragraphs: [t.moved(when, office), ...about, ...arrivalWords(booking), t.pleaseCancel],
    link: { path: bookingPath(booking.id, code), label: t.bookedLink },
    confidential: true,
    calendar,
  })
}

/** The day before, also by SMS where there is a mobile number and it may. */
export async function reminderMail(ctx: Ctx, booking: Booking, sms: boolean, factsOf: FactsOf): Promise<void> {
  const code = await codeFor(ctx, booking)
  const t = texts(booking).mails
  const { when, office, about } = await factsOf(booking)
  await tell(ctx, booking, 'reminder', {
    subject: t.reminderSubject(when, cityDate(booking.startsAt).equals(today(ctx.clock))),
    // An SMS has room for the first of them.
    paragraphs: [
      t.reminder(when, office),
      ...arrivalWords(booking),
      ...(isBySmsAlone(booking) ? [] : about),
      t.pleaseCancel,
    ],
    link: { path: bookingPath(booking.id, code), label: t.bookedLink },
    confidential: true,
    sms,
  })
}

export async function cancelledMail(ctx: Ctx, booking: Booking): Promise<void> {
  const t = texts(booking).mails
  const { when, office, calendar } = await mailFacts(ctx)(booking)
  await tell(ctx, booking, 'cancelled', {
    subject: t.cancelledSubject(when),
    paragraphs: [t.cancelled(when, office)],
    link: { path: bookAgainPath(booking), label: t.bookAgainLink },
    calendar,
  })
}

function arrivalWords(booking: Booking): string[] {
  const { arrivalCode, variant } = booking
  return arrivalCode !== null && variant === 'in-person'
    ? [texts(booking).mails.arrival(spacedArrivalCode(arrivalCode))]
    : []
}

export async function words(ctx: Ctx, booking: Booking): Promise<{ when: string; office: string }> {
  const office = await officeBySlug(ctx, booking.office)
  return { when: whenIn(booking), office: office?.name[booking.locale] ?? booking.office }
}

type Words = Pick<Notice, 'subject' | 'paragraphs' | 'link' | 'confidential' | 'sms' | 'calendar'>

export const tell = (ctx: Ctx, booking: Booking, what: string, message: Words) =>
  notify(ctx, noticeOf(booking, what, message))

/** Who has called and has no mail. */
const isBySmsAlone = ({ account, email }: Booking): boolean => account === null && !email

const noticeOf = (booking: Booking, what: string, message: Words): Notice => ({
  ...message,
  sms: message.sms ?? isBySmsAlone(booking),
  key: `appointment:${booking.id}:${what}:${booking.sequence}`,
  to: { accountId: booking.account, email: booking.email, telephone: booking.telephone },
  locale: booking.locale,
  // Anybody can book with anybody's address, and nobody confirms a number.
  unconfirmed: booking.state === 'reserved' || 'telephone',
})

/** A code that opens the booking for whoever reads this mail: the city keeps hashes alone. An account needs none. */
export async function codeFor(ctx: Ctx, booking: Booking): Promise<string> {
  if (booking.account !== null) return ''
  const code = newCode()
  await addCode(ctx, booking.id, hashOfCode(code))
  return code
}
