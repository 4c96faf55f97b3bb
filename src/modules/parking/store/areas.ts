import type { Ctx } from '#platform/context.ts'
import { exec, many, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { ParkingArea } from '../domain/parking-area.ts'

const AREA = sql`number, zones, kind, bays, alignment, permit_times as "permitTimes", paid_times as "paidTimes",
  disc_times as "discTimes", allowed_times as "allowedTimes", restriction, remark, checked_on::text as "checkedOn", area`

/** Takes the place of every parking area with the same number. */
export async function saveAreas(ctx: Ctx, areas: readonly ParkingArea[]): Promise<void> {
  const column = <T>(of: (area: ParkingArea) => T) => areas.map(of)
  await exec(
    ctx.db,
    sql`insert into parking_area (id, number, zones, kind, bays, alignment, permit_times, paid_times, disc_times, allowed_times,
        restriction, remark, checked_on, area)
      select id, number, string_to_array(zones, ','), kind, bays, alignment, permit_times, paid_times, disc_times, allowed_times,
        restriction, remark, checked_on, area::jsonb
      from unnest(${areas.map(() => newId())}::uuid[], ${column((a) => a.number)}::text[], ${column((a) => a.zones.join(','))}::text[],
        ${column((a) => a.kind)}::text[], ${column((a) => a.bays)}::int[], ${column((a) => a.alignment)}::text[],
        ${column((a) => a.permitTimes)}::text[], ${column((a) => a.paidTimes)}::text[], ${column((a) => a.discTimes)}::text[],
        ${column((a) => a.allowedTimes)}::text[], ${column((a) => a.restriction)}::text[], ${column((a) => a.remark)}::text[],
        ${column((a) => a.checkedOn)}::date[], ${column((a) => JSON.stringify(a.area))}::text[])
        as t (id, number, zones, kind, bays, alignment, permit_times, paid_times, disc_times, allowed_times, restriction, remark,
          checked_on, area)
      on conflict (number) do update set zones = excluded.zones, kind = excluded.kind, bays = excluded.bays,
        alignment = excluded.alignment, permit_times = excluded.permit_times, paid_times = excluded.paid_times,
        disc_times = excluded.disc_times, allowed_times = excluded.allowed_times, restriction = excluded.restriction,
        remark = excluded.remark, checked_on = excluded.checked_on, area = excluded.area`,
  )
}

export interface AreaFilter {
  readonly zone: string | null
  readonly kind: string | null
}

/** In the order of the numbers; the whole list where no page is asked for. */
export async function listAreas(
  ctx: Ctx,
  filter: AreaFilter,
  page?: { limit: number; offset: number },
): Promise<ParkingArea[]> {
  return many(
    ctx.db,
    sql<ParkingArea>`select ${AREA} from parking_area where ${condition(filter)}
      order by length(number), number limit ${page?.limit ?? null} offset ${page?.offset ?? 0}`,
  )
}

export async function countAreas(ctx: Ctx, filter: AreaFilter): Promise<number> {
  return (
    await one(ctx.db, sql<{ count: number }>`select count(*) as count from parking_area where ${condition(filter)}`)
  ).count
}

export async function kindsOfAreas(ctx: Ctx): Promise<string[]> {
  const rows = await many(ctx.db, sql<{ kind: string }>`select distinct kind from parking_area order by kind`)
  return rows.map((row) => row.kind)
}

/** Bays by zone that its residents may use; areas of two zones count in both. */
export async function baysByZone(ctx: Ctx): Promise<{ zone: string; bays: number }[]> {
  return many(
    ctx.db,
    sql<{
      zone: string
      bays: number
    }>`select zone, coalesce(sum(bays), 0)::int as bays from parking_area, unnest(zones) as zone group by zone`,
  )
}

const condition = ({ zone, kind }: AreaFilter) =>
  sql`(${zone}::text is null or ${zone} = any(zones)) and (${kind}::text is null or kind = ${kind})`
