import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'

export interface Message {
  readonly id: string
  /** `in`: from the applicant, `out`: to the applicant. */
  readonly direction: 'in' | 'out'
  readonly author: string | null
  readonly body: string
  readonly createdAt: Temporal.Instant
  /** When the other side read it. */
  readonly readAt: Temporal.Instant | null
}

export interface Note {
  readonly id: string
  readonly author: string
  readonly body: string
  readonly createdAt: Temporal.Instant
}

export async function insertMessage(
  ctx: Ctx,
  message: { caseId: string; direction: 'in' | 'out'; body: string },
): Promise<string> {
  const id = newId()
  await exec(
    ctx.db,
    sql`insert into cases_message (id, case_id, direction, author, body, created_at)
      values (${id}, ${message.caseId}, ${message.direction}, ${ctx.account?.id ?? null}, ${message.body}, ${ctx.clock.now()})`,
  )
  return id
}

export async function messagesOf(ctx: Ctx, caseId: string): Promise<Message[]> {
  return many(
    ctx.db,
    sql<Message>`select id, direction, author, body, created_at as "createdAt", read_at as "readAt"
      from cases_message where case_id = ${caseId} order by created_at, id`,
  )
}

/** The other side has opened the page that shows them. */
export async function markRead(ctx: Ctx, caseId: string, direction: 'in' | 'out'): Promise<void> {
  await exec(
    ctx.db,
    sql`update cases_message set read_at = ${ctx.clock.now()}
      where case_id = ${caseId} and direction = ${direction} and read_at is null`,
  )
}

export async function insertNote(ctx: Ctx, caseId: string, body: string): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into cases_note (id, case_id, author, body, created_at)
      values (${newId()}, ${caseId}, ${ctx.account!.id}, ${body}, ${ctx.clock.now()})`,
  )
}

export async function notesOf(ctx: Ctx, caseId: string): Promise<Note[]> {
  return many(
    ctx.db,
    sql<Note>`select id, author, body, created_at as "createdAt" from cases_note
      where case_id = ${caseId} order by created_at, id`,
  )
}
