import { permittedUnits, type Permission } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { Office } from '../domain/office.ts'

interface Row {
  readonly slug: string
  readonly units: string[]
  readonly content: Omit<Office, 'slug' | 'units'>
}

const officeOf = ({ slug, units, content }: Row): Office => ({ slug, units, ...content })

export async function offices(ctx: Pick<Ctx, 'db'>): Promise<Office[]> {
  const rows = await many(ctx.db, sql<Row>`select slug, units, content from catalogue_office order by position`)
  return rows.map(officeOf)
}

export async function officeBySlug(ctx: Pick<Ctx, 'db'>, slug: string): Promise<Office | null> {
  const row = await maybe(ctx.db, sql<Row>`select slug, units, content from catalogue_office where slug = ${slug}`)
  return row && officeOf(row)
}

/** Writes all offices anew, in their order. */
export async function replaceOffices(ctx: Ctx, offices: readonly Office[]): Promise<void> {
  const rows = offices.map(({ slug, units, ...content }, position) => ({ slug, units, position, content }))
  await exec(ctx.db, sql`delete from catalogue_office`)
  await exec(
    ctx.db,
    sql`insert into catalogue_office (slug, position, units, content)
      select slug, position, units, content
      from jsonb_to_recordset(${json(rows)}) as o (slug text, position integer, units text[], content jsonb)`,
  )
}

/** Offices where a unit sees people in which the account holds the permission. */
export async function officesFor(ctx: Pick<Ctx, 'db' | 'account'>, permission: Permission): Promise<Office[]> {
  const units = [...permittedUnits(ctx, permission)]
  const rows = await many(
    ctx.db,
    sql<Row>`select slug, units, content from catalogue_office where units && ${units}::text[] order by position`,
  )
  return rows.map(officeOf)
}
