import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, signedIn, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { isId, queryEntry, queryText } from '#platform/http/query.ts'
import { checkPassword } from '../domain/password.ts'
import { accountById, setLocale } from '../store/accounts.ts'
import { endSession, endSessions, runningSessions } from '../store/sessions.ts'
import { apiTokens, issueLink, revokeApiTokens } from '../store/tokens.ts'
import { texts } from '../texts/index.ts'
import { passwordMessage } from '../texts/messages.ts'
import { confirmMailChange, pendingMail, requestMailChange } from '../use-cases/mail-change.ts'
import { changePassword } from '../use-cases/password.ts'
import { accountPage } from '../views/account.ts'
import { linkGonePage } from '../views/registration.ts'
import { confirmMailPage, securityPage, type SecurityNotice } from '../views/security.ts'
import type { Errors } from '../views/sign-in.ts'
import { mailFrom, sessionToken } from './input.ts'

const SECURITY = '/konto/sicherheit'
const NOTICES: Readonly<Record<string, SecurityNotice>> = {
  passwort: 'changed',
  'mail-gesendet': 'mail-sent',
  mail: 'mail-changed',
  abgemeldet: 'ended',
  'alle-abgemeldet': 'ended-all',
  widerrufen: 'revoked',
}

/** Routes of `signedIn` always have an account. */
export const self = (ctx: Ctx): string => ctx.account!.id

async function security(
  ctx: Ctx,
  req: Req,
  more: { errors?: Errors; newMail?: string; status?: number },
): Promise<Reply> {
  const view = securityPage(ctx, {
    mail: ctx.account!.email,
    newMail: more.newMail ?? '',
    sessions: await runningSessions(ctx, self(ctx), sessionToken(req)),
    tokens: await apiTokens(ctx, self(ctx)),
    errors: more.errors ?? {},
    notice: more.errors ? null : queryEntry(req, 'hinweis', NOTICES),
  })
  return htmlPage(view, { status: more.status ?? 200 })
}

async function submitPassword(ctx: Ctx, req: Req): Promise<Reply> {
  const t = texts(ctx)
  const current = req.form.get('current')
  const password = req.form.get('password')
  const weak = checkPassword(password, ctx.account!.email)
  const again = t.errors.passwordAgain
  if (current === '' || weak) {
    const errors = {
      current: current === '' ? t.errors.passwordMissing : again,
      password: weak ? passwordMessage(t, weak) : again,
    }
    return security(ctx, req, { errors, status: 422 })
  }
  const result = await changePassword(ctx, self(ctx), { current, password, token: sessionToken(req) })
  if (result.ok) return redirect(`${SECURITY}?hinweis=passwort`)
  if (result.problem === 'too-many-attempts')
    return security(ctx, req, { errors: { '': t.tooManyAttempts(result.minutes) }, status: 429 })
  return security(ctx, req, { errors: { current: t.errors.passwordWrong, password: again }, status: 422 })
}

async function submitMail(ctx: Ctx, req: Req): Promise<Reply> {
  const t = texts(ctx)
  const newMail = req.form.get('mail').slice(0, 400)
  const password = req.form.get('mailPassword')
  const checked = mailFrom(t, newMail)
  const errors = {
    ...('error' in checked ? { mail: checked.error } : {}),
    mailPassword: password === '' ? t.errors.passwordMissing : t.errors.passwordAgain,
  }
  if ('error' in checked || password === '') return security(ctx, req, { errors, newMail, status: 422 })
  const result = await requestMailChange(ctx, self(ctx), { mail: checked.mail, password, ip: req.ip })
  if (result.ok) return redirect(`${SECURITY}?hinweis=mail-gesendet`)
  if (result.problem === 'too-many-attempts')
    return security(ctx, req, { errors: { '': t.tooManyAttempts(result.minutes) }, newMail, status: 429 })
  return security(ctx, req, { errors: { mailPassword: t.errors.passwordWrong }, newMail, status: 422 })
}

export const accountRoutes: readonly Route[] = [
  page({
    path: '/konto',
    access: signedIn,
    handle: async (ctx, req) => {
      const account = await accountById(ctx, self(ctx))
      if (!account) return problem(fail('not-found'))
      const saved = queryText(req, 'hinweis') === 'gespeichert'
      return htmlPage(await accountPage(ctx, { name: account.name, language: account.locale, saved }))
    },
  }),
  action({
    path: '/konto/sprache',
    access: signedIn,
    handle: async (ctx, req) => {
      await setLocale(ctx, self(ctx), req.form.get('locale') === 'en' ? 'en' : 'de')
      return redirect('/konto?hinweis=gespeichert')
    },
  }),
  page({ path: SECURITY, access: signedIn, handle: (ctx, req) => security(ctx, req as Req, {}) }),
  action({
    path: SECURITY,
    access: signedIn,
    handle: (ctx, req) => (req.form.get('what') === 'mail' ? submitMail(ctx, req) : submitPassword(ctx, req)),
  }),
  action({
    path: '/konto/sicherheit/sitzungen/beenden',
    access: signedIn,
    handle: async (ctx, req) => {
      await endSessions(ctx, self(ctx), sessionToken(req))
      return redirect(`${SECURITY}?hinweis=alle-abgemeldet`)
    },
  }),
  action({
    path: '/konto/sicherheit/sitzungen/:id/beenden',
    access: signedIn,
    handle: async (ctx, req) => {
      const { id = '' } = req.params
      if (!isId(id) || !(await endSession(ctx, self(ctx), id))) return problem(fail('not-found'))
      return redirect(`${SECURITY}?hinweis=abgemeldet`)
    },
  }),
  action({
    path: '/konto/sicherheit/zugaenge/:id/widerrufen',
    access: signedIn,
    handle: async (ctx, req) => {
      const { id = '' } = req.params
      if (!isId(id) || (await revokeApiTokens(ctx, self(ctx), id)) === 0) return problem(fail('not-found'))
      return redirect(`${SECURITY}?hinweis=widerrufen`)
    },
  }),
  page({
    path: '/konto/mail-bestaetigen',
    access: signedIn,
    examples: async (ctx) => {
      if (!ctx.account) return []
      const link = {
        purpose: 'change-mail',
        accountId: self(ctx),
        email: 'neu@example.org',
        locale: ctx.locale,
      } as const
      return [`/konto/mail-bestaetigen?code=${(await issueLink(ctx, link)).token}`]
    },
    handle: async (ctx, req) => {
      const code = queryText(req, 'code')
      const mail = await pendingMail(ctx, self(ctx), code)
      return mail === null
        ? htmlPage(linkGonePage(ctx, SECURITY), { status: 410 })
        : htmlPage(confirmMailPage(ctx, { mail, code }))
    },
  }),
  action({
    path: '/konto/mail-bestaetigen',
    access: signedIn,
    handle: async (ctx, req) => {
      const result = await confirmMailChange(ctx, self(ctx), req.form.get('code'))
      return result.ok ? redirect(`${SECURITY}?hinweis=mail`) : htmlPage(linkGonePage(ctx, SECURITY), { status: 410 })
    },
  }),
]
