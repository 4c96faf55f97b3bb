import type { Ctx } from '#platform/context.ts'
import { exec, one, sql } from '#platform/db/db.ts'
import { transaction } from '#platform/db/transaction.ts'
import { formatCaseNumber } from '../domain/case-number.ts'

/**
 * The next case number of a prefix and year.
 *
 * From a sequence of PostgreSQL: it hands out numbers without making transactions wait for each other and leaves a
 * gap where one is rolled back. A counter row would leave none, but hold its lock until the commit is on disk, so that
 * all cases of a service would be opened one after the other.
 *
 * A sequence is made when its first number is asked for, beginning after the largest number in the table, so that a
 * restored backup, which holds tables only, goes on where it was.
 */
export async function nextCaseNumber(ctx: Ctx, prefix: string, year: number): Promise<string> {
  if (!/^[A-Z]{2,8}$/.test(prefix) || !Number.isInteger(year)) throw new Error('no prefix or year of case numbers')
  const name = `cases_serial_${prefix.toLowerCase()}_${year}`
  const { serial } = await one(
    ctx.db,
    sql<{
      serial: number | null
    }>`select case when to_regclass(${name}) is not null then nextval(to_regclass(${name})) end as serial`,
  )
  if (serial !== null) return formatCaseNumber({ prefix, year, serial })
  await transaction(ctx, (ctx) => makeSequence(ctx, name, `${prefix}-${year}-`))
  const made = await one(ctx.db, sql<{ serial: number }>`select nextval(to_regclass(${name})) as serial`)
  return formatCaseNumber({ prefix, year, serial: made.serial })
}

async function makeSequence(ctx: Ctx, name: string, start: string): Promise<void> {
  // Two processes that make it at once would get a unique violation in the catalogue, `if not exists` or not.
  await exec(ctx.db, sql`select pg_advisory_xact_lock(hashtext(${ctx.tenant.schema + name}))`)
  const { last } = await one(
    ctx.db,
    sql<{ last: number }>`select coalesce((select split_part(number, '-', 3)::int from cases_case
      where number >= ${start} and number < ${start + 'a'} order by number desc limit 1), 0) as last`,
  )
  await exec(ctx.db, sql`create sequence if not exists ${sql.id(name)} start with ${sql.lit(last + 1)} maxvalue 999999`)
}
