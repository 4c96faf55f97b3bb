import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import type { StaffedStretch } from '../domain/abilities.ts'
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

const CAN = sql`array(select service from appointments_qualification q where q.account = d.account order by service)`

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

/** Where somebody is still to sit. */
export async function teamsOnDuty(ctx: Pick<Ctx, 'db' | 'clock'>, account: string): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ team: string }>`select distinct team from appointments_duty
      where account = ${account}::uuid and upper(during) > ${ctx.clock.now()} order by team`,
  )
  return rows.map(({ team }) => team)
}

/** Until the transaction is over nobody else plans with this member of staff. */
export async function lockStaff(ctx: Pick<Ctx, 'db' | 'tenant'>, account: string): Promise<void> {
  await exec(
    ctx.db,
    sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.tenant.id}:appointments:${account}`}, 0))`,
  )
}

const DUTY = sql`id, account, team, lane, lower(during) as "startsAt", upper(during) as "endsAt"`

export interface ListedDuty extends Duty {
  /** What is stated about who sits there. */
  readonly can: readonly string[]
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

/** False where the person is elsewhere then, or somebody else is there. */
export async function insertDuty(ctx: Ctx, duty: Duty): Promise<boolean> {
  const { id, account, team, lane, startsAt, endsAt } = duty
  const touched = await exec(
    ctx.db,
    sql`insert into appointments_duty (id, account, team, lane, during)
      values (${id}::uuid, ${account}::uuid, ${team}, ${lane}, tstzrange(${startsAt}, ${endsAt})) on conflict do nothing`,
  )
  return touched === 1
}

/** Of one of these teams; null where there is none. */
export const deleteDuty = (ctx: Pick<Ctx, 'db'>, id: string, teams: readonly string[]): Promise<Duty | null> =>
  maybe(
    ctx.db,
    sql<Duty>`delete from appointments_duty where id::text = ${id} and team = any(${[...teams]}::text[]) returning ${DUTY}`,
  )

/** What somebody can do, by account. */
export async function qualifications(
  ctx: Pick<Ctx, 'db'>,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await many(
    ctx.db,
    sql<{ account: string; services: string[] }>`select account, array_agg(service order by service) as services
      from appointments_qualification where account = any(${[...accounts]}::uuid[]) group by account`,
  )
  return new Map(rows.map(({ account, services }) => [account, services]))
}

/** Of these services exactly those; what somebody can do elsewhere stays. */
export async function setQualifications(
  ctx: Ctx,
  account: string,
  { among, can }: { readonly among: readonly string[]; readonly can: readonly string[] },
): Promise<void> {
  await exec(
    ctx.db,
    sql`delete from appointments_qualification where account = ${account}::uuid and service = any(${[...among]}::text[])`,
  )
  await exec(
    ctx.db,
    sql`insert into appointments_qualification (account, service)
      select ${account}::uuid, unnest(${can.filter((service) => among.includes(service))}::text[])`,
  )
}

export const forgetDuties = (ctx: Pick<Ctx, 'db'>, before: Temporal.Instant): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_duty where upper(during) < ${before}`)

/** For who asks what the city keeps of them. */
export const dutiesOf = (ctx: Pick<Ctx, 'db'>, account: string): Promise<Duty[]> =>
  many(ctx.db, sql<Duty>`select ${DUTY} from appointments_duty where account = ${account}::uuid order by lower(during)`)

/** Returns the teams in which somebody is missing then. */
export async function forgetStaff(ctx: Pick<Ctx, 'db'>, account: string): Promise<string[]> {
  const gone = await many(
    ctx.db,
    sql<{ team: string }>`delete from appointments_duty where account = ${account}::uuid returning team`,
  )
  await exec(ctx.db, sql`delete from appointments_qualification where account = ${account}::uuid`)
  return [...new Set(gone.map(({ team }) => team))]
}
