import { offices, servicePages, type Office, type ServicePage } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { cityCalendar } from './calendars.ts'
import type { BookableService } from './domain/work.ts'
import { texts } from './texts/index.ts'

/** What can be booked in this city, with its words, in the language of the context. */
export interface Offer {
  /** By title. */
  readonly services: readonly OfferedService[]
  /** Those that see people by appointment. */
  readonly offices: readonly Office[]
}

export interface OfferedService extends BookableService {
  readonly page: ServicePage
}

export async function offerOf(ctx: Ctx): Promise<Offer> {
  const { services, teams } = await cityCalendar(ctx)
  const pages = await servicePages(ctx)
  const slugs = new Set(teams.map(({ team }) => team.office))
  return {
    services: pages.flatMap((page) => {
      const service = services.get(page.slug)
      return service ? [{ ...service, page }] : []
    }),
    offices: (await offices(ctx)).filter(({ slug }) => slugs.has(slug)),
  }
}

/** Where titles and pages are looked up. */
export interface Pages {
  readonly services: readonly { readonly slug: string; readonly page: ServicePage }[]
}

export const pageIn = (offer: Pages, slug: string): ServicePage | null =>
  offer.services.find((service) => service.slug === slug)?.page ?? null

export const titleIn = (offer: Pages, slug: string): string => pageIn(offer, slug)?.words.title ?? slug

export const officeNameIn = (ctx: Pick<Ctx, 'locale'>, offer: Offer, slug: string): string =>
  offer.offices.find((office) => office.slug === slug)?.name[ctx.locale] ?? slug

/** More names than that nobody reads in a line. */
const MOST_NAMES = 3

/** "Bürgerbüro Mitte oder Bürgerbüro Ost", "7 ausgewählte Dienststellen" */
export const officesWords = (ctx: Pick<Ctx, 'locale'>, offer: Offer, slugs: readonly string[]): string =>
  slugs.length > MOST_NAMES
    ? texts(ctx).times.someOffices(formatNumber(ctx, slugs.length))
    : new Intl.ListFormat(ctx.locale, { type: 'disjunction' }).format(
        slugs.map((slug) => officeNameIn(ctx, offer, slug)),
      )
