import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure } from '#platform/problem.ts'
import { CONFIRM_BY_ACCOUNT, LINK_BY_ADDRESS, LINK_BY_MAIL, LOGIN_BY_MAIL } from '../domain/attempts.ts'
import { isToken } from '../domain/token.ts'
import { hashPassword, verifyPassword } from '../hashing.ts'
import { mailLink, sendAccountMail } from '../mail.ts'
import { loginById, loginByMail, setPassword, type LoginRow } from '../store/accounts.ts'
import { forgetAttempts } from '../store/attempts.ts'
import { endSessions } from '../store/sessions.ts'
import { consumeLink, findLink, issueLink, revokeApiTokens, revokeLinks, type LinkPurpose } from '../store/tokens.ts'
import { texts } from '../texts/index.ts'
import { limited, type Limited } from './limits.ts'

/**
 * Somebody forgot a password. A mail goes to the address in any case, as somebody who asked and gets nothing would look
 * for it in vain; the page tells nothing.
 * @param mail in its normal form
 */
export async function requestReset(
  ctx: Ctx,
  { mail, ip }: { mail: string; ip: string },
): Promise<{ ok: true; value: null } | Limited> {
  const over = await limited(ctx, [LINK_BY_ADDRESS, ip], [LINK_BY_MAIL, mail])
  if (over) return over
  const t = texts(ctx).mails
  await transaction(ctx, async (ctx) => {
    const account = await loginByMail(ctx, mail)
    const active = account?.disabledAt === null ? account : null
    const purpose = active ? 'reset-password' : 'register'
    const issued = await issueLink(ctx, { purpose, accountId: active?.id, email: mail, locale: ctx.locale })
    const words = active ? t.reset(ctx.tenant.name) : account ? t.disabled(ctx.tenant.name) : t.unknown(ctx.tenant.name)
    const path = active ? '/passwort-vergessen/neu' : '/registrieren/abschliessen'
    await mailLink(ctx, { issued, path, to: active?.email ?? mail, locale: ctx.locale, words })
  })
  return ok(null)
}

/** Links that let somebody choose a password: after forgetting it, or as an invitation to a new member of staff. */
const CHOOSING: readonly LinkPurpose[] = ['reset-password', 'invite']

/** The account behind a link that still works, for checking the new password against its address. */
export async function accountOfPasswordLink(ctx: Ctx, code: string): Promise<LoginRow | null> {
  if (!isToken(code)) return null
  for (const purpose of CHOOSING) {
    const link = await findLink(ctx, purpose, code)
    if (link?.accountId) return loginById(ctx, link.accountId)
  }
  return null
}

/**
 * Sets the password that was chosen behind a link. Everything that could be in wrong hands ends: other links, all
 * sessions, all API tokens.
 */
export async function choosePassword(
  ctx: Ctx,
  { code, password }: { code: string; password: string },
): Promise<{ ok: true; value: { next: string | null } } | Failure<'gone'>> {
  if (!isToken(code)) return fail('gone')
  const passwordHash = await hashPassword(password)
  return transaction(ctx, async (ctx) => {
    const link = (await consumeLink(ctx, 'reset-password', code)) ?? (await consumeLink(ctx, 'invite', code))
    const account = link?.accountId ? await loginById(ctx, link.accountId) : null
    if (!link || !account || account.disabledAt !== null) return fail('gone')
    await replacePassword(ctx, account, passwordHash)
    await forgetAttempts(ctx, LOGIN_BY_MAIL, account.email)
    return ok({ next: link.next })
  })
}

/** Changes the password of somebody who is signed in and knows the old one. Their other sessions end. */
export async function changePassword(
  ctx: Ctx,
  accountId: string,
  wanted: { current: string; password: string; token: string | undefined },
): Promise<{ ok: true; value: null } | Failure<'wrong-password'> | Limited> {
  const confirmed = await confirmPassword(ctx, accountId, wanted.current)
  if (!confirmed.ok) return confirmed
  const passwordHash = await hashPassword(wanted.password)
  await transaction(ctx, (ctx) => replacePassword(ctx, confirmed.value, passwordHash, wanted.token))
  return ok(null)
}

/** Whether somebody who is signed in knows the password: before what cannot be undone. Limited, as a session can be stolen. */
export async function confirmPassword(
  ctx: Ctx,
  accountId: string,
  password: string,
): Promise<{ ok: true; value: LoginRow } | Failure<'wrong-password'> | Limited> {
  const over = await limited(ctx, [CONFIRM_BY_ACCOUNT, accountId])
  if (over) return over
  const account = await loginById(ctx, accountId)
  if (!(await verifyPassword(account?.passwordHash ?? null, password.slice(0, 1_000))) || !account)
    return fail('wrong-password')
  await forgetAttempts(ctx, CONFIRM_BY_ACCOUNT, accountId)
  return ok(account)
}

async function replacePassword(ctx: Ctx, account: LoginRow, passwordHash: string, keepToken?: string): Promise<void> {
  await setPassword(ctx, account.id, passwordHash)
  await revokeLinks(ctx, account.id, [...CHOOSING, 'change-mail'])
  await revokeApiTokens(ctx, account.id)
  await endSessions(ctx, account.id, keepToken)
  const entry = await audit(ctx, {
    subject: `account:${account.id}`,
    action: 'accounts.password-changed',
    actor: account.id,
  })
  if (account.passwordHash === null) return
  const words = texts(account).mails.passwordChanged(ctx.tenant.name)
  await sendAccountMail(ctx, {
    key: `accounts.password-changed:${entry.id}`,
    to: { email: account.email },
    locale: account.locale,
    subject: words.subject,
    paragraphs: words.paragraphs,
    link: { path: '/passwort-vergessen', label: words.link },
  })
}
