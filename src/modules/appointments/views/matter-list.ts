import type { Ctx } from '#platform/context.ts'
import {
  emptyState,
  errorSummary,
  fieldId,
  hiddenField,
  link,
  list,
  pageHeading,
  searchField,
  section,
  telephoneLink,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { addressOf, fieldsOf, WISH_STEP, type Asked } from '../asked.ts'
import type { Offer, OfferedService } from '../offer.ts'
import { texts } from '../texts/index.ts'
import type { FoundMatters } from '../use-cases/matters.ts'
import { STYLES, type Errors } from './choose.ts'

export const MATTER_SCRIPTS = ['appointments-parts.js']

/** As many as fit on a phone's screen. */
const MOST_WANTED = 5

export interface MatterChoice {
  readonly offer: Offer
  readonly asked: Asked
  readonly found: FoundMatters
  readonly errors: Errors
}

/** For whom it is searched: staff read other words, and go on elsewhere. */
export interface MatterWay {
  readonly path: string
  readonly label: string
  readonly forStaff?: boolean
}

/** `/termine`: what it is about, to be searched for or read through. */
export function matterPage(ctx: Ctx, choice: MatterChoice): Html {
  const t = texts(ctx).choose
  const { offer, found, errors } = choice
  return layout(ctx, {
    title: t.title,
    description: t.lead,
    noIndex: found.query !== '',
    styles: STYLES,
    scripts: MATTER_SCRIPTS,
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: [{ label: t.title }],
    main: html`${errorSummary(ctx, errors)} ${pageHeading({ title: t.title, lead: t.lead })}
    ${
      offer.services.length === 0
        ? emptyState({
            title: t.noneTitle,
            body: html`${t.noneBody} ${telephoneLink(ctx.tenant.theme.contact.telephone)}`,
          })
        : matterSearch(ctx, choice, { path: '/termine', label: t.service })
    }`,
  })
}

/** The field and the list beneath it, which a script keeps while somebody types. */
export function matterSearch(ctx: Ctx, choice: MatterChoice, way: MatterWay): Html {
  const { asked, found } = choice
  const source = href(ctx, way.path)
  return html`<ap-parts data-source="${source}" data-parts="ap-found ap-matters" data-keep>
    ${searchField(ctx, {
      action: source,
      label: way.label,
      hint: texts(ctx).choose.serviceHint,
      value: found.query,
      id: fieldId('service'),
      hidden: asked.isSent ? fieldsOf(asked).map(([name, value]) => hiddenField(name, value)) : undefined,
    })}
    <p id="ap-found" role="status">${foundWords(ctx, found)}</p>
    <div id="ap-matters">${matters(ctx, choice, way)}</div>
  </ap-parts>`
}

function foundWords(ctx: Ctx, { query, matters: { length }, exact }: FoundMatters): string {
  const t = texts(ctx).choose
  if (query === '') return ''
  if (length === 0) return t.nothingFound(query)
  return exact ? t.found(length, query) : t.similar(query)
}

function matters(ctx: Ctx, { offer, asked, found }: MatterChoice, way: MatterWay): Html {
  const t = texts(ctx).choose
  const links = (services: readonly OfferedService[]) => matterLinks(ctx, services, asked, way)
  if (found.matters.length === 0) return noMatter(ctx, found.query, way)
  if (found.query !== '')
    return html`${links(found.matters)}
      <p>${link(href(ctx, way.path), t.allMatters)}</p>`
  const wanted = offer.services
    .filter(({ page }) => page.wanted !== null)
    .toSorted((a, b) => a.page.wanted! - b.page.wanted!)
    .slice(0, MOST_WANTED)
  if (wanted.length === 0) return links(offer.services)
  return html`${section({ title: t.wanted }, links(wanted))} ${section({ title: t.allMatters }, links(offer.services))}`
}

/** What was said before of where and when goes along. */
const matterLinks = (ctx: Ctx, services: readonly OfferedService[], asked: Asked, { path }: MatterWay): Html =>
  html`<ul class="ap-matters__list">
    ${services.map(
      ({ slug, page }) =>
        html`<li><a class="kern-link kern-link--no-visited-state" href="${href(ctx, addressOf(path, asked, { services: [slug] }, [[...WISH_STEP]]))}">${page.words.title}</a></li>`,
    )}
  </ul>`

function noMatter(ctx: Ctx, query: string, { path, forStaff = false }: MatterWay): Html {
  const t = texts(ctx).choose
  const { telephone } = ctx.tenant.theme.contact
  return emptyState({
    title: t.noMatterTitle,
    body: html`<p>${t.noMatterBody}</p>
      ${list([
        link(href(ctx, path), t.allMatters),
        link(href(ctx, `/suche?q=${encodeURIComponent(query)}`), t.searchAll),
        ...(forStaff ? [] : [html`${t.callUs} ${telephoneLink(telephone)} ${t.or115} ${telephoneLink('115')}`]),
      ])}`,
  })
}
