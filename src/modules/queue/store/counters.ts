import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { isId } from '#platform/http/query.ts'
import { json } from '#platform/db/json.ts'
import type { Counter } from '../domain/counter.ts'
import type { Room } from '../domain/room.ts'

export const COUNTER = sql`id, office, team, name, way, is_open as "isOpen", clerk, since, open_since as "openSince"`

/** In the order in which they stand. One out of service is not there for the queue; `kept-counters.ts` has it, too. */
export const countersOf = (ctx: Pick<Ctx, 'db'>, office: string): Promise<Counter[]> =>
  many(
    ctx.db,
    sql<Counter>`select ${COUNTER} from queue_counter where office = ${office} and in_service order by position`,
  )

/** The same with how the office is on that day; its version is 0 where nothing has ever changed. */
export async function officeAndCounters(
  ctx: Pick<Ctx, 'db'>,
  office: string,
  day: Temporal.PlainDate,
): Promise<Pick<Room, 'version' | 'isFull' | 'counters'>> {
  const rows = await many(
    ctx.db,
    sql<{ version: number | null; isFull: boolean | null } & Partial<Counter>>`
      select o.version, o.full_on = ${day} as "isFull", c.*
      from (values (1)) one left join queue_office o on o.office = ${office}
      left join (select ${COUNTER}, position from queue_counter where office = ${office} and in_service) c
        on true
      order by c.position`,
  )
  const counters = rows.filter((row): row is (typeof rows)[number] & Counter => row.id != null)
  return { version: rows[0]!.version ?? 0, isFull: rows[0]!.isFull ?? false, counters }
}

/** Of these teams, house by house. */
export const countersOfTeams = (ctx: Pick<Ctx, 'db'>, teams: readonly string[]): Promise<Counter[]> =>
  many(
    ctx.db,
    sql<Counter>`select ${COUNTER} from queue_counter where team = any(${[...teams]}::text[]) and in_service
      order by office, position`,
  )

/** For nobody else to call at until the transaction is over: what is done at one counter is done in turn. */
export const lockCounter = async (ctx: Pick<Ctx, 'db'>, id: string): Promise<Counter | null> =>
  isId(id)
    ? maybe(ctx.db, sql<Counter>`select ${COUNTER} from queue_counter where id = ${id} and in_service for update`)
    : null

/** Where somebody sits. */
export const counterOfClerk = (ctx: Pick<Ctx, 'db'>, clerk: string): Promise<Counter | null> =>
  maybe(ctx.db, sql<Counter>`select ${COUNTER} from queue_counter where clerk = ${clerk}::uuid`)

export async function seatAt(ctx: Pick<Ctx, 'db'>, id: string, clerk: string, now: Temporal.Instant): Promise<void> {
  await exec(
    ctx.db,
    sql`update queue_counter set clerk = ${clerk}::uuid, since = ${now}, is_open = true, open_since = ${now}
      where id = ${id}`,
  )
}

export async function leaveCounter(ctx: Pick<Ctx, 'db'>, id: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update queue_counter set clerk = null, since = null, is_open = false, open_since = null where id = ${id}`,
  )
}

/** One that is open already stays open since when it was. */
export async function setOpen(ctx: Pick<Ctx, 'db'>, id: string, isOpen: boolean, now: Temporal.Instant): Promise<void> {
  await exec(
    ctx.db,
    sql`update queue_counter set is_open = ${isOpen}, open_since = ${isOpen ? now : null}::timestamptz
      where id = ${id} and is_open <> ${isOpen}`,
  )
}

/** Those at which nobody has sat down since then: who forgot to leave has gone home. */
export const leaveForgotten = (ctx: Pick<Ctx, 'db'>, office: string, before: Temporal.Instant): Promise<number> =>
  exec(
    ctx.db,
    sql`update queue_counter set clerk = null, since = null, is_open = false, open_since = null
      where office = ${office} and since < ${before}`,
  )

export const officesWithCounters = async (ctx: Pick<Ctx, 'db'>): Promise<string[]> =>
  (await many(ctx.db, sql<{ office: string }>`select distinct office from queue_counter order by office`)).map(
    ({ office }) => office,
  )

export async function insertCounters(
  ctx: Pick<Ctx, 'db'>,
  counters: readonly (Counter & { readonly position: number })[],
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into queue_counter (id, office, team, position, name, way, is_open, clerk, since, open_since)
      select id, office, team, position, name, way, "isOpen", clerk, since, "openSince"
      from jsonb_to_recordset(${json(counters)}) as c (id uuid, office text, team text, position int, name jsonb, way jsonb,
        "isOpen" boolean, clerk uuid, since timestamptz, "openSince" timestamptz)`,
  )
}
