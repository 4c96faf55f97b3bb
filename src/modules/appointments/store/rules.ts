import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { OpeningRule } from '../domain/rule.ts'
import type { PlannedVersion } from '../domain/versions.ts'
import { ruleOf, type StoredRule } from './plan.ts'

/** One version of a rule, and who made it. */
export interface RuleVersion {
  readonly rule: OpeningRule
  readonly version: number
  /** From which day on it was to hold; null: from the rule's beginning. */
  readonly from: Temporal.PlainDate | null
  /** When another one took its place; null: it holds on its days. */
  readonly replacedAt: Temporal.Instant | null
  readonly madeAt: Temporal.Instant
  /** null: it came with the city's data. */
  readonly madeBy: string | null
}

interface Row {
  id: string
  team: string
  content: StoredRule
  version: number
  from: Temporal.PlainDate | null
  replacedAt: Temporal.Instant | null
  madeAt: Temporal.Instant
  madeBy: string | null
}

const VERSION = sql`r.id, r.team, r.content, r.version, r.from_day as "from", r.replaced_at as "replacedAt",
  r.made_at as "madeAt", r.made_by as "madeBy"`

const versionOf = ({ id, team, content, ...row }: Row): RuleVersion => ({ ...row, rule: ruleOf(id, team, content) })

/** The versions that hold, each on its days, the first one first; none of a rule of a team that is none of these. */
export async function standingVersions(
  ctx: Pick<Ctx, 'db'>,
  id: string,
  teams: readonly string[],
): Promise<RuleVersion[]> {
  const rows = await many(
    ctx.db,
    sql<Row>`select ${VERSION} from appointments_rule r
      where r.id::text = ${id} and r.replaced_at is null and r.team = any(${[...teams]}::text[])
      order by r.from_day nulls first`,
  )
  return rows.map(versionOf)
}

/** Of all rules of these teams, in the order of each rule's days. */
export async function standingOfTeams(ctx: Pick<Ctx, 'db'>, teams: readonly string[]): Promise<RuleVersion[]> {
  const rows = await many(
    ctx.db,
    sql<Row>`select ${VERSION} from appointments_rule r where r.replaced_at is null
      and r.team = any(${[...teams]}::text[]) order by r.team, r.id, r.from_day nulls first`,
  )
  return rows.map(versionOf)
}

/** All of a rule, the newest first. */
export async function ruleVersions(ctx: Pick<Ctx, 'db'>, id: string): Promise<RuleVersion[]> {
  const rows = await many(
    ctx.db,
    sql<Row>`select ${VERSION} from appointments_rule r where r.id::text = ${id} order by r.version desc`,
  )
  return rows.map(versionOf)
}

/** Ends a version that has not begun, or all of a rule (`from` null). */
export async function dropVersion(
  ctx: Ctx,
  id: string,
  { from, at }: { readonly from: Temporal.PlainDate | null; readonly at: Temporal.Instant },
): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_rule set replaced_at = ${at} where id = ${id}::uuid and replaced_at is null
      and (${from}::date is null or from_day = ${from}::date)`,
  )
}

interface Placed extends Pick<PlannedVersion, 'from' | 'keepsLater'> {
  /** Now, if not said. */
  readonly at?: Temporal.Instant
}

const AT_ONCE: Placed = { from: null, keepsLater: false }

/** Ends the versions whose place it takes (`replacedBy`) and adds it; `version` 1 begins a rule. */
export async function insertVersion(
  ctx: Ctx,
  { id, team, ...rule }: OpeningRule,
  version: number,
  { from, keepsLater, at: now = ctx.clock.now() } = AT_ONCE,
): Promise<void> {
  // Its days follow from those of the versions beside it.
  const content = { ...rule, inForce: undefined }
  const day = sql`coalesce(${from}::date, '-infinity')`
  await exec(
    ctx.db,
    sql`update appointments_rule set replaced_at = ${now} where id = ${id}::uuid and replaced_at is null
      and case when ${keepsLater} then coalesce(from_day, '-infinity') = ${day}
        else coalesce(from_day, '-infinity') >= ${day} end`,
  )
  await exec(
    ctx.db,
    sql`insert into appointments_rule (id, version, team, content, from_day, made_at, made_by)
      values (${id}::uuid, ${version}, ${team}, ${json(content)}, ${from}::date, ${now}, ${ctx.account?.id ?? null}::uuid)`,
  )
}
