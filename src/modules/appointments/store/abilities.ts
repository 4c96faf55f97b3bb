import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import type { Able } from '../domain/abilities.ts'

/** What somebody can do at the counters of a unit. */
export interface Ability {
  readonly account: string
  readonly unit: string
  readonly can: Able
  /** Goes up with every change. */
  readonly version: number
}

/** Of what nobody has stated. */
export const FIRST_VERSION = 1

const ABILITY = sql`a.account, a.unit, a.services as can, a.version`

/** What these units have stated of these people. */
export const abilitiesIn = (
  ctx: Pick<Ctx, 'db'>,
  units: readonly string[],
  accounts: readonly string[],
): Promise<Ability[]> =>
  many(
    ctx.db,
    sql<Ability>`select ${ABILITY} from appointments_ability a
      where account = any(${[...accounts]}::uuid[]) and unit = any(${[...units]}::text[])`,
  )

/** What the unit of a team has stated of these people. */
export const abilitiesAt = (ctx: Pick<Ctx, 'db'>, team: string, accounts: readonly string[]): Promise<Ability[]> =>
  many(
    ctx.db,
    sql<Ability>`select ${ABILITY} from appointments_ability a join appointments_team t on t.unit = a.unit
      where t.id = ${team} and account = any(${[...accounts]}::uuid[])`,
  )

/** For who asks what the city keeps of them. */
export const abilitiesOf = (ctx: Pick<Ctx, 'db'>, account: string): Promise<Ability[]> =>
  many(
    ctx.db,
    sql<Ability>`select ${ABILITY} from appointments_ability a where account = ${account}::uuid order by unit`,
  )

/** False where somebody else has stated something since the version that was seen. */
export async function putAbility(
  ctx: Ctx,
  { account, unit, can, seen }: Omit<Ability, 'version'> & { readonly seen: number },
): Promise<boolean> {
  const services = can === null ? null : [...can].toSorted()
  const version = seen + 1
  const touched = await exec(
    ctx.db,
    seen === FIRST_VERSION
      ? sql`insert into appointments_ability (account, unit, services, version)
          values (${account}::uuid, ${unit}, ${services}::text[], ${version}) on conflict do nothing`
      : sql`update appointments_ability set services = ${services}::text[], version = ${version}
          where account = ${account}::uuid and unit = ${unit} and version = ${seen}`,
  )
  return touched === 1
}
