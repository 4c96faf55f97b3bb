import type { Ctx } from '#platform/context.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, everybody, holderOf, page, type Req, type Route } from '#platform/http/route.ts'
import { queryText } from '#platform/http/query.ts'
import { safeNext } from '../domain/next.ts'
import { checkPassword } from '../domain/password.ts'
import { exampleAccounts } from '../store/administration.ts'
import { issueLink } from '../store/tokens.ts'
import { texts } from '../texts/index.ts'
import { passwordMessage } from '../texts/messages.ts'
import { accountOfPasswordLink, choosePassword, requestReset } from '../use-cases/password.ts'
import { completeRegistration, registrationMail, requestRegistration } from '../use-cases/registration.ts'
import {
  choosePasswordPage,
  finishRegistrationPage,
  linkGonePage,
  registerPage,
  resetPage,
  sentPage,
} from '../views/registration.ts'
import { mailFrom, sessionCookie, userAgent } from './input.ts'

const gone = (ctx: Ctx, againPath: string): Reply => htmlPage(linkGonePage(ctx, againPath), { status: 410 })
const codeInMail = holderOf('the single-use code of the mail')

const nameFrom = (req: Pick<Req, 'form'>, field: string) =>
  req.form.get(field).normalize('NFC').replace(/\s+/g, ' ').trim()

const registering: readonly Route[] = [
  page({
    path: '/registrieren',
    access: everybody,
    handle: (ctx, req) => htmlPage(registerPage(ctx, { mail: '', next: safeNext(queryText(req, 'next')), errors: {} })),
  }),
  action({
    path: '/registrieren',
    access: everybody,
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const typed = req.form.get('mail')
      const next = safeNext(req.form.get('next'))
      const show = (errors: Record<string, string>, status: number) =>
        htmlPage(registerPage(ctx, { mail: typed.slice(0, 400), next, errors }), { status })
      const checked = mailFrom(t, typed)
      if ('error' in checked) return show({ mail: checked.error }, 422)
      const result = await requestRegistration(ctx, { mail: checked.mail, ip: req.ip, next })
      return result.ok ? redirect('/registrieren/gesendet') : show({ '': t.tooManyAttempts(result.minutes) }, 429)
    },
  }),
  page({
    path: '/registrieren/gesendet',
    access: everybody,
    handle: (ctx) => htmlPage(sentPage(ctx, '/registrieren')),
  }),
  page({
    path: '/registrieren/abschliessen',
    access: codeInMail,
    examples: async (ctx) => {
      const { token } = await issueLink(ctx, { purpose: 'register', email: 'beispiel@example.org', locale: ctx.locale })
      return [`/registrieren/abschliessen?code=${token}`]
    },
    handle: async (ctx, req) => {
      const code = queryText(req, 'code')
      const mail = await registrationMail(ctx, code)
      if (mail === null) return gone(ctx, '/registrieren')
      return htmlPage(finishRegistrationPage(ctx, { mail, code, givenName: '', familyName: '', errors: {} }))
    },
  }),
  action({
    path: '/registrieren/abschliessen',
    access: codeInMail,
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const code = req.form.get('code')
      const mail = await registrationMail(ctx, code)
      if (mail === null) return gone(ctx, '/registrieren')
      const givenName = nameFrom(req, 'givenName')
      const familyName = nameFrom(req, 'familyName')
      const password = req.form.get('password')
      const problem = checkPassword(password, mail)
      const errors = {
        ...nameError(givenName, 'givenName', t.errors.givenName, t.errors.tooLong(80)),
        ...nameError(familyName, 'familyName', t.errors.familyName, t.errors.tooLong(80)),
        ...(problem ? { password: passwordMessage(t, problem) } : {}),
      }
      if (Object.keys(errors).length > 0) {
        const shown = { ...errors, password: errors.password ?? t.errors.passwordAgain }
        const view = finishRegistrationPage(ctx, { mail, code, givenName, familyName, errors: shown })
        return htmlPage(view, { status: 422 })
      }
      const result = await completeRegistration(ctx, {
        code,
        givenName,
        familyName,
        password,
        userAgent: userAgent(req),
      })
      if (!result.ok) return gone(ctx, '/registrieren')
      return redirect(safeNext(result.value.next) ?? '/konto', [sessionCookie(result.value.token, 'citizen')])
    },
  }),
]

function nameError(name: string, field: string, missing: string, tooLong: string): Record<string, string> {
  if (name === '') return { [field]: missing }
  return [...name].length > 80 ? { [field]: tooLong } : {}
}

const forgotten: readonly Route[] = [
  page({
    path: '/passwort-vergessen',
    access: everybody,
    handle: (ctx) => htmlPage(resetPage(ctx, { mail: '', errors: {} })),
  }),
  action({
    path: '/passwort-vergessen',
    access: everybody,
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const typed = req.form.get('mail')
      const show = (errors: Record<string, string>, status: number) =>
        htmlPage(resetPage(ctx, { mail: typed.slice(0, 400), errors }), { status })
      const checked = mailFrom(t, typed)
      if ('error' in checked) return show({ mail: checked.error }, 422)
      const result = await requestReset(ctx, { mail: checked.mail, ip: req.ip })
      return result.ok ? redirect('/passwort-vergessen/gesendet') : show({ '': t.tooManyAttempts(result.minutes) }, 429)
    },
  }),
  page({
    path: '/passwort-vergessen/gesendet',
    access: everybody,
    handle: (ctx) => htmlPage(sentPage(ctx, '/passwort-vergessen')),
  }),
  page({
    path: '/passwort-vergessen/neu',
    access: codeInMail,
    examples: async (ctx) => {
      const [accountId] = await exampleAccounts(ctx)
      const { token } = await issueLink(ctx, { purpose: 'reset-password', accountId, locale: ctx.locale })
      return [`/passwort-vergessen/neu?code=${token}`]
    },
    handle: async (ctx, req) => {
      const code = queryText(req, 'code')
      const account = await accountOfPasswordLink(ctx, code)
      if (account === null) return gone(ctx, '/passwort-vergessen')
      return htmlPage(choosePasswordPage(ctx, { code, mail: account.email, errors: {} }))
    },
  }),
  action({
    path: '/passwort-vergessen/neu',
    access: codeInMail,
    handle: async (ctx, req) => {
      const code = req.form.get('code')
      const password = req.form.get('password')
      const account = await accountOfPasswordLink(ctx, code)
      if (account === null) return gone(ctx, '/passwort-vergessen')
      const problem = checkPassword(password, account.email)
      if (problem) {
        const errors = { password: passwordMessage(texts(ctx), problem) }
        return htmlPage(choosePasswordPage(ctx, { code, mail: account.email, errors }), { status: 422 })
      }
      const result = await choosePassword(ctx, { code, password })
      if (!result.ok) return gone(ctx, '/passwort-vergessen')
      const done = '/anmelden?hinweis=passwort-gewaehlt'
      return redirect(result.value.next ? `${done}&next=${encodeURIComponent(result.value.next)}` : done)
    },
  }),
]

export const registrationRoutes: readonly Route[] = [...registering, ...forgotten]
