import { officeBySlug, servicePages, type Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDay, formatNumber, formatTime } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { calendarFile } from '../calendar-file.ts'
import type { Booking } from '../domain/booking.ts'
import { pageIn, type Pages } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { matters } from '../views/search.ts'
import type { CalendarEntry } from './calendar-entries.ts'

/** "Donnerstag, 14. März 2030, 10:30 Uhr" in the language of the booking. */
export const whenIn = (booking: Pick<Booking, 'locale' | 'startsAt'>): string =>
  `${formatDay(booking, booking.startsAt)}, ${formatTime(booking, booking.startsAt)}`

/** What a mail says of a booking. */
export interface Facts {
  readonly when: string
  readonly office: string
  /** What it is about, where, and what to bring. */
  readonly about: readonly string[]
  /** To be put into a calendar. */
  readonly calendar: string
}
export type FactsOf = (booking: Booking, entry?: CalendarEntry) => Promise<Facts>

/**
 * The pages of the services are read once for each language, however many bookings are told of. Nothing is asked of the
 * calendar: who stands in a transaction would wait for a second connection while keeping the first from others.
 * Without an entry the appointment takes place: it was made, moved or cancelled just now.
 */
export function mailFacts(ctx: Ctx): FactsOf {
  const known = new Map<Locale, Promise<Pages>>()
  return async (booking, entry = { booking, displaced: null }) => {
    const own = { ...ctx, locale: booking.locale }
    let pages = known.get(booking.locale)
    if (!pages) known.set(booking.locale, (pages = pagesIn(own)))
    const [offer, office] = [await pages, await officeBySlug(ctx, booking.office)]
    return {
      when: whenIn(booking),
      office: office?.name[booking.locale] ?? booking.office,
      about: aboutOf(own, booking, offer, office),
      calendar: calendarFile(own, { ...entry, offer, office }),
    }
  }
}

const pagesIn = async (ctx: Ctx): Promise<Pages> => ({
  services: (await servicePages(ctx)).map((page) => ({ slug: page.slug, page })),
})

function aboutOf(ctx: Ctx, booking: Booking, offer: Pages, office: Office | null): string[] {
  const { services, people, variant, telephone } = booking
  const t = texts(ctx)
  const bring = [...new Set(services)].flatMap((slug) => pageIn(offer, slug)?.words.documents ?? [])
  const isHere = variant === 'in-person'
  const place = {
    'in-person': '',
    telephone: telephone ? t.booking.telephoneCall(telephone) : t.booking.telephoneOnly,
    video: t.booking.videoCall,
  }[variant]
  return [
    t.mails.about(matters(ctx, offer, services), people, formatNumber(ctx, people)),
    ...(isHere && office
      ? [t.mails.address(`${office.street} ${office.houseNumber}, ${office.postcode} ${office.place}`)]
      : []),
    ...(place === '' ? [] : [place]),
    ...(bring.length === 0
      ? []
      : [[`${isHere ? t.booking.bring : t.booking.haveReady}:`, ...bring.map((one) => `– ${one}`)].join('\n')]),
  ]
}
