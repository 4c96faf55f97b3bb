import type { Ctx } from '#platform/context.ts'
import {
  card,
  cardGrid,
  emptyState,
  pageHeading,
  section,
  table,
  telephoneLink,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatWeekday } from '#platform/i18n/format.ts'
import type { District } from '#modules/addresses/public.ts'
import { week } from '../domain/hours.ts'
import { officePath } from '../domain/office.ts'
import type { ServicePage } from '../domain/service.ts'
import type { OfficeNow } from '../office-now.ts'
import { texts } from '../texts/index.ts'
import { cityMap } from './city-map.ts'
import { mailLink, openBadge, openNow, openWords, postalAddress } from './office-parts.ts'
import { serviceLinks, STYLES } from './parts.ts'

export function officesPage(ctx: Ctx, offices: readonly OfficeNow[]): Html {
  const t = texts(ctx)
  const main = html`${pageHeading({ title: t.offices, lead: t.office.lead })}
    ${
      offices.length === 0
        ? emptyState({ title: t.office.emptyTitle, body: t.office.emptyBody })
        : cardGrid(
            offices.map((now) =>
              card({
                title: now.office.name[ctx.locale],
                href: href(ctx, officePath(now.office.slug)),
                badge: openBadge(ctx, now),
                body: html`${openWords(ctx, now)}<br>${now.office.street} ${now.office.houseNumber}<br>${now.office.postcode} ${now.office.place}`,
                headingLevel: 2,
              }),
            ),
          )
    }`
  return layout(ctx, {
    title: t.offices,
    description: t.office.lead,
    main,
    styles: STYLES,
    breadcrumbs: [{ label: t.offices }],
  })
}

export interface OfficeView extends OfficeNow {
  readonly services: readonly ServicePage[]
  readonly districts: readonly District[]
  readonly holidays: readonly { on: Temporal.PlainDate; name: string }[]
  /** Of other modules; null where one has nothing to show. */
  readonly parts: readonly (Html | null)[]
}

export function officePage(ctx: Ctx, view: OfficeView): Html {
  const t = texts(ctx).office
  const { office } = view
  const name = office.name[ctx.locale]
  const main = html`${pageHeading({ title: name, badge: html`<p class="cat-state">${openNow(ctx, view)}</p>` })}
    ${section({ title: t.hours }, hoursTable(ctx, view), holidays(ctx, view))}
    ${view.parts.map((part) => part ?? nothing)}
    ${section(
      { title: t.address },
      postalAddress(office),
      html`<p>${t.telephone}: ${telephoneLink(office.telephone)}<br>${t.email}: ${mailLink(office.email)}</p>`,
    )}
    ${section({ title: t.access }, html`<p>${office.access[ctx.locale]}</p>`, cityMap(ctx, office, view.districts))}
    ${view.services.length === 0 ? nothing : section({ title: t.services }, serviceLinks(ctx, view.services, { short: true, columns: true }))}`
  return layout(ctx, {
    title: name,
    main,
    styles: STYLES,
    breadcrumbs: [{ label: texts(ctx).offices, href: href(ctx, '/dienststellen') }, { label: name }],
  })
}

function hoursTable(ctx: Ctx, { office }: OfficeView): Html {
  const t = texts(ctx).office
  return table(ctx, {
    caption: t.hoursCaption(office.name[ctx.locale]),
    captionHidden: true,
    stack: false,
    columns: [
      { key: 'day', title: t.day, cell: (row) => formatWeekday(ctx, row.day) },
      {
        key: 'time',
        title: t.time,
        cell: (row) =>
          row.hours.length === 0
            ? t.closed
            : row.hours.map((h, index) => html`${index > 0 ? html`<br>` : nothing}${t.range(h.from, h.to)}`),
      },
    ],
    rows: week(office.hours),
  })
}

function holidays(ctx: Ctx, { holidays }: OfficeView): Html {
  if (holidays.length === 0) return nothing
  const list = holidays.map(({ on, name }) => `${name} (${formatDate(ctx, on)})`).join(', ')
  return html`<p>${texts(ctx).office.holidays(list)}</p>`
}
