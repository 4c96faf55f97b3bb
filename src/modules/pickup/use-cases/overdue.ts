import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { today } from '#platform/time/clock.ts'
import { isOverdue } from '../domain/document.ts'
import { lockDocument, newlyOverdue, saveDocument } from '../store/documents.ts'
import { note } from './custody.ts'
import { tellOverdue, tellStaffOverdue } from './messages.ts'

/** What nobody collected in time: the person and the office are told once. Each document in a transaction of its own. */
export async function markOverdue(ctx: Ctx): Promise<number> {
  const day = today(ctx.clock)
  const byOffice = new Map<string, number>()
  for (const { id } of await newlyOverdue(ctx, day)) {
    const office = await transaction(ctx, async (ctx) => {
      const document = await lockDocument(ctx, id)
      if (!document || document.overdueAt !== null || !isOverdue(document, day)) return null
      await saveDocument(ctx, { ...document, overdueAt: ctx.clock.now() })
      await note(ctx, document, 'overdue')
      await tellOverdue(ctx, document)
      return document.office
    })
    if (office !== null) byOffice.set(office, (byOffice.get(office) ?? 0) + 1)
  }
  for (const [office, count] of byOffice) await tellStaffOverdue(ctx, office, count, day)
  return [...byOffice.values()].reduce((sum, count) => sum + count, 0)
}
