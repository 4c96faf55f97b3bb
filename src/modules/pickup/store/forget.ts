import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'

/** Names and addresses of documents that ended before then, or that were announced long ago and nobody has ended. */
export const forgetPeople = (
  ctx: Ctx,
  { endedBefore, announcedBefore }: Readonly<Record<'endedBefore' | 'announcedBefore', Temporal.Instant>>,
): Promise<number> =>
  exec(
    ctx.db,
    sql`update pickup_document set account = null, name = '', email = null, telephone = null, case_number = null
      where (ended_at < ${endedBefore} or (ended_at is null and announced_at < ${announcedBefore})) and name <> ''`,
  )

export const deleteDocuments = (ctx: Ctx, before: Temporal.Instant): Promise<number> =>
  exec(ctx.db, sql`delete from pickup_document where ended_at < ${before}`)

/** An account goes: what waits for the person stays, what has ended names nobody. */
export async function unlinkAccount(ctx: Ctx, account: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update pickup_document set account = null,
        name = case when ended_at is null then name else '' end,
        email = case when ended_at is null then email end,
        telephone = case when ended_at is null then telephone end,
        case_number = case when ended_at is null then case_number end
      where account = ${account}`,
  )
}

export const documentsOfAccount = (ctx: Ctx, account: string): Promise<Record<string, unknown>[]> =>
  many(
    ctx.db,
    sql<Record<string, unknown>>`select title, office, state, name, email, telephone, case_number as "caseNumber",
        announced_at as "announcedAt", collect_by as "collectBy", ended_at as "endedAt"
      from pickup_document where account = ${account} order by announced_at, id`,
  )
