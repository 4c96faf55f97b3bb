import type { Ctx } from '#platform/context.ts'
import { emptyState, pageHeading, searchField, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { byLetter, type ServicePage, type Topic } from '../domain/service.ts'
import { texts } from '../texts/index.ts'
import { serviceLinks, STYLES, suggestAddress, topicLinks } from './parts.ts'

const anchor = (letter: string): string => (letter === '#' ? 'andere' : letter.toLowerCase())

/** All services by their first letters, and the topics. */
export function alphabetPage(ctx: Ctx, pages: readonly ServicePage[], topics: readonly Topic[]): Html {
  const t = texts(ctx)
  const groups = byLetter(pages)
  const main = html`${pageHeading({ title: t.list.title, lead: t.list.lead(pages.length) })}
    ${searchField(ctx, { action: href(ctx, '/suche'), label: t.list.search, suggest: suggestAddress(ctx) })}
    ${
      pages.length === 0
        ? emptyState({ title: t.list.emptyTitle, body: t.list.emptyBody })
        : html`<nav aria-label="${t.list.letters}">
            <ul class="cat-letters">
              ${groups.map(({ letter }) => html`<li><a class="kern-link kern-link--no-visited-state" href="#${anchor(letter)}">${letter}</a></li>`)}
            </ul>
          </nav>`
    }
    ${groups.map(
      ({ letter, pages }) =>
        html`<section class="cat-group" id="${anchor(letter)}">
          <h2 class="kern-heading-medium">${letter}</h2>
          ${serviceLinks(ctx, pages, { short: true, columns: true })}
        </section>`,
    )}
    ${topics.length === 0 ? nothing : section({ title: t.list.topics }, topicLinks(ctx, topics))}`
  return layout(ctx, { title: t.list.title, main, styles: STYLES, breadcrumbs: [{ label: t.services }] })
}

export function topicPage(ctx: Ctx, topic: Topic, pages: readonly ServicePage[], others: readonly Topic[]): Html {
  const t = texts(ctx)
  const title = topic.title[ctx.locale]
  const main = html`${pageHeading({ title, lead: topic.intro[ctx.locale] })} ${serviceLinks(ctx, pages)}
    ${section({ title: t.topic.other }, topicLinks(ctx, others))}`
  return layout(ctx, {
    title,
    description: topic.intro[ctx.locale],
    main,
    styles: STYLES,
    breadcrumbs: [{ label: t.services, href: href(ctx, '/leistungen') }, { label: title }],
  })
}
