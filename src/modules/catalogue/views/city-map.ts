import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { Ctx } from '#platform/context.ts'
import { attributes } from '#platform/html/attributes.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import type { District } from '#modules/addresses/public.ts'
import type { Office } from '../domain/office.ts'
import { texts } from '../texts/index.ts'

/** Width of the drawing in its own units; the height follows from the city's shape. */
const WIDTH = 400

/** The districts of the city with the office as a point. The address list draws it; without districts there is no map. */
export function cityMap(ctx: Ctx, office: Office, districts: readonly District[]): Html {
  if (!office.point || districts.length === 0) return nothing
  const [lon, lat] = office.point
  const rings = districts.map((district) => ({ district, rings: ringsOf(district.area) }))
  const all = rings.flatMap(({ rings }) => rings.flat())
  const west = Math.min(...all.map((p) => p[0]!))
  const east = Math.max(...all.map((p) => p[0]!))
  const south = Math.min(...all.map((p) => p[1]!))
  const north = Math.max(...all.map((p) => p[1]!))
  const scale = WIDTH / (east - west)
  // A degree of latitude is longer than one of longitude by the cosine of the latitude.
  const stretch = 1 / Math.cos(((north + south) / 2) * (Math.PI / 180))
  const x = (value: number) => Math.round((value - west) * scale)
  const y = (value: number) => Math.round((north - value) * scale * stretch)
  const here = rings.find(({ district }) => booleanPointInPolygon([lon, lat], district.area))?.district
  const label = texts(ctx).office.mapLabel(office.name[ctx.locale], here?.name ?? office.place)
  return html`<figure class="cat-figure rh-stack">
    <svg class="cat-map"${attributes({ viewBox: `-4 -4 ${WIDTH + 8} ${y(south) + 8}`, role: 'img', 'aria-label': label })}>
      ${rings.map(
        ({ district, rings }) =>
          html`<path${attributes({
            class: `cat-map__district${district === here ? ' cat-map__district--here' : ''}`,
            d: rings.map((ring) => `M${ring.map((p) => `${x(p[0]!)} ${y(p[1]!)}`).join('L')}Z`).join(''),
          })}></path>`,
      )}
      <circle${attributes({ class: 'cat-map__point', cx: x(lon), cy: y(lat), r: 7 })}></circle>
    </svg>
    <figcaption>${label}</figcaption>
  </figure>`
}

const ringsOf = (area: District['area']): number[][][] =>
  area.type === 'Polygon' ? area.coordinates : area.coordinates.flat()
