import { randomBytes } from 'node:crypto'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { codeFrom, hashAccessCode } from '../domain/access-code.ts'
import { changeCase, setAccessCodeHash } from '../store/case.ts'
import { onCase, staleness, type WorkProblem } from './work.ts'

/** A new access code for somebody who has lost theirs; the old one is void. Told once, to the clerk who asked for it. */
export function renewAccessCode(ctx: Ctx, caseId: string, revision: number): Promise<Result<string, WorkProblem>> {
  return onCase(ctx, caseId, async (ctx, kase) => {
    if (kase.erasedAt) return fail('not-found')
    // A colleague who has just read another code to the same person would have read a void one.
    const stale = await staleness(ctx, kase, revision)
    if (stale) return stale
    const code = codeFrom(randomBytes(12))
    await setAccessCodeHash(ctx, caseId, hashAccessCode(caseId, code))
    await changeCase(ctx, caseId, {})
    await audit(ctx, { subject: `case:${caseId}`, action: 'cases.code-renewed' })
    return ok(code)
  })
}
