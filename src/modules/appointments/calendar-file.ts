import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import type { Office } from '#modules/catalogue/public.ts'
import type { Booking } from './domain/booking.ts'
import { pageIn, titleIn, type Offer } from './offer.ts'
import { texts } from './texts/index.ts'

/**
 * A booking as an iCalendar object (RFC 5545, methods of RFC 5546). Its UID never changes, and its SEQUENCE grows with each
 * change, so that calendars replace what they have; once cancelled it tells them to take it out.
 */
export function calendarFile(
  ctx: Ctx,
  { booking, offer, office }: { booking: Booking; offer: Offer; office: Office | null },
): string {
  const t = texts(ctx).booking
  const isCancelled = booking.state === 'cancelled'
  const services = [...new Set(booking.services)]
  const bring = services.flatMap((slug) => pageIn(offer, slug)?.words.documents ?? [])
  const calendar = ical({
    prodId: { company: 'Rathaus', product: 'appointments', language: ctx.locale.toUpperCase() },
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  })
  calendar.createEvent({
    id: booking.id,
    sequence: booking.sequence,
    stamp: new Date(ctx.clock.now().epochMilliseconds),
    start: new Date(booking.startsAt.epochMilliseconds),
    end: new Date(booking.endsAt.epochMilliseconds),
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: services.map((slug) => titleIn(offer, slug)).join(', '),
    location: booking.variant === 'in-person' && office ? placeOf(ctx, office) : null,
    description: bring.length === 0 ? null : [`${t.bring}:`, ...bring.map((one) => `- ${one}`)].join('\n'),
    organizer: { name: ctx.tenant.name, email: office?.email || ctx.tenant.theme.contact.email },
    url: `${ctx.tenant.baseUrl}${href(ctx, `/termine/${booking.id}`)}`,
  })
  return calendar.toString()
}

const placeOf = (ctx: Ctx, { name, street, houseNumber, postcode, place }: Office): string =>
  `${name[ctx.locale]}, ${street} ${houseNumber}, ${postcode} ${place}`
