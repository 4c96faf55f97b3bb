import type { Locale, LocalizedText } from '#platform/i18n/locale.ts'

/** What a service page says in one language. */
export interface ServiceWords {
  readonly title: string
  /** Two sentences. */
  readonly what: string
  readonly who: string
  readonly documents: readonly string[]
  /** With its source where the city sets it. */
  readonly fee: string
  readonly duration: string
  /** Other words that people type for it. */
  readonly words: readonly string[]
}

/** A page of the catalogue as the city wrote it. */
export interface CatalogueService {
  readonly slug: string
  readonly topic: string
  readonly also: readonly string[]
  readonly unit: string
  readonly channel: 'office' | 'post'
  /** Slug of the service whose form can be filled in online. */
  readonly form: string | null
  /** Place among the most wanted, from 1. */
  readonly wanted: number | null
  readonly law: readonly string[]
  readonly de: ServiceWords
  readonly en: ServiceWords
}

/** A page as it is shown: the city's words, and the facts of the published form where there is one. */
export interface ServicePage {
  readonly slug: string
  readonly path: string
  readonly topics: readonly string[]
  readonly unit: string
  readonly channel: 'office' | 'post' | 'online'
  /** Path of the form; null where there is none. */
  readonly formPath: string | null
  readonly wanted: number | null
  readonly law: readonly string[]
  readonly words: ServiceWords
}

/** What the catalogue reads of a published form: one description of who, documents, fee and duration for page and form. */
export interface OnlineService {
  readonly slug: string
  readonly unit: string
  readonly law: readonly string[]
  readonly keywords: { readonly de: readonly string[]; readonly en: readonly string[] }
  readonly texts: Readonly<
    Record<
      Locale,
      {
        readonly title: string
        readonly summary: string
        readonly who: string
        readonly documents: readonly string[]
        readonly fee: string
        readonly duration: string
      }
    >
  >
}

export interface Topic {
  readonly slug: string
  readonly title: LocalizedText
  readonly intro: LocalizedText
}

export const servicePath = (slug: string): string => `/leistungen/${slug}`
export const topicPath = (slug: string): string => `/leistungen/thema/${slug}`

/** The page of a service that the city described; `online` is its form, where it is published. */
export function pageOf(service: CatalogueService, online: OnlineService | undefined, locale: Locale): ServicePage {
  const own = service[locale]
  const facts = online?.texts[locale]
  return {
    slug: service.slug,
    path: servicePath(service.slug),
    topics: [service.topic, ...service.also],
    unit: service.unit,
    channel: online ? 'online' : service.channel,
    formPath: online ? formPath(online.slug) : null,
    wanted: service.wanted,
    law: service.law,
    words: facts
      ? {
          ...own,
          who: facts.who,
          documents: facts.documents,
          fee: facts.fee,
          duration: facts.duration,
          words: [...own.words, ...online.keywords[locale]],
        }
      : own,
  }
}

/** The page of a form that nobody described yet: a city with nothing but service folders has a catalogue as well. */
export function pageOfForm(online: OnlineService, locale: Locale): ServicePage {
  const { title, summary, who, documents, fee, duration } = online.texts[locale]
  return {
    slug: online.slug,
    path: servicePath(online.slug),
    topics: [],
    unit: online.unit,
    channel: 'online',
    formPath: formPath(online.slug),
    wanted: null,
    law: online.law,
    words: { title, what: summary, who, documents, fee, duration, words: online.keywords[locale] },
  }
}

/** All pages by their titles in the order of the dictionary; forms without a description join in. */
export function pagesOf(
  services: readonly CatalogueService[],
  forms: readonly OnlineService[],
  locale: Locale,
): ServicePage[] {
  const bySlug = new Map(forms.map((form) => [form.slug, form]))
  const described = new Set(services.flatMap((service) => service.form ?? []))
  const pages = [
    ...services.map((service) => pageOf(service, service.form === null ? undefined : bySlug.get(service.form), locale)),
    ...forms.filter((form) => !described.has(form.slug)).map((form) => pageOfForm(form, locale)),
  ]
  const order = new Intl.Collator(locale).compare
  return pages.toSorted((a, b) => order(a.words.title, b.words.title))
}

/** At most eight concerns for the home page: those that the city ranked, or the first with a form. */
export function mostWanted(pages: readonly ServicePage[]): ServicePage[] {
  const ranked = pages.filter((page) => page.wanted !== null).toSorted((a, b) => a.wanted! - b.wanted!)
  return (ranked.length > 0 ? ranked : pages.filter((page) => page.formPath !== null)).slice(0, 8)
}

/** Pages by the first letter of their title, umlauts with their vowel (DIN 5007-1). */
export function byLetter(pages: readonly ServicePage[]): { letter: string; pages: ServicePage[] }[] {
  const groups = Map.groupBy(pages, (page) => firstLetter(page.words.title))
  return [...groups].map(([letter, pages]) => ({ letter, pages }))
}

function firstLetter(title: string): string {
  const letter = title.normalize('NFD').charAt(0).toUpperCase()
  return /[A-Z]/.test(letter) ? letter : '#'
}

/** The beginning of what a service is, for cards and lists: up to its first statement, so that no question stands alone. */
export function teaser(text: string): string {
  return /^.+?[.!](?=\s|$)/s.exec(text)?.[0] ?? text
}

const formPath = (slug: string): string => `/antrag/${slug}`
