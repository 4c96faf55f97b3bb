import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { Permit } from '../domain/permit.ts'
import { noteReprint } from '../store/permits.ts'
import { printAs } from './issue.ts'

/** The file with the printed permit; made anew, with a new code in it, where there is none (any more). */
export async function documentOf(ctx: Ctx, permit: Permit): Promise<string> {
  if (permit.fileId && (await ctx.app.files.find(ctx, permit.fileId))) return permit.fileId
  return transaction(ctx, async (ctx) => {
    const { checkHash, fileId } = await printAs(ctx, permit, permit.number!)
    await noteReprint(ctx, permit.id, { checkHash, fileId })
    return fileId
  })
}
