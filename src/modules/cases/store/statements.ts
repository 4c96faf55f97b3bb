import { createHash } from 'node:crypto'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'

/** Another organisation's word on a case (Stellungnahme). */
export interface Statement {
  readonly id: string
  readonly organisation: string
  readonly email: string
  readonly question: string
  readonly askedAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
  readonly answer: string | null
  readonly answeredAt: Temporal.Instant | null
}

const columns = sql`s.id, s.organisation, s.email, s.question, s.asked_at as "askedAt", s.expires_at as "expiresAt",
  s.answer, s.answered_at as "answeredAt"`

export async function statementsOf(ctx: Ctx, caseId: string): Promise<Statement[]> {
  return many(
    ctx.db,
    sql<Statement>`select ${columns} from cases_statement s where case_id = ${caseId} order by asked_at`,
  )
}

/** Opens the one statement that the demo city is seeded with; a city without demo data has none. */
export const DEMO_TOKEN = 'musterstadt-stellungnahme'

const hash = (token: string) => createHash('sha256').update(token).digest('hex')

export async function insertStatement(
  ctx: Ctx,
  statement: {
    caseId: string
    organisation: string
    email: string
    question: string
    token: string
    expiresAt: Temporal.Instant
  },
): Promise<string> {
  const id = newId()
  await exec(
    ctx.db,
    sql`insert into cases_statement (id, case_id, organisation, email, question, token_hash, asked_by, asked_at, expires_at)
      values (${id}, ${statement.caseId}, ${statement.organisation}, ${statement.email}, ${statement.question},
        ${hash(statement.token)}, ${ctx.account!.id}, ${ctx.clock.now()}, ${statement.expiresAt})`,
  )
  return id
}

/** The request behind a link; null where the link is wrong or its time is over. */
export async function statementByToken(
  ctx: Ctx,
  token: string,
): Promise<(Statement & { caseId: string; caseNumber: string }) | null> {
  return maybe(
    ctx.db,
    sql<
      Statement & { caseId: string; caseNumber: string }
    >`select ${columns}, k.id as "caseId", k.number as "caseNumber"
      from cases_statement s join cases_case k on k.id = s.case_id
      where s.token_hash = ${hash(token)} and s.expires_at > ${ctx.clock.now()}`,
  )
}

/** @returns false where it has been answered already */
export async function answerStatement(ctx: Ctx, id: string, answer: string): Promise<boolean> {
  const done = await exec(
    ctx.db,
    sql`update cases_statement set answer = ${answer}, answered_at = ${ctx.clock.now()} where id = ${id} and answer is null`,
  )
  return done === 1
}
