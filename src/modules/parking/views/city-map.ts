import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { centroid } from '@turf/centroid'
import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { zoneWords } from '../domain/zone.ts'
import type { CityMap } from '../city-map.ts'
import { project, type Projection } from '../domain/map.ts'
import { texts } from '../texts/index.ts'

const WIDTH = 1000
/** Half of a long name, in units of the drawing. */
const NAME_ROOM = 70

/**
 * A map as SVG, whole without scripts. Zones are links with a name; everything else is for the eye, and stands in the list beside it.
 * `<rh-parking-map>` adds zooming and moving.
 */
export function cityMap(ctx: Ctx, map: CityMap, o: { title: string; description: string; linked: boolean }): Html {
  const t = texts(ctx).map
  const projection = project(map.box, WIDTH)
  return html`<rh-parking-map
    class="pk-map"
    data-in="${t.zoomIn}"
    data-out="${t.zoomOut}"
    data-reset="${t.zoomReset}"
    data-hint="${t.moveHint}"
  >
    <figure class="pk-map__figure">
      <svg
        class="pk-map__svg"
        viewBox="0 0 ${projection.width} ${projection.height}"
        role="${o.linked ? 'group' : 'img'}"
        aria-labelledby="karte-titel karte-text"
      >
        <title id="karte-titel">${o.title}</title>
        <desc id="karte-text">${o.description}</desc>
        <g aria-hidden="true">
          ${map.water.map((area) => html`<path class="pk-map__water" d="${projection.path(area)}"></path>`)}
          ${map.districts.map((district) => html`<path class="pk-map__district" d="${projection.path(district.area)}"></path>`)}
          ${map.districts.map((district) => districtName(district, map, projection))}
        </g>
        ${map.zones.map((zone) => zoneShape(ctx, zone, projection, o.linked))}
        <g aria-hidden="true">
          ${map.areas.map((area) => html`<path class="pk-map__area" d="${projection.path(area.area)}"></path>`)}
        </g>
        ${map.areas.length === 0 ? map.zones.map((zone) => zoneLetter(zone, projection)) : nothing}
      </svg>
    </figure>
  </rh-parking-map>`
}

function zoneShape(ctx: Ctx, zone: CityMap['zones'][number], projection: Projection, linked: boolean): Html {
  if (!zone.area) return nothing
  const shape = html`<path class="pk-map__zone" data-zone="${zone.letter}" d="${projection.path(zone.area)}"></path>`
  if (!linked) return shape
  const label = texts(ctx).map.zoneLink(zoneWords(zone.letter, zone.name))
  return html`<a class="pk-map__link" href="${zoneHref(ctx, zone.letter)}" aria-label="${label}">${shape}</a>`
}

function zoneLetter(zone: CityMap['zones'][number], projection: Projection): Html {
  if (!zone.area) return nothing
  const [x, y] = projection.point(centroid(zone.area).geometry.coordinates)
  return html`<text class="pk-map__letter" x="${x}" y="${y}" aria-hidden="true">${zone.letter}</text>`
}

/** Not where zones lie: their letters need the room. */
function districtName(district: CityMap['districts'][number], map: CityMap, projection: Projection): Html {
  const centre = centroid(district.area)
  const [x, y] = projection.point(centre.geometry.coordinates)
  const isInSight = x > NAME_ROOM && x < projection.width - NAME_ROOM && y > 20 && y < projection.height - 10
  const isZone = map.zones.some((zone) => zone.area && booleanPointInPolygon(centre, zone.area))
  return isInSight && !isZone ? html`<text class="pk-map__name" x="${x}" y="${y}">${district.name}</text>` : nothing
}

export const zoneHref = (ctx: Ctx, letter: string): string => href(ctx, `/parken/zonen/${encodeURIComponent(letter)}`)

/** What the colours and lines mean, in words. */
export function legend(ctx: Ctx, map: CityMap): Html {
  const t = texts(ctx).map
  const signs = [
    ['zone', t.legendZone],
    ...(map.districts.length > 0 ? [['district', t.legendDistrict] as const] : []),
    ...(map.water.length > 0 ? [['water', t.legendWater] as const] : []),
    ...(map.areas.length > 0 ? [['area', t.legendArea] as const] : []),
  ] as const
  return html`<ul class="pk-legend" aria-label="${t.legend}">
    ${signs.map(
      ([kind, label]) =>
        html`<li>
          <svg class="pk-legend__sign" viewBox="0 0 24 16" aria-hidden="true">
            <path class="pk-map__${kind}" d="M1 1H23V15H1Z"></path>
          </svg>
          ${label}
        </li>`,
    )}
  </ul>`
}
