import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import type { FieldValues } from '../domain/workflow.ts'

export interface Decision {
  readonly id: string
  readonly transition: string
  readonly input: FieldValues
  readonly author: string | null
  readonly decidedAt: Temporal.Instant
}

export async function insertDecision(ctx: Ctx, caseId: string, transition: string, input: FieldValues): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into cases_decision (id, case_id, transition, input, author, decided_at)
      values (${newId()}, ${caseId}, ${transition}, ${json(input)}, ${ctx.account?.id ?? null}, ${ctx.clock.now()})`,
  )
}

export async function decisionsOf(ctx: Ctx, caseId: string): Promise<Decision[]> {
  return many(
    ctx.db,
    sql<Decision>`select id, transition, input, author, decided_at as "decidedAt" from cases_decision
      where case_id = ${caseId} order by decided_at, id`,
  )
}

/** A decision that waits for its ten seconds to pass. */
export interface Pending {
  readonly caseId: string
  readonly id: string
  readonly transition: string
  readonly input: FieldValues
  readonly accountId: string
  readonly revision: number
  readonly runAt: Temporal.Instant
}

const pendingColumns = sql`case_id as "caseId", id, transition, input, account_id as "accountId",
  case_version as revision, run_at as "runAt"`

/** @returns false where another decision is waiting already */
export async function insertPending(ctx: Ctx, pending: Pending): Promise<boolean> {
  const inserted = await exec(
    ctx.db,
    sql`insert into cases_pending (case_id, id, transition, input, account_id, case_version, run_at)
      values (${pending.caseId}, ${pending.id}, ${pending.transition}, ${json(pending.input)}, ${pending.accountId},
        ${pending.revision}, ${pending.runAt}) on conflict (case_id) do nothing`,
  )
  return inserted === 1
}

export async function pendingOf(ctx: Ctx, caseId: string): Promise<Pending | null> {
  return maybe(ctx.db, sql<Pending>`select ${pendingColumns} from cases_pending where case_id = ${caseId}`)
}

/** Takes the waiting decision away; null where it is gone, by another click or because it has taken effect. */
export async function takeAwayPending(ctx: Ctx, caseId: string, id: string): Promise<Pending | null> {
  return maybe(
    ctx.db,
    sql<Pending>`delete from cases_pending where case_id = ${caseId} and id = ${id} returning ${pendingColumns}`,
  )
}

/** The case has moved: what waited for its old state is void. */
export async function retirePending(ctx: Ctx, caseId: string): Promise<Pending | null> {
  return maybe(ctx.db, sql<Pending>`delete from cases_pending where case_id = ${caseId} returning ${pendingColumns}`)
}
