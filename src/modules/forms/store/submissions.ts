import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'

/** Days that an idempotency key is remembered with its body. */
export const KEY_DAYS = 30

/** As part of the statement that opens the case. */
export const submissionStatement = (keyHash: string, bodyHash: string, at: Temporal.Instant) =>
  sql`insert into forms_submission (key_hash, body_hash, created_at) values (${keyHash}, ${bodyHash}, ${at})
      on conflict do nothing`

export async function bodyOfKey(ctx: Ctx, keyHash: string): Promise<string | null> {
  const row = await maybe(
    ctx.db,
    sql<{ bodyHash: string }>`select body_hash as "bodyHash" from forms_submission where key_hash = ${keyHash}`,
  )
  return row?.bodyHash ?? null
}

export async function deleteOldSubmissions(ctx: Ctx): Promise<number> {
  const before = ctx.clock.now().subtract({ hours: 24 * KEY_DAYS })
  return exec(ctx.db, sql`delete from forms_submission where created_at < ${before}`)
}

/** Notes that the receipt of a case goes out; false where it did already. */
export async function noteReceipt(ctx: Ctx, caseId: string, fileId: string): Promise<boolean> {
  const touched = await exec(
    ctx.db,
    sql`insert into forms_receipt (case_id, file_id, sent_at) values (${caseId}, ${fileId}, ${ctx.clock.now()})
        on conflict do nothing`,
  )
  return touched === 1
}

export async function hasReceipt(ctx: Ctx, caseId: string): Promise<boolean> {
  return (await maybe(ctx.db, sql`select 1 from forms_receipt where case_id = ${caseId}`)) !== null
}
