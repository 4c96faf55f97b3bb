import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure } from '#platform/problem.ts'
import { LINK_BY_ADDRESS, LINK_BY_MAIL } from '../domain/attempts.ts'
import { isToken } from '../domain/token.ts'
import { mailLink, sendAccountMail } from '../mail.ts'
import { loginById, loginByMail, setMail } from '../store/accounts.ts'
import { consumeLink, findLink, issueLink, revokeLinks } from '../store/tokens.ts'
import { texts } from '../texts/index.ts'
import { limited, type Limited } from './limits.ts'
import { confirmPassword } from './password.ts'

/**
 * Asks for another mail address: a link goes to the new one. Where it belongs to another account, a mail says so
 * there, and the page tells nothing.
 * @param mail in its normal form
 */
export async function requestMailChange(
  ctx: Ctx,
  accountId: string,
  wanted: { mail: string; password: string; ip: string },
): Promise<{ ok: true; value: null } | Failure<'wrong-password'> | Limited> {
  const confirmed = await confirmPassword(ctx, accountId, wanted.password)
  if (!confirmed.ok) return confirmed
  const over = await limited(ctx, [LINK_BY_ADDRESS, wanted.ip], [LINK_BY_MAIL, wanted.mail])
  if (over) return over
  const t = texts(ctx).mails
  await transaction(ctx, async (ctx) => {
    const taken = await loginByMail(ctx, wanted.mail)
    await revokeLinks(ctx, accountId, ['change-mail'])
    const issued = await issueLink(ctx, { purpose: 'change-mail', accountId, email: wanted.mail, locale: ctx.locale })
    const words = taken ? t.mailTaken(ctx.tenant.name) : t.changeMail(ctx.tenant.name)
    await mailLink(ctx, { issued, path: '/konto/mail-bestaetigen', to: wanted.mail, locale: ctx.locale, words })
  })
  return ok(null)
}

/** The new address behind a link that still works and is this account's. */
export async function pendingMail(ctx: Ctx, accountId: string, code: string): Promise<string | null> {
  const link = isToken(code) ? await findLink(ctx, 'change-mail', code) : null
  return link?.accountId === accountId ? link.email : null
}

/** Takes over the new address, and tells the old one. */
export async function confirmMailChange(
  ctx: Ctx,
  accountId: string,
  code: string,
): Promise<{ ok: true; value: null } | Failure<'gone'>> {
  if ((await pendingMail(ctx, accountId, code)) === null) return fail('gone')
  return transaction(ctx, async (ctx) => {
    const link = await consumeLink(ctx, 'change-mail', code)
    const account = await loginById(ctx, accountId)
    if (!link?.email || !account || !(await setMail(ctx, accountId, link.email))) return fail('gone')
    await revokeLinks(ctx, accountId, ['reset-password'])
    const entry = await audit(ctx, { subject: `account:${accountId}`, action: 'accounts.mail-changed' })
    const words = texts(account).mails.mailChanged(ctx.tenant.name)
    await sendAccountMail(ctx, {
      key: `accounts.mail-changed:${entry.id}`,
      to: { email: account.email },
      locale: account.locale,
      subject: words.subject,
      paragraphs: words.paragraphs,
    })
    return ok(null)
  })
}
