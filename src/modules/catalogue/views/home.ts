import type { Ctx } from '#platform/context.ts'
import { card, cardGrid, emptyState, link, searchField, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { NavigationEntry } from '#platform/module.ts'
import { teaser, type ServicePage, type Topic } from '../domain/service.ts'
import { texts } from '../texts/index.ts'
import { onlineBadge, STYLES, suggestAddress, topicLinks } from './parts.ts'

export interface HomeView {
  readonly wanted: readonly ServicePage[]
  readonly topics: readonly Topic[]
  /** What other modules offer to citizens: my applications, state by number … */
  readonly entries: readonly NavigationEntry[]
  /** Parts of other modules, such as news; empty ones are left out. */
  readonly sections: readonly Html[]
}

/** One question leads; then what most people want, then everything else. */
export function homePage(ctx: Ctx, view: HomeView): Html {
  const t = texts(ctx)
  const hero = html`<h1 class="kern-sr-only">${ctx.tenant.name}</h1>
    ${searchField(ctx, {
      action: href(ctx, '/suche'),
      label: t.home.question,
      hint: t.home.searchHint,
      suggest: suggestAddress(ctx),
      large: true,
    })}`
  const main = html`${view.wanted.length > 0 ? wanted(ctx, view.wanted) : emptyState({ title: t.home.nothingYet, body: t.home.nothingYetBody })}
    ${
      view.entries.length === 0
        ? nothing
        : section({ title: t.home.more }, cardGrid(view.entries.map((entry) => tile(ctx, entry))))
    }
    ${view.topics.length === 0 ? nothing : section({ title: t.home.topics }, topicLinks(ctx, view.topics))}
    ${view.sections}`
  return layout(ctx, {
    title: t.home.title,
    description: t.home.description(ctx.tenant.name),
    hero,
    main,
    styles: STYLES,
  })
}

function wanted(ctx: Ctx, pages: readonly ServicePage[]): Html {
  const t = texts(ctx)
  return section(
    { title: t.home.wanted },
    cardGrid(
      pages.map((page) =>
        card({
          title: page.words.title,
          href: href(ctx, page.path),
          body: teaser(page.words.what),
          badge: onlineBadge(ctx, page),
        }),
      ),
    ),
    html`<p>${link(href(ctx, '/leistungen'), t.home.all)}</p>`,
  )
}

const tile = (ctx: Ctx, entry: NavigationEntry): Html =>
  card({ title: entry.label[ctx.locale], href: href(ctx, entry.path) })
