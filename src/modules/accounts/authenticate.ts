import type { Principal } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import type { Authenticate } from '#platform/module.ts'
import { isToken } from './domain/token.ts'
import { accountByEmail } from './store/accounts.ts'
import { sessionBearer, startSession, tokenBearer, type Bearer } from './store/sessions.ts'
import { issueApiToken } from './store/tokens.ts'

/** Who asks: by bearer token where there is one (JSON operations only, the platform sees to that), else by cookie. */
export const authenticate: Authenticate = async (ctx, { cookie, bearer }) => {
  if (bearer !== undefined) return isToken(bearer) ? principal(await tokenBearer(ctx, bearer)) : null
  return isToken(cookie) ? principal(await sessionBearer(ctx, cookie)) : null
}

/**
 * A password says that somebody is the same person as last time, not who that is: assurance level none for citizens.
 * Staff were identified by their employer, with one factor: low (Implementing Regulation (EU) 2015/1502, annex 2.2.1).
 */
function principal(bearer: Bearer | null): Principal | null {
  if (bearer === null) return null
  return {
    id: bearer.id,
    kind: bearer.kind,
    name: bearer.name,
    email: bearer.email,
    assurance: bearer.kind === 'staff' ? 'low' : 'none',
    permissions: new Map(Object.entries(bearer.permissions ?? {})),
  }
}

/** Opens a session and an API token of eight hours for an account; for tests and `bin/rathaus token`. */
export async function openSession(ctx: Ctx, email: string): Promise<{ cookie: string; bearer: string }> {
  const account = await accountByEmail(ctx, email)
  if (account === null) throw new Error(`there is no account ${email} in ${ctx.tenant.id}`)
  return {
    cookie: await startSession(ctx, account, ''),
    bearer: await issueApiToken(ctx, { accountId: account.id, label: 'bin/rathaus token', hours: 8, scope: null }),
  }
}
