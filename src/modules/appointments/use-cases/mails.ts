import { officeBySlug } from '#modules/catalogue/public.ts'
import { notify } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDateTime, formatTime } from '#platform/i18n/format.ts'
import { spacedArrivalCode, type Booking } from '../domain/booking.ts'
import { texts } from '../texts/index.ts'

/** Where a booking is seen, moved and cancelled; without a code by its account. */
export const bookingPath = (id: string, code: string): string => `/termine/${id}${code === '' ? '' : `?code=${code}`}`

export async function confirmMail(ctx: Ctx, booking: Booking, code: string): Promise<void> {
  const t = texts(booking).mails
  const { when, office } = await words(ctx, booking)
  await tell(ctx, booking, 'confirm', {
    subject: t.confirmSubject(when),
    paragraphs: [t.kept(when, office), t.confirmUntil(formatTime(booking, booking.expiresAt!)), t.notYou],
    link: { path: bookingPath(booking.id, code), label: t.confirmLink },
    confidential: true,
  })
}

export async function bookedMail(ctx: Ctx, booking: Booking, code: string): Promise<void> {
  const t = texts(booking).mails
  const { when, office } = await words(ctx, booking)
  await tell(ctx, booking, 'booked', {
    subject: t.bookedSubject(when),
    paragraphs: [t.booked(when, office), ...arrivalWords(booking), t.pleaseCancel],
    link: { path: bookingPath(booking.id, code), label: t.bookedLink },
    confidential: true,
  })
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

/** The day before, also by SMS where there is a mobile number. */
export async function reminderMail(ctx: Ctx, booking: Booking, code: string): Promise<void> {
  const t = texts(booking).mails
  const { when, office } = await words(ctx, booking)
  await tell(ctx, booking, 'reminder', {
    subject: t.reminderSubject(when),
    paragraphs: [t.reminder(when, office), ...arrivalWords(booking), t.pleaseCancel],
    link: { path: bookingPath(booking.id, code), label: t.bookedLink },
    confidential: true,
    sms: true,
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

type Words = Pick<Parameters<typeof notify>[1], 'subject' | 'paragraphs' | 'link' | 'confidential' | 'sms'>

export const tell = (ctx: Ctx, booking: Booking, what: string, message: Words) =>
  notify(ctx, {
    ...message,
    key: `appointment:${booking.id}:${what}:${booking.sequence}`,
    to: { accountId: booking.account, email: booking.email, telephone: booking.telephone },
    locale: booking.locale,
    // Anybody can book with anybody's address.
    unconfirmed: booking.state === 'reserved',
  })
