import { Type } from '#platform/schema.ts'
import { csvReply } from '#platform/csv.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { page, staff } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { lastDay, standingOf, type Permit } from '../domain/permit.ts'
import { today } from '#platform/time/clock.ts'
import { countListed, everyListed, listPermits, SORTS, type PermitFilter } from '../store/permit-list.ts'
import { managedPermit, permitsOfLine } from '../store/permits.ts'
import { allZones, zoneFigures } from '../store/zones.ts'
import { texts } from '../texts/index.ts'
import { permitListPage, PERMITS_PER_PAGE, STANDINGS, staffPermitPage, zoneListPage } from '../views/staff.ts'
import { pageOf } from './city.ts'
import { permitChangeRoutes, type PermitRoom } from './permit-changes.ts'

const manage = staff('parking.manage')

const room: PermitRoom = {
  path: '/workbench/parken/ausweise',
  access: manage,
  seesPapers: true,
  find: (ctx, req) => managedPermit(ctx, req.params.id),
  otherwise: () => problem(fail('not-found')),
  examples: async (ctx, behind) =>
    (await listPermits(ctx, { ...ALL, standing: 'valid' }, { limit: 1, offset: 0 })).map(
      ({ id }) => `/workbench/parken/ausweise/${id}${behind}`,
    ),
}

const ALL: PermitFilter = { text: '', zone: null, standing: null, sort: 'from', direction: 'desc' }

const short = (maxLength: number) => Type.Optional(Type.String({ maxLength }))
const query = Type.Object({
  q: short(100),
  zone: short(10),
  standing: short(20),
  sort: short(20),
  direction: short(10),
  page: short(6),
})
type Query = { q?: string; zone?: string; standing?: string; sort?: string; direction?: string }

export const staffRoutes = [
  page({
    path: '/workbench/parken',
    access: manage,
    query,
    handle: async (ctx, req) => {
      const filter = filterOf(req.query)
      const pageNumber = pageOf(req.query.page)
      const permits = await listPermits(ctx, filter, {
        limit: PERMITS_PER_PAGE,
        offset: (pageNumber - 1) * PERMITS_PER_PAGE,
      })
      const total = await countListed(ctx, filter)
      return htmlPage(permitListPage(ctx, { permits, total, page: pageNumber, filter, zones: await allZones(ctx) }))
    },
  }),
  page({
    path: '/workbench/parken/ausweise.csv',
    access: manage,
    query,
    examples: () => [],
    handle: (ctx, req) => csvReply(`${texts(ctx).staff.title}.csv`, csvHead(ctx), csvRows(ctx, filterOf(req.query))),
  }),
  page({
    path: `${room.path}/:id`,
    access: manage,
    params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
    query: Type.Object({ erledigt: short(20) }),
    examples: (ctx) => room.examples(ctx, ''),
    handle: async (ctx, req) => {
      const permit = await managedPermit(ctx, req.params.id)
      if (!permit) return problem(fail('not-found'))
      return htmlPage(staffPermitPage(ctx, permit, await permitsOfLine(ctx, permit.line), req.query.erledigt ?? ''))
    },
  }),
  ...permitChangeRoutes(room),
  page({
    path: '/workbench/parken/zonen',
    access: manage,
    handle: async (ctx) => htmlPage(zoneListPage(ctx, await zoneFigures(ctx))),
  }),
  page({
    path: '/workbench/parken/zonen.csv',
    access: manage,
    examples: () => [],
    handle: async (ctx) => {
      const t = texts(ctx).zoneList
      const rows = (await zoneFigures(ctx)).map((zone) => [
        zone.letter,
        zone.name,
        zone.addresses,
        zone.capacity,
        zone.permits,
      ])
      return csvReply(`${t.title}.csv`, [t.letter, t.name, t.addresses, t.capacity, t.permits], rows)
    },
  }),
]

/** Words of an address as a filter; what makes no sense is left out, so that an old bookmark still shows something. */
function filterOf(asked: Query): PermitFilter {
  return {
    text: asked.q ?? '',
    zone: asked.zone || null,
    standing: STANDINGS.find((standing) => standing === asked.standing) ?? null,
    sort: SORTS.find((sort) => sort === asked.sort) ?? ALL.sort,
    direction: asked.direction === 'asc' ? 'asc' : 'desc',
  }
}

function csvHead(ctx: Ctx): string[] {
  const t = texts(ctx).staff
  return [t.number, t.plate, t.zone, t.name, t.address, t.from, t.until, t.standing]
}

async function* csvRows(ctx: Ctx, filter: PermitFilter): AsyncGenerator<readonly (string | null)[]> {
  for await (const permit of everyListed(ctx, filter)) yield csvRow(ctx, permit)
}

function csvRow(ctx: Ctx, permit: Permit): (string | null)[] {
  return [
    permit.number,
    permit.plate,
    permit.zone,
    `${permit.familyName}, ${permit.givenName}`,
    `${permit.street} ${permit.houseNumber}`,
    permit.from.toString(),
    lastDay(permit).toString(),
    texts(ctx).standing[standingOf(permit, today(ctx.clock))],
  ]
}
