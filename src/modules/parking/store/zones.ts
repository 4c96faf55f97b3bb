import type { MultiPolygon, Polygon } from 'geojson'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import { today } from '#platform/time/clock.ts'
import type { Zone } from '../domain/zone.ts'

const columns = sql`z.letter, z.name, z.area, z.is_guessed as "isGuessed", z.capacity`

export async function allZones(ctx: Ctx): Promise<Zone[]> {
  return many(ctx.db, sql<Zone>`select ${columns} from parking_zone z order by letter`)
}

export async function zoneByLetter(ctx: Ctx, letter: string): Promise<Zone | null> {
  return maybe(ctx.db, sql<Zone>`select ${columns} from parking_zone z where letter = ${letter}`)
}

/** `isSure`: by the city's list or its own area, and not by one that was drawn around bays. */
export async function zoneOfAddress(
  ctx: Ctx,
  addressId: string,
): Promise<(Zone & { readonly isSure: boolean }) | null> {
  return maybe(
    ctx.db,
    sql<
      Zone & { isSure: boolean }
    >`select ${columns}, a.source <> 'bays' as "isSure" from parking_zone_address a join parking_zone z on z.letter = a.zone
      where a.address_id = ${addressId}::uuid`,
  )
}

/** Ids of the houses in a zone. */
export async function addressesOfZone(ctx: Ctx, letter: string): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ id: string }>`select address_id as id from parking_zone_address where zone = ${letter}`,
  )
  return rows.map((row) => row.id)
}

/** Adds a zone, or brings its name and area up to date; what is null in the new one stays. */
export async function saveZone(
  ctx: Ctx,
  zone: {
    letter: string
    name: string | null
    area: Polygon | MultiPolygon | null
    isGuessed?: boolean
    capacity?: number
  },
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into parking_zone (letter, name, area, is_guessed, capacity)
      values (${zone.letter}, ${zone.name ?? ''}, ${zone.area === null ? null : json(zone.area)}, ${zone.isGuessed ?? false}, ${zone.capacity ?? 0})
      on conflict (letter) do update set name = coalesce(${zone.name}, parking_zone.name),
        is_guessed = case when excluded.area is null then parking_zone.is_guessed else excluded.is_guessed end,
        area = coalesce(excluded.area, parking_zone.area), capacity = greatest(excluded.capacity, parking_zone.capacity)`,
  )
}

/** Says which houses belong to a zone. What comes from the city's own list is never changed by an area. */
export async function assignAddresses(
  ctx: Ctx,
  assignments: readonly { addressId: string; zone: string }[],
  source: 'list' | 'area' | 'bays',
): Promise<number> {
  return exec(
    ctx.db,
    sql`insert into parking_zone_address (address_id, zone, source)
      select distinct on (address_id) address_id, zone, ${source}
      from unnest(${assignments.map((entry) => entry.addressId)}::uuid[], ${assignments.map((entry) => entry.zone)}::text[]) as t (address_id, zone)
      on conflict (address_id) do update set zone = excluded.zone, source = excluded.source
        where parking_zone_address.source <> 'list' or excluded.source = 'list'`,
  )
}

export async function clearAreaAssignments(ctx: Ctx): Promise<void> {
  await exec(ctx.db, sql`delete from parking_zone_address where source <> 'list'`)
}

export interface ZoneFigures {
  readonly letter: string
  readonly name: string
  readonly capacity: number
  readonly addresses: number
  readonly permits: number
}

export async function zoneFigures(ctx: Ctx): Promise<ZoneFigures[]> {
  return many(
    ctx.db,
    sql<ZoneFigures>`
      select z.letter, z.name, z.capacity,
        (select count(*) from parking_zone_address a where a.zone = z.letter) as addresses,
        (select count(*) from parking_permit p where p.zone = z.letter and p.state = 'valid' and p.during @> ${today(ctx.clock)}::date) as permits
      from parking_zone z order by z.letter`,
  )
}

export async function backdrop(ctx: Ctx): Promise<(Polygon | MultiPolygon)[]> {
  const rows = await many(ctx.db, sql<{ area: Polygon | MultiPolygon }>`select area from parking_backdrop order by id`)
  return rows.map((row) => row.area)
}

export async function saveBackdrop(ctx: Ctx, id: string, area: Polygon | MultiPolygon): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into parking_backdrop (id, kind, area) values (${id}, 'water', ${json(area)})
      on conflict (id) do update set area = excluded.area`,
  )
}
