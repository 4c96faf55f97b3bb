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

/** As many as fit on a phone's screen. */
const MOST_WANTED = 5

export interface MatterChoice {
  readonly offer: Offer
  readonly asked: Asked
  readonly found: FoundMatters
  readonly errors: Errors
}

/** `/termine`: what it is about, to be searched for or read through. */
export function matterPage(ctx: Ctx, choice: MatterChoice): Html {
  const t = texts(ctx).choose
  const { offer, asked, found, errors } = choice
  const source = href(ctx, '/termine')
  return layout(ctx, {
    title: t.title,
    description: t.lead,
    noIndex: found.query !== '',
    styles: STYLES,
    scripts: ['appointments-parts.js'],
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: [{ label: t.title }],
    main: html`${errorSummary(ctx, errors)} ${pageHeading({ title: t.title, lead: t.lead })}
    ${
      offer.services.length === 0
        ? emptyState({
            title: t.noneTitle,
            body: html`${t.noneBody} ${telephoneLink(ctx.tenant.theme.contact.telephone)}`,
          })
        : html`<ap-parts data-source="${source}" data-parts="ap-found ap-matters" data-keep>
            ${searchField(ctx, {
              action: source,
              label: t.service,
              hint: t.serviceHint,
              value: found.query,
              id: fieldId('service'),
              hidden: asked.isSent ? fieldsOf(asked).map(([name, value]) => hiddenField(name, value)) : undefined,
            })}
            <p id="ap-found" role="status">${foundWords(ctx, found)}</p>
            <div id="ap-matters">${matters(ctx, choice)}</div>
          </ap-parts>`
    }`,
  })
}

function foundWords(ctx: Ctx, { query, matters: { length }, exact }: FoundMatters): string {
  const t = texts(ctx).choose
  if (query === '') return ''
  if (length === 0) return t.nothingFound(query)
  return exact ? t.found(length, query) : t.similar(query)
}

function matters(ctx: Ctx, { offer, asked, found }: MatterChoice): Html {
  const t = texts(ctx).choose
  const links = (services: readonly OfferedService[]) => matterLinks(ctx, services, asked)
  if (found.matters.length === 0) return noMatter(ctx, found.query)
  if (found.query !== '')
    return html`${links(found.matters)}
      <p>${link(href(ctx, '/termine'), t.allMatters)}</p>`
  const wanted = offer.services
    .filter(({ page }) => page.wanted !== null)
    .toSorted((a, b) => a.page.wanted! - b.page.wanted!)
    .slice(0, MOST_WANTED)
  if (wanted.length === 0) return links(offer.services)
  return html`${section({ title: t.wanted }, links(wanted))} ${section({ title: t.allMatters }, links(offer.services))}`
}

/** What was said before of where and when goes along. */
const matterLinks = (ctx: Ctx, services: readonly OfferedService[], asked: Asked): Html =>
  html`<ul class="ap-matters__list">
    ${services.map(
      ({ slug, page }) =>
        html`<li><a class="kern-link kern-link--no-visited-state" href="${href(ctx, addressOf('/termine', asked, { services: [slug] }, [[...WISH_STEP]]))}">${page.words.title}</a></li>`,
    )}
  </ul>`

function noMatter(ctx: Ctx, query: string): Html {
  const t = texts(ctx).choose
  return emptyState({
    title: t.noMatterTitle,
    body: html`<p>${t.noMatterBody}</p>
      ${list([
        link(href(ctx, '/termine'), t.allMatters),
        link(href(ctx, `/suche?q=${encodeURIComponent(query)}`), t.searchAll),
        html`${t.callUs} ${telephoneLink(ctx.tenant.theme.contact.telephone)} ${t.or115} ${telephoneLink('115')}`,
      ])}`,
  })
}
