import { Type } from '#platform/schema.ts'
import { addressesByIds, complete, findAddress } from '#modules/addresses/public.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { everybody, holderOf, page } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { overviewMap, zoneMap } from '../city-map.ts'
import { streetsOf } from '../domain/zone-streets.ts'
import { countAreas, kindsOfAreas, listAreas } from '../store/areas.ts'
import { addressesOfZone, allZones, zoneByLetter, zoneOfAddress } from '../store/zones.ts'
import { texts } from '../texts/index.ts'
import { checkPermit } from '../use-cases/check.ts'
import { AREAS_PER_PAGE, areasPage } from '../views/areas.ts'
import { checkPage } from '../views/check.ts'
import { overviewPage } from '../views/overview.ts'
import { searchPage, type SearchOutcome } from '../views/search.ts'
import { zonePage } from '../views/zone.ts'

const short = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

export const cityRoutes = [
  page({
    path: '/parken',
    access: everybody,
    cache: 'public',
    handle: async (ctx) => htmlPage(overviewPage(ctx, await allZones(ctx), await overviewMap(ctx))),
  }),
  page({
    path: '/parken/zonen/:letter',
    access: everybody,
    cache: 'public',
    params: Type.Object({ letter: Type.String({ maxLength: 10 }) }),
    examples: async (ctx) => (await allZones(ctx)).slice(0, 1).map((zone) => `/parken/zonen/${zone.letter}`),
    handle: async (ctx, req) => {
      const zone = await zoneByLetter(ctx, req.params.letter)
      if (!zone) return problem(fail('not-found'))
      const areas = await listAreas(ctx, { zone: zone.letter, kind: null })
      const houses = await addressesByIds(ctx, await addressesOfZone(ctx, zone.letter))
      return htmlPage(zonePage(ctx, { zone, areas, streets: streetsOf(houses), map: await zoneMap(ctx, zone, areas) }))
    },
  }),
  page({
    path: '/parken/plaetze',
    access: everybody,
    query: Type.Object({ zone: short(10), kind: short(200), page: short(6) }),
    handle: async (ctx, req) => {
      const filter = { zone: req.query.zone || null, kind: req.query.kind || null }
      const pageNumber = pageOf(req.query.page)
      const slice = { limit: AREAS_PER_PAGE, offset: (pageNumber - 1) * AREAS_PER_PAGE }
      const [areas, total] = [await listAreas(ctx, filter, slice), await countAreas(ctx, filter)]
      const [zones, kinds] = [await allZones(ctx), await kindsOfAreas(ctx)]
      return htmlPage(areasPage(ctx, { areas, total, page: pageNumber, filter, zones, kinds }))
    },
  }),
  page({
    path: '/parken/zone',
    access: everybody,
    query: Type.Object({ street: short(200), houseNumber: short(40) }),
    handle: async (ctx, req) => {
      const input = { street: req.query.street?.trim() ?? '', houseNumber: req.query.houseNumber?.trim() ?? '' }
      const isAsked = req.query.street !== undefined || req.query.houseNumber !== undefined
      const errors = isAsked ? missing(ctx, input) : {}
      const outcome = isAsked && Object.keys(errors).length === 0 ? await search(ctx, input) : null
      return htmlPage(searchPage(ctx, { input, errors, outcome }))
    },
  }),
  page({
    path: '/parkausweis/pruefen/:code',
    access: holderOf('the code in the QR code of a permit, which shows nothing personal'),
    params: Type.Object({ code: Type.String({ maxLength: 100 }) }),
    examples: () => ['/parkausweis/pruefen/AAAAAAAAAAAAAAAAAAAAAA'],
    handle: async (ctx, req) => htmlPage(checkPage(ctx, await checkPermit(ctx, req.params.code))),
  }),
]

/** A page number from an address; nonsense is the first page. */
export function pageOf(text: string | undefined): number {
  return text && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1
}

function missing(ctx: Ctx, input: { street: string; houseNumber: string }): Record<string, string> {
  const t = texts(ctx).search
  return {
    ...(input.street ? {} : { street: t.streetMissing }),
    ...(input.houseNumber ? {} : { houseNumber: t.houseNumberMissing }),
  }
}

async function search(ctx: Ctx, input: { street: string; houseNumber: string }): Promise<SearchOutcome> {
  const address = await findAddress(ctx, input)
  if (!address) return { kind: 'unknown', similar: await complete(ctx, input.street, 5) }
  const zone = await zoneOfAddress(ctx, address.id)
  return zone ? { kind: 'zone', zone } : { kind: 'outside' }
}
