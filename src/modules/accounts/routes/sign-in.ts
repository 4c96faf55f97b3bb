import type { Ctx } from '#platform/context.ts'
import { forgetLinkCodes } from '#platform/http/link-code.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, everybody, page, type Route } from '#platform/http/route.ts'
import { queryEntry, queryText } from '#platform/http/query.ts'
import { safeNext } from '../domain/next.ts'
import { texts } from '../texts/index.ts'
import { signIn, signOut } from '../use-cases/sign-in.ts'
import { signInPage, type SignInNotice } from '../views/sign-in.ts'
import { noSessionCookie, sessionCookie, sessionToken, userAgent } from './input.ts'

const NOTICES: Readonly<Record<string, SignInNotice>> = {
  'passwort-gewaehlt': 'password-chosen',
  'konto-geloescht': 'erased',
  abgemeldet: 'signed-out',
}

const wrong = (
  ctx: Ctx,
  typed: { mail: string; next: string | null },
  errors: Record<string, string>,
  status: number,
): Reply => htmlPage(signInPage(ctx, { ...typed, errors, notice: null }), { status })

export const signInRoutes: readonly Route[] = [
  page({
    path: '/anmelden',
    access: everybody,
    handle: (ctx, req) => {
      const next = safeNext(queryText(req, 'next'))
      const notice = queryEntry(req, 'hinweis', NOTICES) ?? (next && !ctx.account ? 'next' : null)
      return htmlPage(signInPage(ctx, { mail: '', next, errors: {}, notice }))
    },
  }),
  action({
    path: '/anmelden',
    access: everybody,
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const mail = req.form.get('mail').slice(0, 400)
      const password = req.form.get('password')
      const next = safeNext(req.form.get('next'))
      const typed = { mail, next }
      const errors = {
        ...(mail.trim() === '' ? { mail: t.errors.mailMissing } : {}),
        ...(password === '' ? { password: t.errors.passwordMissing } : {}),
      }
      if (Object.keys(errors).length > 0) return wrong(ctx, typed, errors, 422)
      const result = await signIn(ctx, {
        mail,
        password,
        ip: req.ip,
        userAgent: userAgent(req),
        oldToken: sessionToken(req),
      })
      if (result.ok)
        return redirect(next ?? (result.value.kind === 'staff' ? '/workbench' : '/konto'), [
          sessionCookie(result.value.token, result.value.kind),
        ])
      if (result.problem === 'too-many-attempts')
        return wrong(ctx, typed, { '': t.tooManyAttempts(result.minutes) }, 429)
      return wrong(ctx, typed, { '': result.problem === 'account-disabled' ? t.signIn.disabled : t.signIn.wrong }, 422)
    },
  }),
  action({
    path: '/abmelden',
    access: everybody,
    handle: async (ctx, req) => {
      await signOut(ctx, sessionToken(req))
      return redirect('/anmelden?hinweis=abgemeldet', [noSessionCookie, ...forgetLinkCodes(req)])
    },
  }),
]
