import type { RawBuilder } from 'kysely'
import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import { isId } from '#platform/http/query.ts'
import type { Able, StaffedStretch } from '../domain/abilities.ts'
import { CELL_MS } from '../domain/cells.ts'
import type { TimeSpan } from './staff-calendar.ts'

/** Who sits at a counter, and when. */
export interface Duty {
  readonly id: string
  readonly account: string
  readonly team: string
  readonly lane: string
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
}

/** What the unit of the team has stated about who sits there. */
const CAN = sql`(select a.services from appointments_ability a join appointments_team t on t.unit = a.unit
  where a.account = d.account and t.id = d.team)`

/** Of these teams, those that are not over, with what is stated about who sits there. */
export const staffedStretches = (ctx: Pick<Ctx, 'db' | 'clock'>, teams: readonly string[]): Promise<StaffedStretch[]> =>
  many(
    ctx.db,
    sql<StaffedStretch>`select id, account, team, lane,
        (extract(epoch from lower(during)) * 1000 / ${CELL_MS})::int as "from",
        (extract(epoch from upper(during)) * 1000 / ${CELL_MS})::int as "to",
        ${CAN} as can
      from appointments_duty d where team = any(${[...teams]}::text[]) and upper(during) > ${ctx.clock.now()}
      order by lower(during), lane`,
  )

/** Where some of them are still to sit. */
export async function teamsOnDuty(ctx: Pick<Ctx, 'db' | 'clock'>, accounts: readonly string[]): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ team: string }>`select distinct team from appointments_duty
      where account = any(${[...accounts]}::uuid[]) and upper(during) > ${ctx.clock.now()} order by team`,
  )
  return rows.map(({ team }) => team)
}

/** Until the transaction is over nobody else plans with these members of staff; in one order, so that two never wait for each other. */
export async function lockStaff(ctx: Pick<Ctx, 'db' | 'tenant'>, accounts: readonly string[]): Promise<void> {
  const keys = [...new Set(accounts)].toSorted().map((account) => `${ctx.tenant.id}:appointments:${account}`)
  await exec(
    ctx.db,
    sql`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${keys}::text[]) with ordinality as k (key, place)
      order by place`,
  )
}

const DUTY = sql`id, account, team, lane, lower(during) as "startsAt", upper(during) as "endsAt"`

export interface ListedDuty extends Duty {
  readonly can: Able
}

/** Of these teams, wherever they touch the span, in order. */
export const dutiesIn = (
  ctx: Pick<Ctx, 'db'>,
  teams: readonly string[],
  { from, to }: TimeSpan,
): Promise<ListedDuty[]> =>
  many(
    ctx.db,
    sql<ListedDuty>`select ${DUTY}, ${CAN} as can from appointments_duty d
      where team = any(${[...teams]}::text[]) and during && tstzrange(${from}, ${to}) order by lower(during), lane`,
  )

export interface Roster {
  readonly unit: string
  /** What the team does. */
  readonly services: readonly string[]
  readonly version: number
  readonly duties: readonly ListedDuty[]
}

/** Of a team of the units in which the account has the permission, what begins in the span; null: there is no such team. */
export async function rosterOf(
  ctx: Pick<Ctx, 'db' | 'account'>,
  permission: string,
  team: string,
  { from, to }: TimeSpan,
): Promise<Roster | null> {
  const found = await maybe(
    ctx.db,
    sql<Omit<Roster, 'duties'>>`select unit, services, duties_version as version from appointments_team t
      where id = ${team} and ${permittedIn(ctx, permission, 't.unit')}`,
  )
  if (!found) return null
  const duties = await many(
    ctx.db,
    sql<ListedDuty>`select ${DUTY}, ${CAN} as can from appointments_duty d
      where team = ${team} and lower(during) >= ${from}::timestamptz and lower(during) < ${to}::timestamptz
      order by lower(during), lane`,
  )
  return { ...found, duties }
}

/** Which version of the duties of a team stands. */
export const dutiesVersion = async (ctx: Pick<Ctx, 'db'>, team: string): Promise<number | null> =>
  (
    await maybe(
      ctx.db,
      sql<{ version: number }>`select duties_version as version from appointments_team where id = ${team}`,
    )
  )?.version ?? null

/** Those of these duties, by their place in the list, whose person is elsewhere then, or at whose counter somebody else is. */
export async function clashingDuties(
  ctx: Pick<Ctx, 'db'>,
  { added, gone }: { readonly added: readonly Duty[]; readonly gone: readonly Pick<Duty, 'id'>[] },
): Promise<number[]> {
  const rows = added.map(({ account, lane, startsAt, endsAt }, i) => ({
    i,
    account,
    lane,
    starts: startsAt.toString(),
    ends: endsAt.toString(),
  }))
  const clashes = await many(
    ctx.db,
    sql<{ i: number }>`with wanted as (
        select i, account, lane, tstzrange(starts, ends) as during from jsonb_to_recordset(${json(rows)})
          as w (i int, account uuid, lane text, starts timestamptz, ends timestamptz)),
      taken as (
        select -1 as i, account, lane, during from appointments_duty where id <> all(${gone.map(({ id }) => id)}::uuid[])
          and (account in (select account from wanted) or lane in (select lane from wanted))
        union all select i, account, lane, during from wanted)
      select distinct w.i from wanted w join taken t on t.i < w.i and t.during && w.during
        and (t.account = w.account or t.lane = w.lane) order by w.i`,
  )
  return clashes.map(({ i }) => i)
}

/** Returns how many: a duty is left out where its person is elsewhere then, or somebody else is there. */
export async function insertDuties(ctx: Ctx, duties: readonly Duty[]): Promise<number> {
  const rows = duties.map(({ startsAt, endsAt, ...duty }) => ({
    ...duty,
    starts: startsAt.toString(),
    ends: endsAt.toString(),
  }))
  const inserted = await many(
    ctx.db,
    sql<{ team: string }>`insert into appointments_duty (id, account, team, lane, during)
      select id, account, team, lane, tstzrange(starts, ends) from jsonb_to_recordset(${json(rows)})
        as d (id uuid, account uuid, team text, lane text, starts timestamptz, ends timestamptz)
      on conflict do nothing returning team`,
  )
  if (inserted.length > 0) await countChange(ctx, inTeams(inserted.map(({ team }) => team)))
  return inserted.length
}

/** Those that are there, of one of these teams. */
export async function deleteDuties(
  ctx: Pick<Ctx, 'db'>,
  ids: readonly string[],
  teams: readonly string[],
): Promise<Duty[]> {
  const areThere = sql`id = any(${ids.filter(isId)}::uuid[]) and team = any(${[...teams]}::text[])`
  // The team first, as whoever changes several of its duties locks them: so nobody waits for each other.
  await countChange(ctx, sql`select team from appointments_duty where ${areThere}`)
  return many(ctx.db, sql<Duty>`delete from appointments_duty where ${areThere} returning ${DUTY}`)
}

const inTeams = (teams: readonly string[]) => sql`select unnest(${[...new Set(teams)]}::text[])`

const countChange = (ctx: Pick<Ctx, 'db'>, teams: RawBuilder<unknown>): Promise<number> =>
  exec(ctx.db, sql`update appointments_team set duties_version = duties_version + 1 where id in (${teams})`)

export const forgetDuties = (ctx: Pick<Ctx, 'db'>, before: Temporal.Instant): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_duty where upper(during) < ${before}`)

/** For who asks what the city keeps of them. */
export const dutiesOf = (ctx: Pick<Ctx, 'db'>, account: string): Promise<Duty[]> =>
  many(ctx.db, sql<Duty>`select ${DUTY} from appointments_duty where account = ${account}::uuid order by lower(during)`)

/** Returns the teams in which somebody is missing then. */
export async function forgetStaff(ctx: Pick<Ctx, 'db'>, account: string): Promise<string[]> {
  const teams = sql`select team from appointments_duty where account = ${account}::uuid`
  // In the order in which whoever shuts several teams locks them.
  await exec(ctx.db, sql`select from appointments_team where id in (${teams}) order by id for update`)
  await countChange(ctx, teams)
  const gone = await many(
    ctx.db,
    sql<{ team: string }>`delete from appointments_duty where account = ${account}::uuid returning team`,
  )
  await exec(ctx.db, sql`delete from appointments_ability where account = ${account}::uuid`)
  return [...new Set(gone.map(({ team }) => team))]
}
