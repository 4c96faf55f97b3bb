import type { Ctx } from '#platform/context.ts'
import { deleteDrafts, dueDrafts } from '../store/drafts.ts'
import { draftOwner } from '../store/files.ts'

/** Takes away the files of drafts that were never sent; those of cases belong to their cases by then. */
export async function removeDraftFiles(ctx: Ctx, draftIds: readonly string[]): Promise<void> {
  await ctx.app.files.removeOf(ctx, draftIds.map(draftOwner))
}

/** Deletes drafts that nobody has touched for 30 days, with their files; returns how many. */
export async function forgetDrafts(ctx: Ctx): Promise<number> {
  let deleted = 0
  for (;;) {
    const ids = await dueDrafts(ctx)
    if (ids.length === 0) return deleted
    await removeDraftFiles(ctx, ids)
    deleted += await deleteDrafts(ctx, ids)
  }
}
