import type { Ctx } from '#platform/context.ts'
import { actionList, linkButton, pageHeading, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { addressOf, type Asked } from '../asked.ts'
import { VARIANTS, type Variant } from '../domain/work.ts'
import { titleIn, type Offer } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { changeWish, SCRIPTS, STYLES } from './choose.ts'

export interface OtherWay {
  readonly offer: Offer
  readonly asked: Asked
  /** Slug of the first matter that is not dealt with in the way that was chosen. */
  readonly service: string
  /** In which all of the matters are. */
  readonly ways: readonly Variant[]
}

/** What is wrong with the way that was chosen, and which there are; null: nothing is. */
export function otherWay(offer: Offer, asked: Asked): OtherWay | null {
  const wanted = offer.services.filter(({ slug }) => asked.services.includes(slug))
  const service = wanted.find(({ variants }) => asked.variant && !variants.includes(asked.variant))
  const ways = VARIANTS.filter((way) => wanted.every(({ variants }) => variants.includes(way)))
  return service && ways.length > 0 ? { offer, asked, service: service.slug, ways } : null
}

/** A matter that is not dealt with by telephone: a search for each way in which it is. */
export function otherWayPage(ctx: Ctx, other: OtherWay): Html {
  const t = texts(ctx)
  const title = otherWayTitle(ctx, other)
  return layout(ctx, {
    title,
    noIndex: true,
    styles: STYLES,
    scripts: SCRIPTS,
    breadcrumbs: [{ label: t.choose.title, href: href(ctx, '/termine') }, { label: t.times.title }],
    main: html`${pageHeading({ title })} ${searchesOtherWays(ctx, other, t.otherWay.body)}`,
  })
}

export function otherWayTitle(ctx: Ctx, { offer, asked, service }: OtherWay): string {
  const t = texts(ctx).otherWay
  return t.title(t.not[asked.variant ?? 'in-person'], titleIn(offer, service))
}

/** One for each of the ways, and what was asked for, to be changed. */
export function searchesOtherWays(
  ctx: Ctx,
  other: OtherWay,
  title: string,
  path = '/termine',
  words = texts(ctx).choose,
): Html {
  const searches = other.ways.map((variant, i) =>
    linkButton({
      label: texts(ctx).otherWay.search[variant],
      href: href(ctx, addressOf(path, other.asked, { variant })),
      kind: i === 0 ? 'primary' : 'secondary',
      icon: 'search',
    }),
  )
  return html`${section({ title }, actionList(searches))} ${changeWish(ctx, other, path, words)}`
}
