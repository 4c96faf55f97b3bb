import type { AuditEntry } from '#platform/audit/audit.ts'
import { insertPast } from '#platform/audit/trail.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'

/** Rows of one statement, so that no parameter grows to many megabytes. */
const AT_ONCE = 500

/** A case of the past, as a row. */
export interface PastCase {
  readonly id: string
  readonly number: string
  readonly service: string
  readonly service_version: number
  readonly state: string
  readonly unit: string
  readonly assignee: string | null
  readonly account_id: string | null
  readonly applicant_name: string
  readonly applicant_email: string
  readonly applicant_telephone: string | null
  readonly locale: string
  readonly channel: string
  readonly answers: unknown
  readonly findings: unknown
  readonly reason: string | null
  readonly missing: string | null
  readonly opened_at: string
  readonly entered_at: string
  readonly changed_at: string
  readonly news_at: string | null
  readonly closed_at: string | null
  readonly outcome: string | null
  readonly due_on: string | null
  readonly follow_up_on: string | null
  readonly version: number
  readonly access_code_hash: string
  readonly idempotency_hash: string
  /** Separated by blanks. */
  readonly words: string
}

async function inParts(rows: readonly unknown[], write: (part: string) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += AT_ONCE)
    await write(JSON.stringify(rows.slice(start, start + AT_ONCE)))
}

export async function insertPastCases(ctx: Ctx, cases: readonly PastCase[]): Promise<void> {
  await inParts(cases, (part) =>
    exec(
      ctx.db,
      sql`insert into cases_case (id, number, service, service_version, state, unit, assignee, account_id, applicant_name,
          applicant_email, applicant_telephone, locale, channel, answers, findings, reason, missing, opened_at, entered_at,
          changed_at, news_at, closed_at, outcome, due_on, follow_up_on, version, access_code_hash, idempotency_hash, search)
        select id, number, service, service_version, state, unit, assignee, account_id, applicant_name, applicant_email,
          applicant_telephone, locale, channel, answers, findings, reason, missing, opened_at, entered_at, changed_at,
          news_at, closed_at, outcome, due_on, follow_up_on, version, access_code_hash, idempotency_hash,
          array_to_tsvector(string_to_array(words, ' '))
        from jsonb_to_recordset(${part}::jsonb) as r (id uuid, number text, service text, service_version int, state text,
          unit text, assignee uuid, account_id uuid, applicant_name text, applicant_email text, applicant_telephone text,
          locale text, channel text, answers jsonb, findings jsonb, reason text, missing text, opened_at timestamptz,
          entered_at timestamptz, changed_at timestamptz, news_at timestamptz, closed_at timestamptz, outcome text,
          due_on date, follow_up_on date, version int, access_code_hash text, idempotency_hash text, words text)`,
    ),
  )
  await fillCells(ctx)
}

/** Makes every cell known that holds a case, after cases were written in bulk. */
export async function fillCells(ctx: Ctx): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into cases_cell (cell, unit, service, state, is_closed, is_assigned)
      select distinct cell, unit, service, state, closed_at is not null, assignee is not null from cases_case
      on conflict do nothing`,
  )
}

export async function insertPastEntries(ctx: Ctx, entries: readonly AuditEntry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += AT_ONCE)
    await insertPast(ctx, entries.slice(start, start + AT_ONCE))
}

export interface PastMessage {
  readonly id: string
  readonly case_id: string
  readonly direction: 'in' | 'out'
  readonly author: string | null
  readonly body: string
  readonly created_at: string
  readonly read_at: string | null
}

export async function insertPastMessages(ctx: Ctx, messages: readonly PastMessage[]): Promise<void> {
  await inParts(messages, (part) =>
    exec(
      ctx.db,
      sql`insert into cases_message (id, case_id, direction, author, body, created_at, read_at)
        select * from jsonb_to_recordset(${part}::jsonb) as r (id uuid, case_id uuid, direction text, author uuid,
          body text, created_at timestamptz, read_at timestamptz)`,
    ),
  )
}

export interface PastNote {
  readonly id: string
  readonly case_id: string
  readonly author: string
  readonly body: string
  readonly created_at: string
}

export async function insertPastNotes(ctx: Ctx, notes: readonly PastNote[]): Promise<void> {
  await inParts(notes, (part) =>
    exec(
      ctx.db,
      sql`insert into cases_note (id, case_id, author, body, created_at)
        select * from jsonb_to_recordset(${part}::jsonb) as r (id uuid, case_id uuid, author uuid, body text, created_at timestamptz)`,
    ),
  )
}

export interface PastDecision {
  readonly id: string
  readonly case_id: string
  readonly transition: string
  readonly input: unknown
  readonly author: string | null
  readonly decided_at: string
}

export async function insertPastDecisions(ctx: Ctx, decisions: readonly PastDecision[]): Promise<void> {
  await inParts(decisions, (part) =>
    exec(
      ctx.db,
      sql`insert into cases_decision (id, case_id, transition, input, author, decided_at)
        select * from jsonb_to_recordset(${part}::jsonb) as r (id uuid, case_id uuid, transition text, input jsonb,
          author uuid, decided_at timestamptz)`,
    ),
  )
}

/** An upload whose bytes are those of `like`: a document of a case, and its row among the files. */
export interface PastUpload {
  readonly id: string
  readonly file_id: string
  readonly case_id: string
  readonly name: string
  readonly created_at: string
}

export async function insertPastUploads(ctx: Ctx, like: string, uploads: readonly PastUpload[]): Promise<void> {
  await inParts(uploads, (part) =>
    exec(
      ctx.db,
      sql`with upload as (
          select * from jsonb_to_recordset(${part}::jsonb) as r (id uuid, file_id uuid, case_id uuid, name text, created_at timestamptz)),
        file as (
          insert into file_object (id, name, kind, bytes, sha256, owner, scan, created_at)
          select u.file_id, u.name, f.kind, f.bytes, f.sha256, 'case:' || u.case_id, f.scan, u.created_at
          from upload u cross join file_object f where f.id = ${like})
        insert into cases_document (id, case_id, file_id, kind, created_at)
        select id, case_id, file_id, 'answer', created_at from upload`,
    ),
  )
}

export async function insertPastTimers(
  ctx: Ctx,
  timers: readonly { id: string; case_id: string; entered_at: string; event: string; run_at: string }[],
): Promise<void> {
  await inParts(timers, (part) =>
    exec(
      ctx.db,
      sql`insert into cases_timer (id, case_id, entered_at, event, run_at)
        select * from jsonb_to_recordset(${part}::jsonb) as r (id uuid, case_id uuid, entered_at timestamptz, event text, run_at timestamptz)`,
    ),
  )
}
