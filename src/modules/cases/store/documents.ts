import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'

export type DocumentKind = 'answer' | 'later' | 'letter'

export interface CaseDocument {
  readonly id: string
  readonly fileId: string
  readonly kind: DocumentKind
  /** Of a letter: its name in the service's definition. */
  readonly template: string | null
  readonly title: string | null
  /** Name, media type and bytes of the file. */
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly createdAt: Temporal.Instant
}

/** Adds a file to a case; once, however often. The file belongs to the case from then on. */
export async function insertDocument(
  ctx: Ctx,
  document: { caseId: string; fileId: string; kind: DocumentKind; template?: string; title?: string },
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into cases_document (id, case_id, file_id, kind, template, title, added_by, created_at)
      values (${newId()}, ${document.caseId}, ${document.fileId}, ${document.kind}, ${document.template ?? null},
        ${document.title ?? null}, ${ctx.account?.id ?? null}, ${ctx.clock.now()})
      on conflict (case_id, file_id) do nothing`,
  )
}

const columns = sql`d.id, d.file_id as "fileId", d.kind, d.template, d.title, f.name, f.kind as "mediaType", f.bytes,
  d.created_at as "createdAt"`

export async function documentsOf(ctx: Ctx, caseId: string): Promise<CaseDocument[]> {
  return many(
    ctx.db,
    sql<CaseDocument>`select ${columns} from cases_document d join file_object f on f.id = d.file_id
      where d.case_id = ${caseId} order by d.created_at, d.id`,
  )
}

/** One document of this case; null for one of another case. */
export async function documentOf(ctx: Ctx, caseId: string, id: string): Promise<CaseDocument | null> {
  return maybe(
    ctx.db,
    sql<CaseDocument>`select ${columns} from cases_document d join file_object f on f.id = d.file_id
      where d.case_id = ${caseId} and d.id::text = ${id}`,
  )
}

/** Those of these files whose content the case does not have yet; of two that are the same, the first. */
export async function filesNewTo(ctx: Ctx, caseId: string, files: readonly string[]): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ id: string }>`select distinct on (f.sha256) f.id from file_object f
      join unnest(${[...files]}::uuid[]) with ordinality as given (id, place) on given.id = f.id
      where not exists (select 1 from cases_document d join file_object o on o.id = d.file_id
        where d.case_id = ${caseId} and o.sha256 = f.sha256)
      order by f.sha256, given.place`,
  )
  const fresh = new Set(rows.map(({ id }) => id))
  return files.filter((id) => fresh.has(id))
}

export async function countDocuments(ctx: Ctx, caseId: string, kind: DocumentKind): Promise<number> {
  const { count } = await one(
    ctx.db,
    sql<{
      count: number
    }>`select count(*)::int as count from cases_document where case_id = ${caseId} and kind = ${kind}`,
  )
  return count
}
