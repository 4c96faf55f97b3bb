import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import { pathLabel, type Unit } from '../domain/unit.ts'

const columns = sql`u.id, u.parent_id as "parentId", u.name, u.telephone, u.email`

/** All units, each after the one above it, in the order of their paths. */
export const units = (ctx: Pick<Ctx, 'db'>): Promise<Unit[]> =>
  many(ctx.db, sql<Unit>`select ${columns} from accounts_unit u order by u.path`)

export const unitById = (ctx: Pick<Ctx, 'db'>, id: string): Promise<Unit | null> =>
  maybe(ctx.db, sql<Unit>`select ${columns} from accounts_unit u where u.id = ${id}`)

/** The unit and all units below it; empty where there is no such unit. */
export async function unitsBelow(ctx: Pick<Ctx, 'db'>, id: string): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ id: string }>`select below.id from accounts_unit u join accounts_unit below on below.path <@ u.path
      where u.id = ${id} order by below.path`,
  )
  return rows.map((row) => row.id)
}

/** Writes a new unit below `parentId`, which must exist (null: the root). Telephone and mail may follow later. */
export async function insertUnit(
  ctx: Ctx,
  unit: Omit<Unit, 'telephone' | 'email'> & Partial<Pick<Unit, 'telephone' | 'email'>>,
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into accounts_unit (id, parent_id, path, name, telephone, email)
      values (${unit.id}, ${unit.parentId},
        coalesce((select path from accounts_unit where id = ${unit.parentId}::text) || ${pathLabel(unit.id)}::text, ${pathLabel(unit.id)}::text::ltree),
        ${json(unit.name)}, ${unit.telephone ?? null}, ${unit.email ?? null})`,
  )
}

export async function updateUnit(ctx: Ctx, unit: Omit<Unit, 'parentId'>): Promise<void> {
  await exec(
    ctx.db,
    sql`update accounts_unit set name = ${json(unit.name)}, telephone = ${unit.telephone}, email = ${unit.email}
      where id = ${unit.id}`,
  )
}

export interface UnitWithStaff extends Unit {
  /** Labels from the root to here: 1 for the root. */
  readonly depth: number
  readonly staff: number
}

/** The tree with how many active members of staff each unit has. */
export const unitsWithStaff = (ctx: Ctx): Promise<UnitWithStaff[]> =>
  many(
    ctx.db,
    sql<UnitWithStaff>`select ${columns}, nlevel(u.path) as depth, count(a.id)::int as staff
      from accounts_unit u left join accounts_account a on a.unit_id = u.id and a.disabled_at is null
      group by u.id order by u.path`,
  )

export async function rootUnitId(ctx: Pick<Ctx, 'db'>): Promise<string | null> {
  return (await maybe(ctx.db, sql<{ id: string }>`select id from accounts_unit where parent_id is null`))?.id ?? null
}

/** Serializes what could leave the city without an administrator: one such change at a time in this city. */
export async function lockAdministration(ctx: Ctx): Promise<void> {
  await one(ctx.db, sql`select pg_advisory_xact_lock(hashtext('accounts.administration ' || current_schema()))`)
}
