import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { today } from '#platform/time/clock.ts'
import type { Permit, Standing } from '../domain/permit.ts'
import { plateKey } from '../domain/plate-key.ts'
import { PERMIT, PERMIT_FROM } from './permits.ts'

export const SORTS = ['until', 'from', 'plate', 'zone', 'name'] as const
export type Sort = (typeof SORTS)[number]

export interface PermitFilter {
  readonly text: string
  readonly zone: string | null
  readonly standing: Standing | null
  readonly sort: Sort
  readonly direction: 'asc' | 'desc'
}

const ORDER = {
  until: sql`upper(p.during)`,
  from: sql`lower(p.during)`,
  plate: sql`p.plate`,
  zone: sql`p.zone`,
  name: sql`lower(p.family_name)`,
} as const

/** Permits of the units in which the asking person may manage them. */
export async function listPermits(
  ctx: Ctx,
  filter: PermitFilter,
  page: { limit: number; offset: number },
): Promise<Permit[]> {
  const direction = filter.direction === 'asc' ? sql`asc` : sql`desc`
  return many(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${PERMIT_FROM} where ${condition(ctx, filter)}
      order by ${ORDER[filter.sort]} ${direction}, p.id ${direction} limit ${page.limit} offset ${page.offset}`,
  )
}

export async function countListed(ctx: Ctx, filter: PermitFilter): Promise<number> {
  const row = await one(
    ctx.db,
    sql<{ count: number }>`select count(*) as count from ${PERMIT_FROM} where ${condition(ctx, filter)}`,
  )
  return row.count
}

const CSV_CHUNK = 2_000

/** All of them, a chunk at a time, for CSV. */
export async function* everyListed(ctx: Ctx, filter: PermitFilter): AsyncGenerator<Permit> {
  for (let offset = 0; ; offset += CSV_CHUNK) {
    const rows = await listPermits(ctx, filter, { limit: CSV_CHUNK, offset })
    yield* rows
    if (rows.length < CSV_CHUNK) return
  }
}

function condition(ctx: Ctx, { text, zone, standing }: PermitFilter) {
  const words = text.trim()
  const like = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`${permittedIn(ctx, 'parking.manage', 'p.unit')}
    and (${zone}::text is null or p.zone = ${zone})
    and ${standingIs(ctx, standing)}
    and (${words} = '' or p.number ilike ${like} or (${plateKey(words)} <> '' and p.plate_key like ${`${plateKey(words)}%`})
      or p.given_name || ' ' || p.family_name ilike ${like} or p.street || ' ' || p.house_number ilike ${like})`
}

function standingIs(ctx: Ctx, standing: Standing | null) {
  const day = today(ctx.clock)
  if (standing === null) return sql`true`
  if (standing === 'valid') return sql`p.state = 'valid' and p.during @> ${day}::date`
  if (standing === 'upcoming') return sql`p.state = 'valid' and lower(p.during) > ${day}::date`
  if (standing === 'expired') return sql`p.state = 'valid' and upper(p.during) <= ${day}::date`
  return sql`p.state = ${standing}`
}
