import ical, { ICalCalendarMethod, ICalEventStatus, type ICalEventData } from 'ical-generator'
import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import type { Office } from '#modules/catalogue/public.ts'
import { spacedArrivalCode, type Booking } from './domain/booking.ts'
import { pageIn, type Pages } from './offer.ts'
import { texts } from './texts/index.ts'
import { matters } from './views/search.ts'

/**
 * A booking as an iCalendar object (RFC 5545, methods of RFC 5546). Its UID never changes, and its SEQUENCE grows with each
 * change, so that calendars replace what they have; once cancelled it tells them to take it out.
 */
export function calendarFile(
  ctx: Ctx,
  { booking, offer, office }: { booking: Booking; offer: Pages; office: Office | null },
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
  { bookings, offer, offices }: { bookings: readonly Booking[]; offer: Pages; offices: readonly Office[] },
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
  { booking, offer, office }: { booking: Booking; offer: Pages; office: Office | null },
): ICalEventData {
  return {
    id: booking.id,
    sequence: booking.sequence,
    stamp: new Date(ctx.clock.now().epochMilliseconds),
    start: new Date(booking.startsAt.epochMilliseconds),
    end: new Date(booking.endsAt.epochMilliseconds),
    status: booking.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: `${matters(ctx, offer, booking.services)}, ${ctx.tenant.name}`,
    location: booking.variant === 'in-person' && office ? placeOf(ctx, office) : null,
    description: descriptionOf(ctx, booking, offer),
    organizer: { name: ctx.tenant.name, email: office?.email || ctx.tenant.theme.contact.email },
    // Without an account a code opens it, which is in no calendar that others may read.
    url: booking.account === null ? null : `${ctx.tenant.baseUrl}${href(ctx, `/termine/${booking.id}`)}`,
  }
}

/** What to show on arrival, what to bring, and where to change it. */
function descriptionOf(
  ctx: Ctx,
  { state, variant, arrivalCode, services, account }: Booking,
  offer: Pages,
): string | null {
  const t = texts(ctx).booking
  if (state === 'cancelled') return null
  const bring = [...new Set(services)].flatMap((slug) => pageIn(offer, slug)?.words.documents ?? [])
  const isHere = variant === 'in-person'
  return [
    ...(isHere && arrivalCode !== null ? [texts(ctx).mails.arrival(spacedArrivalCode(arrivalCode))] : []),
    ...(bring.length > 0 ? [`${isHere ? t.bring : t.haveReady}:`, ...bring.map((one) => `- ${one}`)] : []),
    account === null ? t.changeByMail : t.changeByAccount,
  ].join('\n')
}

const placeOf = (ctx: Ctx, { name, street, houseNumber, postcode, place }: Office): string =>
  `${name[ctx.locale]}, ${street} ${houseNumber}, ${postcode} ${place}`
