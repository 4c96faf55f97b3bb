import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { Waiting } from '../domain/waiting.ts'

/** What waits for its ten seconds to pass; a case has one at a time. */
export interface Pending {
  readonly caseId: string
  readonly id: string
  readonly what: Waiting
  /** Whose it is. */
  readonly accountId: string
  /** Revision of the case that they saw. */
  readonly revision: number
  readonly runAt: Temporal.Instant
}

const columns = sql`case_id as "caseId", id, what, account_id as "accountId", case_version as revision,
  run_at as "runAt"`

export async function insertPending(ctx: Ctx, pending: Pending): Promise<void> {
  const { caseId, id, what, accountId, revision, runAt } = pending
  await exec(
    ctx.db,
    sql`insert into cases_pending (case_id, id, what, account_id, case_version, run_at)
      values (${caseId}, ${id}, ${json(what)}, ${accountId}, ${revision}, ${runAt})`,
  )
}

export async function pendingOf(ctx: Ctx, caseId: string): Promise<Pending | null> {
  return maybe(ctx.db, sql<Pending>`select ${columns} from cases_pending where case_id = ${caseId}`)
}

/** Takes away what waits; null where it is gone, by another click or because it has happened. */
export async function takeAwayPending(ctx: Ctx, caseId: string, id: string): Promise<Pending | null> {
  return maybe(
    ctx.db,
    sql<Pending>`delete from cases_pending where case_id = ${caseId} and id = ${id} returning ${columns}`,
  )
}

/** The case has moved: a decision that waited for its old state is void. A message or a letter still goes out. */
export async function retireDecision(ctx: Ctx, caseId: string): Promise<Pending | null> {
  return maybe(
    ctx.db,
    sql<Pending>`delete from cases_pending where case_id = ${caseId} and what ->> 'kind' = 'decision' returning ${columns}`,
  )
}
