import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'

/** The next number of that day; nobody else gets it, for the row stays locked until the transaction is over. */
export async function nextNumber(ctx: Pick<Ctx, 'db'>, office: string, day: Temporal.PlainDate): Promise<number> {
  const { number } = await one(
    ctx.db,
    sql<{ number: number }>`insert into queue_office (office, day, last_number) values (${office}, ${day}, 1)
      on conflict (office) do update set day = excluded.day,
        last_number = case when queue_office.day = excluded.day then queue_office.last_number + 1 else 1 end
      returning last_number as number`,
  )
  return number
}

/** Says that something changes there; nobody else changes it until the transaction is over. */
export async function raiseVersion(ctx: Pick<Ctx, 'db'>, office: string, day: Temporal.PlainDate): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into queue_office (office, day, version) values (${office}, ${day}, 1)
      on conflict (office) do update set version = queue_office.version + 1`,
  )
}

/** Whether the office gives no more numbers on that day. */
export const fullOn = async (ctx: Pick<Ctx, 'db'>, office: string, day: Temporal.PlainDate): Promise<boolean> =>
  (await maybe(ctx.db, sql`select 1 from queue_office where office = ${office} and full_on = ${day}`)) !== null

/** @param day null: it gives them again */
export const setFullOn = async (ctx: Pick<Ctx, 'db'>, office: string, day: Temporal.PlainDate | null): Promise<void> =>
  void (await exec(ctx.db, sql`update queue_office set full_on = ${day} where office = ${office}`))

export interface OfficeVersion {
  readonly office: string
  readonly version: number
}

export const versionsOf = (ctx: Pick<Ctx, 'db'>, offices: readonly string[]): Promise<OfficeVersion[]> =>
  many(ctx.db, sql<OfficeVersion>`select office, version from queue_office where office = any(${[...offices]}::text[])`)
