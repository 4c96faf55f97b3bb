import { officeBySlug, offices } from '#modules/catalogue/public.ts'
import { notify, type Notice } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDateTime, formatTime } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { hashOfCode, newCode, spacedArrivalCode, type Booking } from '../domain/booking.ts'
import { addCode } from '../store/bookings.ts'
import { texts } from '../texts/index.ts'

/** Where a booking is seen, moved and cancelled; without a code by its account. */
export const bookingPath = (id: string, code: string): string => `/termine/${id}${code === '' ? '' : `?code=${code}`}`

/** Names of offices by slug, for many mails at once. */
export async function officeNames(ctx: Ctx): Promise<(slug: string, locale: Locale) => string> {
  const names = new Map((await offices(ctx)).map(({ slug, name }) => [slug, name]))
  return (slug, locale) => names.get(slug)?.[locale] ?? slug
}

/** What is said to whoever has just given a held time their name: that it is booked, or how to confirm it. */
export function namedNotice(booking: Booking, code: string, nameOf: Awaited<ReturnType<typeof officeNames>>): Notice {
  const t = texts(booking).mails
  const when = formatDateTime(booking, booking.startsAt)
  const office = nameOf(booking.office, booking.locale)
  if (booking.state === 'booked') return noticeOf(booking, 'booked', bookedWords(booking, code, { when, office }))
  return noticeOf(booking, 'confirm', {
    subject: t.confirmSubject(when),
    paragraphs: [t.kept(when, office), t.confirmUntil(formatTime(booking, booking.expiresAt!)), t.notYou],
    link: { path: bookingPath(booking.id, code), label: t.confirmLink },
    confidential: true,
  })
}

export async function bookedMail(ctx: Ctx, booking: Booking, code: string): Promise<void> {
  await tell(ctx, booking, 'booked', bookedWords(booking, code, await words(ctx, booking)))
}

export function bookedWords(booking: Booking, code: string, { when, office }: { when: string; office: string }): Words {
  const t = texts(booking).mails
  return {
    subject: t.bookedSubject(when),
    paragraphs: [t.booked(when, office), ...arrivalWords(booking), t.pleaseCancel],
    link: { path: bookingPath(booking.id, code), label: t.bookedLink },
    confidential: true,
  }
}

export async function movedMail(ctx: Ctx, booking: Booking, code: string): Promise<void> {
  const t = texts(booking).mails
  const { when, office } = await words(ctx, booking)
  await tell(ctx, booking, 'moved', {
    subject: t.movedSubject(when),
    paragraphs: [t.moved(when, office), ...arrivalWords(booking), t.pleaseCancel],
    link: { path: bookingPath(booking.id, code), label: t.bookedLink },
    confidential: true,
  })
}

/** The day before, also by SMS where there is a mobile number and it may. */
export async function reminderMail(ctx: Ctx, booking: Booking, sms: boolean): Promise<void> {
  const code = await codeFor(ctx, booking)
  const t = texts(booking).mails
  const { when, office } = await words(ctx, booking)
  await tell(ctx, booking, 'reminder', {
    subject: t.reminderSubject(when),
    paragraphs: [t.reminder(when, office), ...arrivalWords(booking), t.pleaseCancel],
    link: { path: bookingPath(booking.id, code), label: t.bookedLink },
    confidential: true,
    sms,
  })
}

export async function cancelledMail(ctx: Ctx, booking: Booking): Promise<void> {
  const t = texts(booking).mails
  const { when, office } = await words(ctx, booking)
  await tell(ctx, booking, 'cancelled', { subject: t.cancelledSubject(when), paragraphs: [t.cancelled(when, office)] })
}

function arrivalWords(booking: Booking): string[] {
  const { arrivalCode, variant } = booking
  return arrivalCode !== null && variant === 'in-person'
    ? [texts(booking).mails.arrival(spacedArrivalCode(arrivalCode))]
    : []
}

export async function words(ctx: Ctx, booking: Booking): Promise<{ when: string; office: string }> {
  const office = await officeBySlug(ctx, booking.office)
  return { when: formatDateTime(booking, booking.startsAt), office: office?.name[booking.locale] ?? booking.office }
}

type Words = Pick<Notice, 'subject' | 'paragraphs' | 'link' | 'confidential' | 'sms'>

export const tell = (ctx: Ctx, booking: Booking, what: string, message: Words) =>
  notify(ctx, noticeOf(booking, what, message))

const noticeOf = (booking: Booking, what: string, message: Words): Notice => ({
  ...message,
  // Who has called and has no mail is told by SMS alone.
  sms: message.sms ?? (booking.account === null && !booking.email),
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
