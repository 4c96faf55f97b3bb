import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { publish } from '#platform/events/publish.ts'
import { fail, ok, type Failure } from '#platform/problem.ts'
import { accountErased } from '../events.ts'
import type { Limited } from './limits.ts'
import { confirmPassword } from './password.ts'

/** Everything that the city holds about the account, module by module (GDPR articles 15 and 20). */
export async function exportAccount(ctx: Ctx, accountId: string): Promise<Record<string, unknown>> {
  const parts: Record<string, unknown> = {}
  for (const module of ctx.app.modules)
    if (module.privacy) parts[module.name] = await module.privacy.export(ctx, accountId)
  return parts
}

/**
 * Deletes a citizen's account at their wish, with what every module holds for it, in one transaction: modules from the
 * top down, so that each still finds what it builds on (GDPR article 17). Staff accounts belong to their employment and
 * are disabled by who manages them.
 */
export async function eraseAccount(
  ctx: Ctx,
  accountId: string,
  password: string,
): Promise<{ ok: true; value: null } | Failure<'wrong-password' | 'staff-account'> | Limited> {
  const confirmed = await confirmPassword(ctx, accountId, password)
  if (!confirmed.ok) return confirmed
  if (confirmed.value.kind === 'staff') return fail('staff-account')
  await transaction(ctx, async (ctx) => {
    for (const module of ctx.app.modules.toReversed()) await module.privacy?.erase(ctx, accountId)
    await audit(ctx, { subject: `account:${accountId}`, action: 'accounts.erased', actor: accountId })
    await publish(ctx, accountErased, { accountId })
  })
  return ok(null)
}
