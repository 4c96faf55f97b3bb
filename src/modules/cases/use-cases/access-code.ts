import { randomBytes } from 'node:crypto'
import { audit } from '#platform/audit/audit.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { codeFrom, hashAccessCode } from '../domain/access-code.ts'
import { lockCase, setAccessCodeHash } from '../store/case.ts'
import { workPermission } from './work.ts'

/** A new access code for somebody who has lost theirs; the old one is void. Told once, to the clerk who asked for it. */
export async function renewAccessCode(ctx: Ctx, caseId: string): Promise<Result<string, 'not-found' | 'forbidden'>> {
  return transaction(ctx, async (ctx) => {
    const kase = await lockCase(ctx, caseId)
    if (!kase || kase.erasedAt) return fail('not-found')
    if (!may(ctx, await workPermission(ctx, kase), kase.unit)) return fail('forbidden')
    const code = codeFrom(randomBytes(12))
    await setAccessCodeHash(ctx, caseId, hashAccessCode(caseId, code))
    await audit(ctx, { subject: `case:${caseId}`, action: 'cases.code-renewed' })
    return ok(code)
  })
}
