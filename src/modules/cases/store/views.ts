import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'

/** A clerk's own list under a name. */
export interface SavedView {
  readonly id: string
  readonly name: string
  /** Query string of the inbox. */
  readonly query: string
}

/** Enough for anybody, and few enough to be read. */
export const MOST_VIEWS = 30

export async function viewsOf(ctx: Ctx): Promise<SavedView[]> {
  return many(
    ctx.db,
    sql<SavedView>`select id, name, query from cases_view where account_id = ${ctx.account?.id ?? null} order by lower(name)`,
  )
}

/** A view of the same name is replaced. @returns false where there are too many */
export async function saveView(ctx: Ctx, name: string, query: string): Promise<boolean> {
  const saved = await exec(
    ctx.db,
    sql`insert into cases_view (id, account_id, name, query, created_at)
      select ${newId()}::uuid, ${ctx.account!.id}::uuid, ${name}::text, ${query}::text, ${ctx.clock.now()}::timestamptz
      where (select count(*) from cases_view where account_id = ${ctx.account!.id} and name <> ${name}) < ${MOST_VIEWS}
      on conflict (account_id, name) do update set query = excluded.query`,
  )
  return saved === 1
}

/** @returns false where another view has that name, or this one is not theirs */
export async function renameView(ctx: Ctx, id: string, name: string): Promise<boolean> {
  const renamed = await exec(
    ctx.db,
    sql`update cases_view v set name = ${name} where v.id::text = ${id} and v.account_id = ${ctx.account!.id}
      and not exists (select from cases_view o where o.account_id = v.account_id and o.name = ${name} and o.id <> v.id)`,
  )
  return renamed === 1
}

export async function deleteView(ctx: Ctx, id: string): Promise<void> {
  await exec(ctx.db, sql`delete from cases_view where id::text = ${id} and account_id = ${ctx.account!.id}`)
}
