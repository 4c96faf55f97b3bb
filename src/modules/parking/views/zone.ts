import type { Ctx } from '#platform/context.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { backLink, linkButton, pageHeading, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import type { CityMap } from '../city-map.ts'
import type { ParkingArea } from '../domain/parking-area.ts'
import { type Zone, zoneWords } from '../domain/zone.ts'
import type { ZoneStreet } from '../domain/zone-streets.ts'
import { texts } from '../texts/index.ts'
import { RENEWAL_PATH } from '../use-cases/tell-holder.ts'
import { areasTable } from './areas.ts'
import { cityMap, legend } from './city-map.ts'
import { SCRIPTS, STYLES } from './overview.ts'

/** Rows shown at once; the page of all bays shows the others. */
const SHOWN_AREAS = 40

export interface ZonePage {
  readonly zone: Zone
  readonly streets: readonly ZoneStreet[]
  readonly areas: readonly ParkingArea[]
  readonly map: CityMap | null
}

/** `/parken/zonen/:letter`: one zone with its bays and streets. */
export function zonePage(ctx: Ctx, { zone, streets, areas, map }: ZonePage): Html {
  const t = texts(ctx).zone
  const title = t.title(zoneWords(zone.letter, zone.name))
  return layout(ctx, {
    title,
    styles: STYLES,
    scripts: SCRIPTS,
    main: html`${backLink(ctx, href(ctx, '/parken'), texts(ctx).map.back)}
      ${pageHeading({
        title,
        lead: t.lead,
        actions: linkButton({ label: texts(ctx).map.apply, href: href(ctx, RENEWAL_PATH), kind: 'primary' }),
      })}
      ${
        map
          ? html`${cityMap(ctx, map, {
              title: texts(ctx).map.zoneMapTitle(zoneWords(zone.letter, zone.name)),
              description: texts(ctx).map.zoneMapDescription,
              linked: false,
            })}
            ${legend(ctx, map)}`
          : nothing
      }
      ${section({ title: t.areas, id: 'plaetze' }, areasOf(ctx, zone, areas))}
      ${section({ title: t.streets, id: 'strassen' }, streetsOf(ctx, streets))}`,
  })
}

function areasOf(ctx: Ctx, zone: Zone, areas: readonly ParkingArea[]): Html {
  const t = texts(ctx).zone
  if (areas.length === 0) return html`<p>${t.areasNone}</p>`
  if (areas.length <= SHOWN_AREAS) return areasTable(ctx, areas)
  const query = new URLSearchParams({ zone: zone.letter })
  return html`${areasTable(ctx, areas.slice(0, SHOWN_AREAS))}
    <p>${t.areasMore(formatNumber(ctx, SHOWN_AREAS), formatNumber(ctx, areas.length))}</p>
    ${linkButton({ label: t.areasAll, href: href(ctx, `/parken/plaetze?${query.toString()}`) })}`
}

function streetsOf(ctx: Ctx, streets: readonly ZoneStreet[]): Html {
  if (streets.length === 0) return html`<p>${texts(ctx).zone.streetsNone}</p>`
  return html`<ul class="pk-streets">
    ${streets.map(({ street, numbers }) => html`<li>${street} <span class="pk-muted">${numbers}</span></li>`)}
  </ul>`
}
