import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Ctx } from '#platform/context.ts'
import { LOCALES, type Locale } from '#platform/i18n/locale.ts'
import type { NavigationEntry } from '#platform/module.ts'
import { indexDocuments, setSynonyms, type SearchDocument } from '#platform/search/search.ts'
import { servicePages } from './catalogue.ts'
import { officePath, type Office } from './domain/office.ts'
import type { ServicePage } from './domain/service.ts'
import { offices } from './store/offices.ts'
import { texts } from './texts/index.ts'

export const SERVICE_SOURCE = 'catalogue.service'
export const OFFICE_SOURCE = 'catalogue.office'
const PAGE_SOURCE = 'catalogue.page'

/** Most wanted pages come first among equals. */
const WANTED_WEIGHT = 1.5

/** Writes all pages of the catalogue and the city's synonyms into the search. */
export async function indexCatalogue(ctx: Ctx): Promise<void> {
  const houses = await offices(ctx)
  const services: SearchDocument[] = []
  for (const locale of LOCALES)
    services.push(...(await servicePages({ ...ctx, locale })).map((page) => serviceDocument(page, locale)))
  await indexDocuments(ctx, SERVICE_SOURCE, services)
  await indexDocuments(
    ctx,
    OFFICE_SOURCE,
    LOCALES.flatMap((locale) => houses.map((office) => officeDocument(office, locale))),
  )
  await indexDocuments(
    ctx,
    PAGE_SOURCE,
    LOCALES.flatMap((locale) => publicEntries(ctx).map((entry) => entryDocument(entry, locale))),
  )
  await setSynonyms(ctx, 'catalogue', await readSynonyms())
}

function serviceDocument({ slug, path, words, wanted, law }: ServicePage, locale: Locale): SearchDocument {
  return {
    id: slug,
    locale,
    path,
    title: words.title,
    summary: words.what,
    keywords: words.words,
    body: [words.who, ...words.documents, ...law].join('\n'),
    weight: wanted === null ? 1 : WANTED_WEIGHT,
  }
}

function officeDocument(office: Office, locale: Locale): SearchDocument {
  return {
    id: office.slug,
    locale,
    path: officePath(office.slug),
    title: office.name[locale],
    summary: `${office.street} ${office.houseNumber}, ${office.postcode} ${office.place}`,
    keywords: [],
    body: office.access[locale],
  }
}

/** What modules offer to citizens in the navigation: the state of an application, parking, imprint … */
function publicEntries(ctx: Pick<Ctx, 'app'>): NavigationEntry[] {
  const areas = ['portal', 'account', 'footer']
  return ctx.app.modules
    .flatMap((module) => module.navigation ?? [])
    .filter((entry) => areas.includes(entry.area) && entry.permission === undefined)
    .filter((entry, index, all) => all.findIndex((other) => other.path === entry.path) === index)
}

const entryDocument = (entry: NavigationEntry, locale: Locale): SearchDocument => ({
  id: entry.path,
  locale,
  path: entry.path,
  title: entry.label[locale],
  summary: entry.area === 'account' ? texts({ locale }).search.inAccount : '',
  keywords: [],
  body: '',
})

async function readSynonyms(): Promise<Record<Locale, Record<string, string[]>>> {
  const text = await readFile(join(import.meta.dirname, 'synonyms.yaml'), 'utf8')
  return parse(text) as Record<Locale, Record<string, string[]>>
}
