import ical, { ICalCalendarMethod, ICalEventStatus, type ICalEventData } from 'ical-generator'
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
  const calendar = calendarOf(
    ctx,
    booking.state === 'cancelled' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  )
  calendar.createEvent(eventOf(ctx, { booking, offer, office }))
  return calendar.toString()
}

/** All appointments of an account, for a calendar program that asks again and again; cancelled ones say so. */
export function calendarFeed(
  ctx: Ctx,
  { bookings, offer, offices }: { bookings: readonly Booking[]; offer: Offer; offices: readonly Office[] },
): string {
  const calendar = calendarOf(ctx, ICalCalendarMethod.PUBLISH)
  calendar.name(texts(ctx).feed.name(ctx.tenant.name)).ttl(ASK_AGAIN_SECONDS)
  for (const booking of bookings) {
    const office = offices.find(({ slug }) => slug === booking.office) ?? null
    calendar.createEvent(eventOf(ctx, { booking, offer, office }))
  }
  return calendar.toString()
}

/** How often calendar programs should ask (RFC 7986, REFRESH-INTERVAL). */
const ASK_AGAIN_SECONDS = 3_600

const calendarOf = (ctx: Ctx, method: ICalCalendarMethod) =>
  ical({ prodId: { company: 'Rathaus', product: 'appointments', language: ctx.locale.toUpperCase() }, method })

function eventOf(
  ctx: Ctx,
  { booking, offer, office }: { booking: Booking; offer: Offer; office: Office | null },
): ICalEventData {
  const services = [...new Set(booking.services)]
  const bring = services.flatMap((slug) => pageIn(offer, slug)?.words.documents ?? [])
  return {
    id: booking.id,
    sequence: booking.sequence,
    stamp: new Date(ctx.clock.now().epochMilliseconds),
    start: new Date(booking.startsAt.epochMilliseconds),
    end: new Date(booking.endsAt.epochMilliseconds),
    status: booking.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: services.map((slug) => titleIn(offer, slug)).join(', '),
    location: booking.variant === 'in-person' && office ? placeOf(ctx, office) : null,
    description:
      bring.length === 0 ? null : [`${texts(ctx).booking.bring}:`, ...bring.map((one) => `- ${one}`)].join('\n'),
    organizer: { name: ctx.tenant.name, email: office?.email || ctx.tenant.theme.contact.email },
    url: `${ctx.tenant.baseUrl}${href(ctx, `/termine/${booking.id}`)}`,
  }
}

const placeOf = (ctx: Ctx, { name, street, houseNumber, postcode, place }: Office): string =>
  `${name[ctx.locale]}, ${street} ${houseNumber}, ${postcode} ${place}`
