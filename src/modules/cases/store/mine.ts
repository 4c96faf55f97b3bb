import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'

export interface OwnRow {
  readonly id: string
  readonly number: string
  readonly service: string
  readonly version: number
  readonly state: string
  readonly openedAt: Temporal.Instant
  readonly closedAt: Temporal.Instant | null
  readonly dueOn: Temporal.PlainDate | null
  readonly missing: string | null
  /** Messages from the city that have not been read. */
  readonly unread: number
}

/** Most cases on "Meine Anträge"; nobody has more, and a page must not grow without end. */
const MOST = 200

/** The cases of the signed-in person, the open ones first, then the newest. */
export async function casesOfMine(ctx: Ctx): Promise<OwnRow[]> {
  return many(
    ctx.db,
    sql<OwnRow>`select k.id, k.number, k.service, k.service_version as version, k.state, k.opened_at as "openedAt",
        k.closed_at as "closedAt", k.due_on as "dueOn", k.missing,
        (select count(*)::int from cases_message m
          where m.case_id = k.id and m.direction = 'out' and m.read_at is null) as unread
      from cases_case k where k.account_id = ${ctx.account?.id ?? null}
      order by (k.closed_at is not null), k.opened_at desc limit ${MOST}`,
  )
}

/** How many run, and how many of them the city cannot go on with before the person has done something. */
export async function standingOfMine(ctx: Ctx): Promise<{ open: number; missing: number }> {
  return one(
    ctx.db,
    sql<{ open: number; missing: number }>`select count(*)::int as open,
        count(*) filter (where missing is not null)::int as missing
      from cases_case where account_id = ${ctx.account?.id ?? null} and closed_at is null`,
  )
}
