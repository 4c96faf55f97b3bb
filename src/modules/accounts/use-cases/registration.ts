import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure } from '#platform/problem.ts'
import { LINK_BY_ADDRESS, LINK_BY_MAIL } from '../domain/attempts.ts'
import { deviceName } from '../domain/device.ts'
import { isToken } from '../domain/token.ts'
import { hashPassword } from '../hashing.ts'
import { mailLink } from '../mail.ts'
import { insertAccount, loginByMail } from '../store/accounts.ts'
import { writeDataSafe } from '../store/data-safe.ts'
import { startSession } from '../store/sessions.ts'
import { consumeLink, findLink, issueLink } from '../store/tokens.ts'
import { texts } from '../texts/index.ts'
import { limited, type Limited } from './limits.ts'

/**
 * First step: somebody names an address. A link goes there; who has an account already gets one to choose a new
 * password. The page shows the same in both cases, after the same work. No account exists before the link is opened, so
 * that nobody can lay one under somebody else's address in advance.
 * @param mail in its normal form
 */
export async function requestRegistration(
  ctx: Ctx,
  { mail, ip, next }: { mail: string; ip: string; next: string | null },
): Promise<{ ok: true; value: null } | Limited> {
  const over = await limited(ctx, [LINK_BY_ADDRESS, ip], [LINK_BY_MAIL, mail])
  if (over) return over
  const t = texts(ctx).mails
  await transaction(ctx, async (ctx) => {
    const known = await loginByMail(ctx, mail)
    const purpose = known ? 'reset-password' : 'register'
    const issued = await issueLink(ctx, { purpose, accountId: known?.id, email: mail, locale: ctx.locale, next })
    const letter = known ? (known.disabledAt ? t.disabled : t.alreadyRegistered) : t.register
    const words = letter(ctx.tenant.name)
    const path = known ? '/passwort-vergessen/neu' : '/registrieren/abschliessen'
    await mailLink(ctx, { issued, path, to: known?.email ?? mail, locale: ctx.locale, words })
  })
  return ok(null)
}

/** The address behind a registration link that still works. */
export async function registrationMail(ctx: Ctx, code: string): Promise<string | null> {
  return isToken(code) ? ((await findLink(ctx, 'register', code))?.email ?? null) : null
}

export interface Registration {
  readonly code: string
  readonly givenName: string
  readonly familyName: string
  readonly password: string
  readonly userAgent: string | undefined
}

/** Second step: whoever opened the link says their name and chooses a password, and is signed in. Values are checked. */
export async function completeRegistration(
  ctx: Ctx,
  registration: Registration,
): Promise<{ ok: true; value: { token: string; next: string | null } } | Failure<'gone'>> {
  const passwordHash = await hashPassword(registration.password)
  const { givenName, familyName } = registration
  return transaction(ctx, async (ctx) => {
    const link = isToken(registration.code) ? await consumeLink(ctx, 'register', registration.code) : null
    if (link?.email == null) return fail('gone')
    const account = {
      id: newId(),
      kind: 'citizen',
      name: `${givenName} ${familyName}`,
      email: link.email,
      passwordHash,
      locale: ctx.locale,
      unitId: null,
      confirmed: true,
    } as const
    if (!(await insertAccount(ctx, account))) return fail('gone')
    await writeDataSafe(ctx, account.id, { givenName, familyName })
    await audit(ctx, { subject: `account:${account.id}`, action: 'accounts.registered', actor: account.id })
    const token = await startSession(ctx, account, deviceName(registration.userAgent))
    return ok({ token, next: link.next })
  })
}
