import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { lockCase, setMissing, setNews } from '../store/case.ts'
import { countDocuments, filesNewTo, insertDocument } from '../store/documents.ts'
import { insertMessage } from '../store/messages.ts'
import { hasEntry } from '../store/timeline.ts'
import { happen } from './happen.ts'

/** What an applicant can do beside transitions. Whoever calls has checked that the case is theirs. */
type ApplicantProblem = 'not-found' | 'too-many-documents'

/** Most documents handed in later for one case. */
const MOST_DOCUMENTS = 30

/** A message to the administration. `key`: of the form that it was typed into; sent twice, it is one message. */
export async function writeToCity(
  ctx: Ctx,
  caseId: string,
  body: string,
  key: string,
): Promise<Result<null, ApplicantProblem>> {
  return transaction(ctx, async (ctx) => {
    const kase = await lockCase(ctx, caseId)
    if (!kase || kase.erasedAt) return fail('not-found')
    if (key !== '' && (await hasEntry(ctx, caseId, 'cases.message-received', { key }))) return ok(null)
    const messageId = await insertMessage(ctx, { caseId, direction: 'in', body })
    await setNews(ctx, caseId, ctx.clock.now())
    await audit(ctx, {
      subject: `case:${caseId}`,
      action: 'cases.message-received',
      data: { messageId, key },
      actor: ctx.account?.id ?? 'applicant',
    })
    return ok(null)
  })
}

/**
 * Documents handed in later; where the case waits for them, it goes on by itself. A file that the case has already is kept
 * once, and where there is nothing else nothing has happened: the value is how many came in.
 */
export async function handIn(
  ctx: Ctx,
  caseId: string,
  given: readonly string[],
): Promise<Result<number, ApplicantProblem>> {
  return transaction(ctx, async (ctx) => {
    const kase = await lockCase(ctx, caseId)
    if (!kase || kase.erasedAt) return fail('not-found')
    const files = await filesNewTo(ctx, caseId, given)
    if (files.length === 0) return ok(0)
    if ((await countDocuments(ctx, caseId, 'later')) + files.length > MOST_DOCUMENTS) return fail('too-many-documents')
    await ctx.app.files.claim(ctx, files, `case:${caseId}`)
    for (const fileId of files) await insertDocument(ctx, { caseId, fileId, kind: 'later' })
    await setNews(ctx, caseId, ctx.clock.now())
    await audit(ctx, {
      subject: `case:${caseId}`,
      action: 'cases.documents-received',
      data: { count: files.length },
      actor: ctx.account?.id ?? 'applicant',
    })
    if (!(await happen(ctx, kase, 'documents-received'))) await setMissing(ctx, caseId, null)
    return ok(files.length)
  })
}
