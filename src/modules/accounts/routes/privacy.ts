import { audit } from '#platform/audit/audit.ts'
import { fileReply, htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, page, signedIn, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { transaction } from '#platform/db/transaction.ts'
import { texts } from '../texts/index.ts'
import { eraseAccount, exportAccount } from '../use-cases/privacy.ts'
import { erasePage, privacyPage } from '../views/privacy.ts'
import { self } from './account.ts'
import { noSessionCookie } from './input.ts'

const ERASE = '/konto/datenschutz/loeschen'

export const privacyRoutes: readonly Route[] = [
  page({ path: '/konto/datenschutz', access: signedIn, handle: (ctx) => htmlPage(privacyPage(ctx)) }),
  action({
    path: '/konto/datenschutz/daten',
    access: signedIn,
    perMinute: 10,
    handle: async (ctx) => {
      const data = await exportAccount(ctx, self(ctx))
      await transaction(ctx, (ctx) => audit(ctx, { subject: `account:${self(ctx)}`, action: 'accounts.exported' }))
      const body = JSON.stringify({ city: ctx.tenant.name, at: ctx.clock.now(), data }, null, 2)
      return fileReply({
        body,
        kind: 'application/json; charset=utf-8',
        name: texts(ctx).privacy.exportName,
        inline: false,
      })
    },
  }),
  page({
    path: ERASE,
    access: signedIn,
    handle: (ctx) => (ctx.account!.kind === 'staff' ? redirect('/konto/datenschutz') : htmlPage(erasePage(ctx, {}))),
  }),
  action({
    path: ERASE,
    access: signedIn,
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const password = req.form.get('password')
      if (password === '') return htmlPage(erasePage(ctx, { password: t.errors.passwordMissing }), { status: 422 })
      const result = await eraseAccount(ctx, self(ctx), password)
      if (result.ok) return redirect('/anmelden?hinweis=konto-geloescht', [noSessionCookie])
      if (result.problem === 'too-many-attempts')
        return htmlPage(erasePage(ctx, { '': t.tooManyAttempts(result.minutes) }), { status: 429 })
      if (result.problem === 'staff-account') return problem(fail('forbidden'))
      return htmlPage(erasePage(ctx, { password: t.errors.passwordWrong }), { status: 422 })
    },
  }),
]
