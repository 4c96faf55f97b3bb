import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import { auditInsert, nextEntry } from '#platform/audit/audit.ts'
import type { RawBuilder } from 'kysely'
import type { Findings } from '../domain/case.ts'
import { searchWords } from '../domain/search-words.ts'
import { caseColumns, caseFrom, type Case, type CaseRow } from './rows.ts'

/** What is written when a case is opened. */
export interface CaseInsert {
  readonly id: string
  readonly number: string
  readonly service: string
  readonly version: number
  readonly state: string
  readonly unit: string
  readonly accountId: string | null
  readonly name: string
  readonly email: string
  readonly telephone: string | null
  readonly locale: string
  readonly channel: string
  readonly answers: Case['answers']
  readonly files: readonly string[]
  readonly openedAt: Temporal.Instant
  readonly dueOn: Temporal.PlainDate | null
  readonly accessCodeHash: string
  readonly idempotencyHash: string
}

/**
 * Writes a new case with its cell, documents, first audit entry, event and jobs as one statement: one round trip.
 * Throws a unique violation where the idempotency key has been used.
 */
export async function insertCase(
  ctx: Ctx,
  kase: CaseInsert,
  more: { event: RawBuilder<unknown>; jobs: readonly RawBuilder<unknown>[]; also: readonly RawBuilder<unknown>[] },
): Promise<void> {
  const subject = `case:${kase.id}`
  const entry = nextEntry(
    ctx,
    {
      subject,
      action: 'cases.opened',
      data: {
        number: kase.number,
        service: kase.service,
        version: kase.version,
        state: kase.state,
        channel: kase.channel,
      },
      actor: kase.accountId ?? 'applicant',
    },
    null,
  )
  const words = searchWords(kase)
  const jobs =
    more.jobs.length === 0 ? sql`select` : sql`select ${sql.join(more.jobs.map((call) => sql`(${call}).id`))}`
  await exec(
    ctx.db,
    sql`with kase as (
      insert into cases_case (id, number, service, service_version, state, unit, account_id, applicant_name, applicant_email,
        applicant_telephone, locale, channel, answers, opened_at, entered_at, changed_at, due_on, access_code_hash,
        idempotency_hash, search)
      values (${kase.id}, ${kase.number}, ${kase.service}, ${kase.version}, ${kase.state}, ${kase.unit}, ${kase.accountId},
        ${kase.name}, ${kase.email}, ${kase.telephone}, ${kase.locale}, ${kase.channel}, ${json(kase.answers)},
        ${kase.openedAt}, ${kase.openedAt}, ${kase.openedAt}, ${kase.dueOn}, ${kase.accessCodeHash},
        ${kase.idempotencyHash}, array_to_tsvector(${words}::text[]))
      returning cell, unit, service, state, closed_at, assignee, opened_at),
    cell as (${cellInsert}),
    ${kase.files.length === 0 ? sql`` : documents(kase, [...new Set(kase.files)], subject)}
    entry as (${auditInsert(entry)}),
    event as (${more.event})
    ${
      more.also.length === 0
        ? sql``
        : sql.join(
            more.also.map((write, index) => sql`, ${sql.id(`also_${index}`)} as (${write})`),
            sql` `,
          )
    }
    ${jobs}`,
  )
}

/** For `with kase as (… returning cell, unit, service, state, closed_at, assignee)`. */
export const cellInsert = sql`insert into cases_cell (cell, unit, service, state, is_closed, is_assigned)
  select cell, unit, service, state, closed_at is not null, assignee is not null from kase on conflict do nothing`

const documents = (kase: CaseInsert, files: readonly string[], subject: string) => sql`
  document as (
    insert into cases_document (id, case_id, file_id, kind, added_by, created_at)
    select f.id, ${kase.id}::uuid, f.file_id, 'answer', ${kase.accountId}::uuid, ${kase.openedAt}::timestamptz
    from unnest(${files.map(() => newId())}::uuid[], ${files}::uuid[]) as f (id, file_id)),
  claimed as (update file_object set owner = ${subject} where id = any(${files}::uuid[])),`

/** With all that is kept of it, whoever asks: who may see it is the caller's question (`mayRead`). */
export async function caseById(ctx: Ctx, id: string): Promise<Case | null> {
  const row = await maybe(ctx.db, sql<CaseRow>`select ${caseColumns} from cases_case where id = ${id}`)
  return row && caseFrom(row)
}

/** By its number, written as it is printed; see `readCaseNumber` for what people type. */
export async function caseByNumber(ctx: Ctx, number: string): Promise<Case | null> {
  const row = await maybe(ctx.db, sql<CaseRow>`select ${caseColumns} from cases_case where number = ${number}`)
  return row && caseFrom(row)
}

export async function caseByIdempotencyHash(ctx: Ctx, hash: string): Promise<{ id: string; number: string } | null> {
  return maybe(
    ctx.db,
    sql<{ id: string; number: string }>`select id, number from cases_case where idempotency_hash = ${hash}`,
  )
}

/** All that ended so, the oldest first; for demo data of what came of them. */
export async function casesThatEnded(ctx: Ctx, service: string, outcome: string): Promise<Case[]> {
  const rows = await many(
    ctx.db,
    sql<CaseRow>`select ${caseColumns} from cases_case where service = ${service} and outcome = ${outcome}
      order by opened_at, id`,
  )
  return rows.map(caseFrom)
}

/** Locks the case until the end of the transaction: who changes it reads it with this first. */
export async function lockCase(ctx: Ctx, id: string): Promise<Case | null> {
  const row = await maybe(ctx.db, sql<CaseRow>`select ${caseColumns} from cases_case where id = ${id} for update`)
  return row && caseFrom(row)
}

/** What a transition writes. */
export interface Move {
  readonly state: string
  readonly reason: string | null
  readonly missing: string | null
  readonly dueOn: Temporal.PlainDate | null
  readonly closed: { readonly outcome: string } | null
}

export async function moveCase(ctx: Ctx, id: string, move: Move): Promise<void> {
  const now = ctx.clock.now()
  const closed = move.closed !== null
  await exec(
    ctx.db,
    sql`with kase as (
      update cases_case set state = ${move.state}, reason = ${move.reason}, missing = ${move.missing},
        entered_at = ${now}, changed_at = ${now}, version = version + 1, due_on = ${move.dueOn},
        closed_at = ${closed ? now : null}, outcome = ${move.closed?.outcome ?? null},
        follow_up_on = case when ${closed}::bool then null else follow_up_on end
      where id = ${id}
      returning cell, unit, service, state, closed_at, assignee)
    ${cellInsert}`,
  )
}

/** Sets fields that are no transition; counts the change and keeps the cell known. */
export async function changeCase(
  ctx: Ctx,
  id: string,
  change: { assignee?: string | null; unit?: string; followUpOn?: Temporal.PlainDate | null },
): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`with kase as (
      update cases_case set changed_at = ${now}, version = version + 1
        ${change.assignee === undefined ? sql`` : sql`, assignee = ${change.assignee}::uuid`}
        ${change.unit === undefined ? sql`` : sql`, unit = ${change.unit}`}
        ${change.followUpOn === undefined ? sql`` : sql`, follow_up_on = ${change.followUpOn}::date`}
      where id = ${id}
      returning cell, unit, service, state, closed_at, assignee)
    ${cellInsert}`,
  )
}

/** Findings come from machines: they are no change that a clerk could overlook, so the revision stays. */
export async function storeFindings(ctx: Ctx, id: string, findings: Findings): Promise<void> {
  await exec(
    ctx.db,
    sql`update cases_case set findings = ${json(findings)}, changed_at = ${ctx.clock.now()} where id = ${id}`,
  )
}

/** Marks that the applicant wrote or handed in something; null: a clerk has seen it. */
export async function setNews(ctx: Ctx, id: string, at: Temporal.Instant | null): Promise<void> {
  await exec(
    ctx.db,
    at === null
      ? sql`update cases_case set news_at = null where id = ${id} and news_at is not null`
      : sql`update cases_case set news_at = ${at}, changed_at = ${at} where id = ${id}`,
  )
}

export async function setMissing(ctx: Ctx, id: string, missing: string | null): Promise<void> {
  await exec(ctx.db, sql`update cases_case set missing = ${missing} where id = ${id}`)
}

export async function setAccessCodeHash(ctx: Ctx, id: string, hash: string): Promise<void> {
  await exec(ctx.db, sql`update cases_case set access_code_hash = ${hash} where id = ${id}`)
}
