import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import type { Device, DeviceKind, DeviceState, ListedDevice } from '../domain/device.ts'

const state = sql<DeviceState>`case
  when d.withdrawn_at is not null then 'withdrawn'
  when exists (select from devices_credential c
    where c.device = d.id and c.purpose in ('key', 'browser') and c.ended_at is null) then 'in-use'
  else 'not-set-up' end`

const listed = sql`select d.id, d.name, d.office, d.kind, d.last_seen_at as "lastSeenAt", ${state} as state
  from devices_device d`

export interface DeviceFilter {
  readonly office: string | null
  readonly kind: DeviceKind | null
  readonly state: DeviceState | null
}

/** Devices of these offices by office and name; a city has some hundred at most. */
export const devicesIn = (ctx: Ctx, offices: readonly string[], filter: DeviceFilter): Promise<ListedDevice[]> =>
  many(
    ctx.db,
    sql<ListedDevice>`${listed} where d.office = any(${[...offices]}::text[])
      and (${filter.office}::text is null or d.office = ${filter.office})
      and (${filter.kind}::text is null or d.kind = ${filter.kind})
      and (${filter.state}::text is null or ${state} = ${filter.state})
      order by d.withdrawn_at is not null, d.office, d.name, d.id limit 2000`,
  )

/** One device, where it stands in one of these offices. */
export const deviceIn = (ctx: Ctx, offices: readonly string[], id: string): Promise<ListedDevice | null> =>
  maybe(ctx.db, sql<ListedDevice>`${listed} where d.id = ${id} and d.office = any(${[...offices]}::text[])`)

/** Names of devices for lists of other modules; withdrawn ones, too. */
export async function deviceNames(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await many(
    ctx.db,
    sql<{ id: string; name: string }>`select id, name from devices_device where id = any(${[...ids]}::uuid[])`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** False where the id is there already: a form that was sent twice. */
export const insertDevice = async (ctx: Ctx, device: Device): Promise<boolean> =>
  (await exec(
    ctx.db,
    sql`insert into devices_device (id, name, office, kind, added_at)
      values (${device.id}, ${device.name}, ${device.office}, ${device.kind}, ${ctx.clock.now()})
      on conflict (id) do nothing`,
  )) === 1

export const renameDevice = (ctx: Ctx, id: string, name: string): Promise<number> =>
  exec(ctx.db, sql`update devices_device set name = ${name} where id = ${id}`)

/** Whether it was in use until now. */
export const withdrawDevice = async (ctx: Ctx, id: string): Promise<boolean> =>
  (await exec(
    ctx.db,
    sql`update devices_device set withdrawn_at = ${ctx.clock.now()} where id = ${id} and withdrawn_at is null`,
  )) === 1

/** Devices of a kind that stand in these offices and are not withdrawn. */
export const devicesOfKind = (ctx: Ctx, offices: readonly string[], kind: DeviceKind): Promise<Device[]> =>
  many(
    ctx.db,
    sql<Device>`select id, name, office, kind from devices_device
      where office = any(${[...offices]}::text[]) and kind = ${kind} and withdrawn_at is null order by name, id`,
  )
