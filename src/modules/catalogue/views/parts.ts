import type { Ctx } from '#platform/context.ts'
import { badge } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { teaser, topicPath, type ServicePage, type Topic } from '../domain/service.ts'
import { texts } from '../texts/index.ts'

export const STYLES = ['catalogue-pages.css']

/** Where the search of the portal asks while somebody types; the page's language, not the browser's. */
export const suggestAddress = (ctx: Ctx): string => `/api/v1/search/suggestions?lang=${ctx.locale}`

/** Links to services with what they are; `short` leaves the sentence out. */
export function serviceLinks(
  ctx: Ctx,
  pages: readonly ServicePage[],
  o: { short?: boolean; columns?: boolean } = {},
): Html {
  return html`<ul class="cat-links${o.columns ? ' cat-links--columns' : ''}">
    ${pages.map(
      (page) =>
        html`<li>
          <a class="kern-link kern-link--no-visited-state" href="${href(ctx, page.path)}">${page.words.title}</a>
          ${onlineBadge(ctx, page)}${o.short ? nothing : html`<p>${teaser(page.words.what)}</p>`}
        </li>`,
    )}
  </ul>`
}

export const onlineBadge = (ctx: Ctx, page: ServicePage): Html =>
  page.formPath === null ? nothing : badge({ kind: 'success', label: texts(ctx).online, small: true })

export function topicLinks(ctx: Ctx, topics: readonly Topic[]): Html {
  return html`<ul class="cat-links cat-links--columns">
    ${topics.map(
      (topic) =>
        html`<li>
          <a class="kern-link kern-link--no-visited-state" href="${href(ctx, topicPath(topic.slug))}"
            >${topic.title[ctx.locale]}</a
          >
          <p>${topic.intro[ctx.locale]}</p>
        </li>`,
    )}
  </ul>`
}
