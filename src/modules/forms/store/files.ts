import type { FileFacts } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'

export const draftOwner = (draftId: string): string => `draft:${draftId}`

/**
 * Facts of files that belong to this owner (`draft:<id>`), or to nobody yet where the owner is null. Others are left
 * out, so that nobody can hand in a file by guessing its id.
 */
export async function fileFacts(
  ctx: Ctx,
  ids: readonly string[],
  owner: string | null,
): Promise<ReadonlyMap<string, FileFacts>> {
  if (ids.length === 0) return new Map()
  const rows = await many(
    ctx.db,
    sql<FileFacts & { id: string }>`select id, name, kind, bytes from file_object
      where id::text = any(${[...ids]}::text[]) and owner is not distinct from ${owner}::text`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}
