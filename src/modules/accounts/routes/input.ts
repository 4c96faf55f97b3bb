import { SESSION_COOKIE } from '#platform/http/cookies.ts'
import type { Cookie } from '#platform/http/reply.ts'
import type { Req } from '#platform/http/route.ts'
import type { AccountKind } from '../domain/account.ts'
import { normalizeMail } from '../domain/mail-address.ts'
import { cookieSeconds } from '../domain/session-rules.ts'
import type { Texts } from '../texts/index.ts'

export const sessionToken = (req: Pick<Req, 'cookies'>): string | undefined => req.cookies[SESSION_COOKIE]

export const sessionCookie = (token: string, kind: AccountKind): Cookie => ({
  name: SESSION_COOKIE,
  value: token,
  maxAge: cookieSeconds(kind),
})

export const noSessionCookie: Cookie = { name: SESSION_COOKIE, value: null }

export const userAgent = (req: Pick<Req, 'headers'>): string | undefined => {
  const value = req.headers['user-agent']
  return typeof value === 'string' ? value : undefined
}

/** The typed address in its normal form, or what to say about it. */
export function mailFrom(t: Texts, typed: string): { mail: string } | { error: string } {
  if (typed.trim() === '') return { error: t.errors.mailMissing }
  const mail = normalizeMail(typed)
  return mail === null ? { error: t.errors.mailWrong } : { mail }
}
