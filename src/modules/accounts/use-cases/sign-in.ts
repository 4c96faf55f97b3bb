import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure } from '#platform/problem.ts'
import type { AccountKind } from '../domain/account.ts'
import { LOGIN_BY_ADDRESS, LOGIN_BY_MAIL } from '../domain/attempts.ts'
import { deviceName } from '../domain/device.ts'
import { normalizeMail } from '../domain/mail-address.ts'
import { PASSWORD_MAX } from '../domain/password.ts'
import { isToken } from '../domain/token.ts'
import { verifyPassword } from '../hashing.ts'
import { loginByMail, noteLogin } from '../store/accounts.ts'
import { forgetAttempts } from '../store/attempts.ts'
import { endSessionOfToken, startSession } from '../store/sessions.ts'
import { limited, type Limited } from './limits.ts'

export interface SignIn {
  readonly mail: string
  readonly password: string
  /** Client address, for the limit. */
  readonly ip: string
  readonly userAgent: string | undefined
  /** The session cookie that came along, ended if it is one: nobody keeps two in one browser. */
  readonly oldToken: string | undefined
}

export interface SignedIn {
  readonly token: string
  readonly kind: AccountKind
}

/**
 * Signs somebody in. An unknown address, an account without password and a wrong password give the same answer after
 * the same work, so that neither words nor time tell who has an account.
 */
export async function signIn(
  ctx: Ctx,
  attempt: SignIn,
): Promise<{ ok: true; value: SignedIn } | Failure<'wrong-credentials' | 'account-disabled'> | Limited> {
  const mail = normalizeMail(attempt.mail)
  const who = mail ?? attempt.mail.trim().slice(0, 300)
  const over = await limited(ctx, [LOGIN_BY_ADDRESS, attempt.ip], [LOGIN_BY_MAIL, who])
  if (over) return over
  const account = await loginByMail(ctx, mail ?? '')
  // Something longer than any password is not worth hashing, but takes as long as one.
  const password = attempt.password.length > PASSWORD_MAX * 4 ? '' : attempt.password
  const right = await verifyPassword(account?.passwordHash ?? null, password)
  if (!right || account === null) return fail('wrong-credentials')
  if (account.disabledAt !== null) return fail('account-disabled')

  const token = await transaction(ctx, async (ctx) => {
    await forgetAttempts(ctx, LOGIN_BY_MAIL, who)
    if (isToken(attempt.oldToken)) await endSessionOfToken(ctx, attempt.oldToken)
    await noteLogin(ctx, account.id)
    if (account.kind === 'staff')
      await audit(ctx, { subject: `account:${account.id}`, action: 'accounts.signed-in', actor: account.id })
    return startSession(ctx, account, deviceName(attempt.userAgent))
  })
  return ok({ token, kind: account.kind })
}

export async function signOut(ctx: Ctx, token: string | undefined): Promise<void> {
  if (isToken(token)) await endSessionOfToken(ctx, token)
}
