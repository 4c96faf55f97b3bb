import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
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

const DUTY = sql`id, account, team, lane, lower(during) as "startsAt", upper(during) as "endsAt"`

/** Of these teams, wherever they touch the span, in order. */
export const dutiesIn = (ctx: Pick<Ctx, 'db'>, teams: readonly string[], { from, to }: TimeSpan): Promise<Duty[]> =>
  many(
    ctx.db,
    sql<Duty>`select ${DUTY} from appointments_duty
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

export async function forgetStaff(ctx: Pick<Ctx, 'db'>, account: string): Promise<void> {
  await exec(ctx.db, sql`delete from appointments_duty where account = ${account}::uuid`)
  await exec(ctx.db, sql`delete from appointments_qualification where account = ${account}::uuid`)
}
