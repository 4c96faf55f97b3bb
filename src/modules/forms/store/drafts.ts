import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Source } from '../domain/source.ts'

export interface Draft {
  readonly id: string
  readonly slug: string
  readonly version: number
  readonly trial: boolean
  readonly accountId: string | null
  readonly secretHashes: readonly string[]
  readonly locale: Locale
  readonly answers: Readonly<Record<string, unknown>>
  readonly sources: Readonly<Record<string, Source>>
  readonly revision: number
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
  readonly submittedAt: Temporal.Instant | null
  readonly caseId: string | null
  readonly caseNumber: string | null
}

/** Days after the last change until a draft is deleted. */
export const DRAFT_DAYS = 30

const COLUMNS = sql.raw(
  `id, slug, version, trial, account_id as "accountId", secret_hashes as "secretHashes", locale, answers, sources, revision,
   created_at as "createdAt", updated_at as "updatedAt", submitted_at as "submittedAt", case_id as "caseId",
   case_number as "caseNumber"`,
)

export type NewDraft = Pick<Draft, 'slug' | 'version' | 'trial' | 'accountId' | 'locale' | 'answers' | 'sources'> & {
  readonly secretHash: string | null
}

export async function insertDraft(ctx: Ctx, draft: NewDraft): Promise<Draft> {
  const now = ctx.clock.now()
  return one(
    ctx.db,
    sql<Draft>`insert into forms_draft (id, slug, version, trial, account_id, secret_hashes, locale, answers, sources, created_at, updated_at)
      values (${newId()}, ${draft.slug}, ${draft.version}, ${draft.trial}, ${draft.accountId},
        ${draft.secretHash === null ? [] : [draft.secretHash]}::text[], ${draft.locale}, ${json(draft.answers)},
        ${json(draft.sources)}, ${now}, ${now})
      returning ${COLUMNS}`,
  )
}

/** Any text may be asked for: what is no id is not found. */
export const draftById = (ctx: Ctx, id: string): Promise<Draft | null> =>
  /^[0-9a-f-]{36}$/.test(id)
    ? maybe(ctx.db, sql<Draft>`select ${COLUMNS} from forms_draft where id::text = ${id}`)
    : Promise.resolve(null)

export const draftOfCase = (ctx: Ctx, caseId: string): Promise<Draft | null> =>
  maybe(ctx.db, sql<Draft>`select ${COLUMNS} from forms_draft where case_id = ${caseId} order by id limit 1`)

/** What somebody has begun and not sent, newest first; of one service or of all. */
export const openDrafts = (
  ctx: Ctx,
  holder: { accountId: string | null; secretHash: string | null },
  slug: string | null,
): Promise<Draft[]> =>
  many(
    ctx.db,
    sql<Draft>`select ${COLUMNS} from forms_draft
      where submitted_at is null and not trial
        and (account_id = ${holder.accountId}::uuid or (account_id is null and secret_hashes @> array[${holder.secretHash}::text]))
        and (${slug}::text is null or slug = ${slug})
      order by updated_at desc limit 20`,
  )

/** Keeps answers if nobody else has since `revision`; false where somebody has. */
export async function saveAnswers(
  ctx: Ctx,
  draft: Draft,
  answers: Readonly<Record<string, unknown>>,
  sources: Draft['sources'] = draft.sources,
): Promise<boolean> {
  const touched = await exec(
    ctx.db,
    sql`update forms_draft set answers = ${json(answers)}, sources = ${json(sources)}, revision = revision + 1,
          updated_at = ${ctx.clock.now()}
        where id = ${draft.id} and revision = ${draft.revision} and submitted_at is null`,
  )
  return touched === 1
}

export async function moveToVersion(ctx: Ctx, draft: Draft, version: number): Promise<void> {
  await exec(
    ctx.db,
    sql`update forms_draft set version = ${version} where id = ${draft.id} and revision = ${draft.revision}`,
  )
}

/** From then on the draft is the account's alone. */
export async function takeOver(ctx: Ctx, draftId: string, accountId: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update forms_draft set account_id = ${accountId}, secret_hashes = '{}' where id = ${draftId} and account_id is null`,
  )
}

/** Another browser may go on with it, too: the newest five. */
export async function addSecret(ctx: Ctx, draftId: string, secretHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update forms_draft set secret_hashes = (array_prepend(${secretHash}::text, array_remove(secret_hashes, ${secretHash}::text)))[1:5]
        where id = ${draftId} and account_id is null`,
  )
}

/** As part of the statement that opens the case: the answers are there now and no longer here. */
export const markSubmitted = (draftId: string, caseId: unknown, caseNumber: unknown, at: Temporal.Instant) =>
  sql`update forms_draft set submitted_at = ${at}, case_id = ${caseId}, case_number = ${caseNumber}, answers = '{}',
        sources = '{}', updated_at = ${at}
      where id = ${draftId} and submitted_at is null`

export async function deleteDraft(ctx: Ctx, id: string): Promise<void> {
  await exec(ctx.db, sql`delete from forms_draft where id = ${id} and submitted_at is null`)
}

/** Drafts that nobody has touched for 30 days; their ids, for their files. */
export async function dueDrafts(ctx: Ctx): Promise<string[]> {
  const before = ctx.clock.now().subtract({ hours: 24 * DRAFT_DAYS })
  const rows = await many(
    ctx.db,
    sql<{ id: string }>`select id from forms_draft where updated_at < ${before} limit 1000`,
  )
  return rows.map((row) => row.id)
}

export const draftsOfAccount = (ctx: Ctx, accountId: string): Promise<Draft[]> =>
  many(ctx.db, sql<Draft>`select ${COLUMNS} from forms_draft where account_id = ${accountId} order by created_at`)

export async function deleteDrafts(ctx: Ctx, ids: readonly string[]): Promise<number> {
  return exec(ctx.db, sql`delete from forms_draft where id = any(${[...ids]}::uuid[])`)
}
