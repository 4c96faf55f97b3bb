import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'

/** False where somebody has used it before. */
export async function useProof(ctx: Pick<Ctx, 'db'>, challenge: string, expiresAt: Temporal.Instant): Promise<boolean> {
  const used = await exec(
    ctx.db,
    sql`insert into appointments_proof (challenge, expires_at) values (${challenge}, ${expiresAt}) on conflict do nothing`,
  )
  return used === 1
}

/** Nothing was got for it. */
export async function giveProofBack(ctx: Pick<Ctx, 'db'>, challenge: string): Promise<void> {
  await exec(ctx.db, sql`delete from appointments_proof where challenge = ${challenge}`)
}

export async function forgetProofs(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<void> {
  await exec(ctx.db, sql`delete from appointments_proof where expires_at < ${ctx.clock.now()}`)
}
