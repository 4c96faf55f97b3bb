import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { OpeningRule } from '../domain/rule.ts'
import { ruleOf, type StoredRule } from './plan.ts'

/** One version of a rule, and who made it. */
export interface RuleVersion {
  readonly rule: OpeningRule
  readonly version: number
  readonly madeAt: Temporal.Instant
  /** null: it came with the city's data. */
  readonly madeBy: string | null
}

interface Row {
  id: string
  team: string
  content: StoredRule
  version: number
  madeAt: Temporal.Instant
  madeBy: string | null
}

const VERSION = sql`r.id, r.team, r.content, r.version, r.made_at as "madeAt", r.made_by as "madeBy"`

const versionOf = ({ id, team, content, version, madeAt, madeBy }: Row): RuleVersion => ({
  rule: ruleOf(id, team, content),
  version,
  madeAt,
  madeBy,
})

/** The version that holds; null for a rule of an office that is none of these. */
export async function ruleVersion(
  ctx: Pick<Ctx, 'db'>,
  id: string,
  offices: readonly string[],
): Promise<RuleVersion | null> {
  const row = await maybe(
    ctx.db,
    sql<Row>`select ${VERSION} from appointments_rule r join appointments_team t on t.id = r.team
      where r.id::text = ${id} and r.replaced_at is null and t.office = any(${[...offices]}::text[])`,
  )
  return row && versionOf(row)
}

/** All of a rule, the newest first. */
export async function ruleVersions(ctx: Pick<Ctx, 'db'>, id: string): Promise<RuleVersion[]> {
  const rows = await many(
    ctx.db,
    sql<Row>`select ${VERSION} from appointments_rule r where r.id::text = ${id} order by r.version desc`,
  )
  return rows.map(versionOf)
}

/** Ends the version that holds and adds the next; `version` 1 begins a rule. */
export async function insertVersion(ctx: Ctx, { id, team, ...content }: OpeningRule, version: number): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`update appointments_rule set replaced_at = ${now} where id = ${id}::uuid and replaced_at is null`,
  )
  await exec(
    ctx.db,
    sql`insert into appointments_rule (id, version, team, content, made_at, made_by)
      values (${id}::uuid, ${version}, ${team}, ${json(content)}, ${now}, ${ctx.account?.id ?? null}::uuid)`,
  )
}
