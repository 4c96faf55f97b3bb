import type { Ctx } from '#platform/context.ts'
import { emptyState, link, list, pageHeading, searchField, telephoneLink } from '#platform/html/components/index.ts'
import { entriesOf } from '#platform/html/chrome/area.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { SearchHit } from '#platform/search/search.ts'
import { OFFICE_SOURCE, SERVICE_SOURCE } from '../search-index.ts'
import { texts } from '../texts/index.ts'
import { STYLES, suggestAddress } from './parts.ts'

/** The search as a page of its own: with a query its results, without one the field alone. */
export function searchPage(ctx: Ctx, query: string, hits: readonly SearchHit[]): Html {
  const t = texts(ctx).search
  const main = html`${pageHeading({ title: t.title })}
    ${searchField(ctx, {
      action: href(ctx, '/suche'),
      label: t.label,
      hint: t.hint,
      value: query,
      suggest: suggestAddress(ctx),
    })}
    ${query === '' ? nothing : results(ctx, query, hits)}`
  return layout(ctx, {
    title: query === '' ? t.title : t.titleFor(query),
    main,
    noIndex: query !== '',
    styles: STYLES,
    breadcrumbs: [{ label: t.title }],
  })
}

function results(ctx: Ctx, query: string, hits: readonly SearchHit[]): Html {
  const t = texts(ctx).search
  if (hits.length === 0) {
    const { telephone } = ctx.tenant.theme.contact
    return html`${emptyState({ title: t.noneTitle(query), body: html`<p>${t.noneBody} ${telephoneLink(telephone)}</p>` })}
      <nav aria-label="${t.elsewhere}">
        ${list(
          entriesOf(ctx, 'portal').map((entry) => link(href(ctx, entry.path), entry.label[ctx.locale])),
          { plain: true },
        )}
      </nav>`
  }
  return html`<section class="rh-section">
    <h2 class="kern-heading-small">${hits.some((hit) => hit.exact) ? t.count(hits.length, query) : t.similar(query)}</h2>
    <ol class="cat-links">
      ${hits.map(
        (hit) =>
          html`<li>
            <a class="kern-link kern-link--no-visited-state" href="${href(ctx, hit.path)}">${hit.title}</a>
            <p>${kindOf(ctx, hit)}${hit.summary === '' ? '' : ` · ${hit.summary}`}</p>
          </li>`,
      )}
    </ol>
  </section>`
}

export function kindOf(ctx: Ctx, hit: SearchHit): string {
  const t = texts(ctx).search
  if (hit.source === SERVICE_SOURCE) return t.kindService
  return hit.source === OFFICE_SOURCE ? t.kindOffice : t.kindPage
}
