import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
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
