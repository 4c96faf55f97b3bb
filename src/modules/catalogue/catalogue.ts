import type { Ctx } from '#platform/context.ts'
import { allPublished, published, type PublishedService } from '#modules/services/public.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { perCity } from '#platform/per-city.ts'
import { pageOf, pageOfForm, pagesOf, servicePath, type OnlineService, type ServicePage } from './domain/service.ts'
import * as store from './store/services.ts'

interface Kept {
  readonly until: number
  readonly forms: readonly PublishedService[]
  readonly pages: Promise<readonly ServicePage[]>
}

/** As long as published forms are: a seed of another process is seen after that. */
const FRESH_MS = 1_000
/** By language. */
const kept = perCity(() => new Map<Locale, Kept>())

/**
 * All pages in the language of the context, by title. Kept for a moment, since the pages at counters ask for them with each
 * request: eighty pages take 3 ms to read and sort, a third of what a desk takes (`/workbench/aufruf`, 10 ms).
 */
export async function servicePages(ctx: Ctx): Promise<readonly ServicePage[]> {
  const forms = await allPublished(ctx)
  // What a transaction has not committed is nobody else's business.
  if (ctx.db.isTransaction) return readPages(ctx, forms)
  const known = kept(ctx).get(ctx.locale)
  if (known && known.until > performance.now() && isSame(known.forms, forms)) return known.pages
  const pages = readPages(ctx, forms)
  kept(ctx).set(ctx.locale, { until: performance.now() + FRESH_MS, forms, pages })
  pages.catch(() => kept(ctx).delete(ctx.locale))
  return pages
}

const readPages = async (ctx: Ctx, forms: readonly PublishedService[]): Promise<readonly ServicePage[]> =>
  pagesOf(await store.services(ctx), forms.map(onlineService), ctx.locale)

const isSame = (some: readonly PublishedService[], others: readonly PublishedService[]): boolean =>
  some.length === others.length && some.every((one, i) => one === others[i])

/** One page; null where there is none. A form that nobody described has its page under its own name. */
export async function servicePage(ctx: Ctx, slug: string): Promise<ServicePage | null> {
  const described = await store.serviceBySlug(ctx, slug)
  if (described) {
    const form = described.form === null ? null : await published(ctx, described.form)
    return pageOf(described, form ? onlineService(form) : undefined, ctx.locale)
  }
  const form = await published(ctx, slug)
  return form && pageOfForm(onlineService(form), ctx.locale)
}

/** Where the service with this form is described: on the city's own page of it, or on the one of the form. */
export async function pagePathOfForm(ctx: Ctx, form: string): Promise<string> {
  return servicePath((await store.slugOfForm(ctx, form)) ?? form)
}

function onlineService({ slug, definition }: PublishedService): OnlineService {
  const { unit, catalogue, texts } = definition
  return {
    slug,
    unit,
    law: catalogue.legalBasis,
    keywords: catalogue.keywords,
    texts: { de: texts.de.service, en: texts.en.service },
  }
}
