import ical, { ICalCalendarMethod, ICalEventStatus, type ICalEventData } from 'ical-generator'
import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import type { Office } from '#modules/catalogue/public.ts'
import { spacedArrivalCode, type Booking } from './domain/booking.ts'
import { pageIn, type Pages } from './offer.ts'
import { texts } from './texts/index.ts'
import type { CalendarEntry } from './use-cases/calendar-entries.ts'
import { because, type Why } from './use-cases/displaced.ts'
import { matters } from './views/search.ts'

/**
 * A booking as an iCalendar object (RFC 5545, methods of RFC 5546). Its UID never changes, and its SEQUENCE grows with each
 * change, so that calendars replace what they have; once cancelled it tells them to take it out. What cannot take place is
 * tentative, and says so.
 */
export function calendarFile(
  ctx: Ctx,
  entry: CalendarEntry & { readonly offer: Pages; readonly office: Office | null },
): string {
  const calendar = calendarOf(
    ctx,
    entry.booking.state === 'cancelled' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  )
  calendar.createEvent(eventOf(ctx, entry))
  return calendar.toString()
}

/** All appointments of an account, for a calendar program that asks again and again; cancelled ones say so. */
export function calendarFeed(
  ctx: Ctx,
  { entries, offer, offices }: { entries: readonly CalendarEntry[]; offer: Pages; offices: readonly Office[] },
): string {
  const calendar = calendarOf(ctx, ICalCalendarMethod.PUBLISH)
  calendar.name(texts(ctx).feed.name(ctx.tenant.name)).ttl(ASK_AGAIN_SECONDS)
  for (const entry of entries) {
    const office = offices.find(({ slug }) => slug === entry.booking.office) ?? null
    calendar.createEvent(eventOf(ctx, { ...entry, offer, office }))
  }
  return calendar.toString()
}

/** How often calendar programs should ask (RFC 7986, REFRESH-INTERVAL). */
const ASK_AGAIN_SECONDS = 3_600

const calendarOf = (ctx: Ctx, method: ICalCalendarMethod) =>
  ical({ prodId: { company: 'Rathaus', product: 'appointments', language: ctx.locale.toUpperCase() }, method })

function eventOf(
  ctx: Ctx,
  { booking, displaced, offer, office }: CalendarEntry & { readonly offer: Pages; readonly office: Office | null },
): ICalEventData {
  const what = `${matters(ctx, offer, booking.services)}, ${ctx.tenant.name}`
  return {
    id: booking.id,
    sequence: booking.sequence + booking.calendarChanges,
    stamp: new Date(ctx.clock.now().epochMilliseconds),
    start: new Date(booking.startsAt.epochMilliseconds),
    end: new Date(booking.endsAt.epochMilliseconds),
    status: statusOf(booking, displaced),
    summary: displaced ? texts(ctx).displaced.calendar(what) : what,
    location: booking.variant === 'in-person' && office ? placeOf(ctx, office) : null,
    description: displaced ? displacedWords(ctx, booking, displaced) : descriptionOf(ctx, booking, offer),
    organizer: { name: ctx.tenant.name, email: office?.email || ctx.tenant.theme.contact.email },
    // Without an account a code opens it, which is in no calendar that others may read.
    url: booking.account === null ? null : `${ctx.tenant.baseUrl}${href(ctx, `/termine/${booking.id}`)}`,
  }
}

function statusOf({ state }: Booking, displaced: Why | null): ICalEventStatus {
  if (state === 'cancelled') return ICalEventStatus.CANCELLED
  return displaced ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED
}

/** That nobody is there, why, and what to do; nothing sends the person there. */
function displacedWords(ctx: Ctx, { account }: Booking, why: Why): string {
  const { booking, displaced } = texts(ctx)
  return [
    `${displaced.title}.`,
    displaced.body(because(ctx, why)),
    account === null ? booking.changeByMail : booking.changeByAccount,
  ].join('\n')
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
