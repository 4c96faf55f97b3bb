import type { Ctx } from '#platform/context.ts'
import { formatNumber, formatShortDate } from '#platform/i18n/format.ts'
import { emptyState, filterBar, pageHeading, pagination, selectField, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, type Html } from '#platform/html/html.ts'
import type { ParkingArea } from '../domain/parking-area.ts'
import { type Zone, zoneWords } from '../domain/zone.ts'
import type { AreaFilter } from '../store/areas.ts'
import { texts } from '../texts/index.ts'

export const AREAS_PER_PAGE = 50

/** Bays with the words of their signs. */
export function areasTable(ctx: Ctx, areas: readonly ParkingArea[]): Html {
  const t = texts(ctx).areas
  return table(ctx, {
    caption: t.caption,
    captionHidden: true,
    rows: areas,
    columns: [
      { key: 'number', title: t.number, cell: (area) => area.number, nowrap: true },
      { key: 'kind', title: t.kind, cell: (area) => area.kind },
      { key: 'zones', title: t.zones, cell: (area) => area.zones.join(', ') || '–' },
      {
        key: 'bays',
        title: t.bays,
        cell: (area) => (area.bays === null ? '–' : formatNumber(ctx, area.bays)),
        numeric: true,
      },
      { key: 'alignment', title: t.alignment, cell: (area) => area.alignment ?? '–' },
      { key: 'rules', title: t.rules, cell: (area) => rulesOf(ctx, area) },
    ],
    empty: emptyState({ title: t.empty, body: t.emptyBody }),
  })
}

function rulesOf(ctx: Ctx, area: ParkingArea): Html | string {
  const t = texts(ctx).areas
  const rules = [
    area.permitTimes && t.permitTimes(area.permitTimes),
    area.paidTimes && t.paidTimes(area.paidTimes),
    area.discTimes && t.discTimes(area.discTimes),
    area.allowedTimes && t.allowedTimes(area.allowedTimes),
    area.restriction,
    area.remark,
    area.checkedOn && t.checked(formatShortDate(ctx, Temporal.PlainDate.from(area.checkedOn))),
  ].filter((rule): rule is string => Boolean(rule))
  return rules.length === 0 ? t.none : html`${rules.map((rule, i) => html`${i > 0 ? html`<br>` : ''}${rule}`)}`
}

export interface AreasPage {
  readonly areas: readonly ParkingArea[]
  readonly total: number
  readonly page: number
  readonly filter: AreaFilter
  readonly zones: readonly Zone[]
  readonly kinds: readonly string[]
}

/** `/parken/plaetze`: every bay that the city has listed. */
export function areasPage(ctx: Ctx, o: AreasPage): Html {
  const t = texts(ctx).areas
  const address = (page: number) => {
    const query = new URLSearchParams({ zone: o.filter.zone ?? '', kind: o.filter.kind ?? '', page: String(page) })
    return href(ctx, `/parken/plaetze?${query.toString()}`)
  }
  return layout(ctx, {
    title: t.title,
    breadcrumbs: [{ label: texts(ctx).nav.parking, href: href(ctx, '/parken') }, { label: t.title }],
    main: html`${pageHeading({ title: t.title, lead: t.lead })}
    ${filterBar(
      ctx,
      { action: href(ctx, '/parken/plaetze'), resetHref: href(ctx, '/parken/plaetze') },
      selectField(ctx, {
        name: 'zone',
        label: t.zones,
        empty: t.allZones,
        optional: true,
        value: o.filter.zone,
        choices: o.zones.map((zone) => ({
          value: zone.letter,
          label: texts(ctx).map.zoneLink(zoneWords(zone.letter, zone.name)),
        })),
      }),
      selectField(ctx, {
        name: 'kind',
        label: t.kind,
        empty: t.allKinds,
        optional: true,
        value: o.filter.kind,
        choices: o.kinds.map((kind) => ({ value: kind, label: kind })),
      }),
    )}
    ${areasTable(ctx, o.areas)} ${pagination(ctx, { page: o.page, pageSize: AREAS_PER_PAGE, total: o.total, href: address })}`,
  })
}
