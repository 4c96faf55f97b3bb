import type { Ctx } from '#platform/context.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { card, cardGrid, emptyState, linkButton, pageHeading, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import type { CityMap } from '../city-map.ts'
import { type Zone, zoneWords } from '../domain/zone.ts'
import { texts } from '../texts/index.ts'
import { RENEWAL_PATH } from '../use-cases/tell-holder.ts'
import { cityMap, legend, zoneHref } from './city-map.ts'
import { searchForm } from './search.ts'

export const STYLES = ['parking-map.css'] as const
export const SCRIPTS = ['parking-map.js'] as const

/** `/parken`: the map, the list with the same content, and the search by address. */
export function overviewPage(ctx: Ctx, zones: readonly Zone[], map: CityMap | null): Html {
  const t = texts(ctx).map
  return layout(ctx, {
    title: t.title,
    description: t.description,
    styles: STYLES,
    scripts: SCRIPTS,
    breadcrumbs: [{ label: texts(ctx).nav.parking }],
    main: html`${pageHeading({
      title: t.title,
      lead: t.lead,
      actions: linkButton({ label: t.apply, href: href(ctx, RENEWAL_PATH), kind: 'primary' }),
    })}
      ${section({ title: texts(ctx).search.title, id: 'adresse' }, searchForm(ctx, {}))}
      ${
        zones.length === 0
          ? emptyState({ title: t.noZones, body: t.noZonesBody })
          : html`${
              map
                ? section(
                    { title: t.mapTitle, id: 'karte' },
                    cityMap(ctx, map, { title: t.mapTitle, description: t.mapDescription, linked: true }),
                    legend(ctx, map),
                  )
                : nothing
            }
              ${section({ title: t.listTitle, id: 'zonen' }, cardGrid(zones.map((zone) => zoneCard(ctx, zone))))}`
      }
      <p>${linkButton({ label: t.allAreas, href: href(ctx, '/parken/plaetze') })}</p>`,
  })
}

function zoneCard(ctx: Ctx, zone: Zone): Html {
  const t = texts(ctx).map
  return card({
    title: t.zoneLink(zoneWords(zone.letter, zone.name)),
    href: zoneHref(ctx, zone.letter),
    body: zone.capacity > 0 ? t.bays(formatNumber(ctx, zone.capacity)) : undefined,
  })
}
