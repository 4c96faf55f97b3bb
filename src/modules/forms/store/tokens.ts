import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'

/** Days that a link to go on with a draft works. */
export const RESUME_DAYS = 14
/** Hours that typed answers wait for somebody to sign in again. */
const PARKED_HOURS = 2

export async function insertResumeToken(ctx: Ctx, draftId: string, tokenHash: string): Promise<void> {
  const expires = ctx.clock.now().add({ hours: 24 * RESUME_DAYS })
  await exec(
    ctx.db,
    sql`insert into forms_resume (token_hash, draft_id, expires_at) values (${tokenHash}, ${draftId}, ${expires})`,
  )
}

/** The draft that a link opens; null where the link is unknown or too old. */
export async function draftOfToken(ctx: Ctx, tokenHash: string): Promise<string | null> {
  const row = await maybe(
    ctx.db,
    sql<{ draftId: string }>`select draft_id as "draftId" from forms_resume
      where token_hash = ${tokenHash} and expires_at > ${ctx.clock.now()}`,
  )
  return row?.draftId ?? null
}

/** Keeps what was typed without a session, for whoever holds the secret and owns the draft. */
export async function park(
  ctx: Ctx,
  parked: { draftId: string; step: string; secretHash: string; answers: object },
): Promise<void> {
  const expires = ctx.clock.now().add({ hours: PARKED_HOURS })
  await exec(
    ctx.db,
    sql`insert into forms_parked (draft_id, step, secret_hash, answers, expires_at)
        values (${parked.draftId}, ${parked.step}, ${parked.secretHash}, ${json(parked.answers)}, ${expires})
        on conflict (draft_id, step, secret_hash) do update set answers = excluded.answers, expires_at = excluded.expires_at`,
  )
}

/** Takes parked answers out; null where there are none. */
export async function unpark(
  ctx: Ctx,
  where: { draftId: string; step: string; secretHash: string },
): Promise<Record<string, unknown> | null> {
  const row = await maybe(
    ctx.db,
    sql<{ answers: Record<string, unknown>; expiresAt: Temporal.Instant }>`delete from forms_parked
      where draft_id = ${where.draftId} and step = ${where.step} and secret_hash = ${where.secretHash}
      returning answers, expires_at as "expiresAt"`,
  )
  return row && Temporal.Instant.compare(row.expiresAt, ctx.clock.now()) > 0 ? row.answers : null
}

export async function deleteExpired(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const resumes = await exec(ctx.db, sql`delete from forms_resume where expires_at < ${now}`)
  return resumes + (await exec(ctx.db, sql`delete from forms_parked where expires_at < ${now}`))
}
