import type { Ctx } from '#platform/context.ts'
import { link, list, pageHeading } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { addressOf, type Asked } from '../asked.ts'
import type { Offer } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { changeWish, SCRIPTS, STYLES } from './choose.ts'
import { matters } from './search.ts'

export interface ApartView {
  readonly offer: Offer
  readonly asked: Asked
  readonly parts: readonly string[][]
}

/** Several matters that nobody deals with together: a search for each appointment that it takes. */
export function apartPage(ctx: Ctx, view: ApartView): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.apart.title,
    noIndex: true,
    styles: STYLES,
    scripts: SCRIPTS,
    breadcrumbs: [{ label: t.choose.title, href: href(ctx, '/termine') }, { label: t.apart.title }],
    main: html`${pageHeading({ title: t.apart.title, lead: t.apart.body })} ${searchesApart(ctx, view, '/termine')}
    ${changeWish(ctx, view)}`,
  })
}

/** A link to the times of each of them. */
export function searchesApart(ctx: Ctx, { offer, asked, parts }: ApartView, path: string): Html {
  // Where one of them is dealt with need not be where the next one is, nor in the same way.
  const search = (services: readonly string[]) => addressOf(path, asked, { services, office: null, variant: null })
  return list(
    parts.map((services) => link(href(ctx, search(services)), texts(ctx).apart.search(matters(ctx, offer, services)))),
  )
}
