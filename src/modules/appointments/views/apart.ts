import type { Ctx } from '#platform/context.ts'
import { details, link, list, pageHeading } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { addressOf, type Asked } from '../asked.ts'
import type { Offer } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { STYLES, wishForm } from './choose.ts'
import { matters } from './search.ts'

/** Several matters that nobody deals with together: a search for each appointment that it takes. */
export function apartPage(
  ctx: Ctx,
  { offer, asked, parts }: { readonly offer: Offer; readonly asked: Asked; readonly parts: readonly string[][] },
): Html {
  const t = texts(ctx)
  // Where one of them is dealt with need not be where the next one is, nor in the same way.
  const search = (services: readonly string[]) =>
    addressOf('/termine', asked, { services, office: null, variant: null })
  return layout(ctx, {
    title: t.apart.title,
    noIndex: true,
    styles: STYLES,
    breadcrumbs: [{ label: t.choose.title, href: href(ctx, '/termine') }, { label: t.apart.title }],
    main: html`${pageHeading({ title: t.apart.title, lead: t.apart.body })}
    ${list(parts.map((services) => link(href(ctx, search(services)), t.apart.search(matters(ctx, offer, services)))))}
    ${details({ summary: t.times.change }, wishForm(ctx, { offer, asked, errors: {} }))}`,
  })
}
