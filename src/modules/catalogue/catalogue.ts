import type { Ctx } from '#platform/context.ts'
import { allPublished, published, type PublishedService } from '#modules/services/public.ts'
import { pageOf, pageOfForm, pagesOf, servicePath, type OnlineService, type ServicePage } from './domain/service.ts'
import * as store from './store/services.ts'

/** All pages in the language of the context, by title. */
export async function servicePages(ctx: Ctx): Promise<ServicePage[]> {
  const forms = (await allPublished(ctx)).map(onlineService)
  return pagesOf(await store.services(ctx), forms, ctx.locale)
}

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
