import { Type } from '#platform/schema.ts'
import { forgetLinkCodes } from '#platform/http/link-code.ts'
import { htmlPage, redirect } from '#platform/http/reply.ts'
import { action, everybody, holderOf, page, type Route } from '#platform/http/route.ts'
import { readAccessCode } from '../domain/access-code.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { texts } from '../texts/index.ts'
import { said } from '../views/said.ts'
import { statusView } from '../views/status.ts'
import { caseCode, codeDoor, openedBy } from './code-door.ts'
import { ownRoutes } from './own.ts'

/** Guesses a minute from one address: at 60 bits a code is not found by trying. */
const TRIES_A_MINUTE = 10

export const statusRoutes: readonly Route[] = [
  page({
    path: '/stand',
    access: everybody,
    query: Type.Object({ nummer: Type.Optional(Type.String({ maxLength: 64 })), done: Type.Optional(Type.String()) }),
    handle: (ctx, req) =>
      htmlPage(
        statusView(ctx, {
          number: req.query.nummer,
          ...(req.query.done === 'left' ? { message: said(ctx, texts(ctx).status.left) } : {}),
        }),
      ),
  }),

  action({
    path: '/stand',
    access: holderOf('number and access code of a case'),
    perMinute: TRIES_A_MINUTE,
    handle: async (ctx, req) => {
      const t = texts(ctx).status
      const number = req.form.get('nummer')
      const code = req.form.get('code')
      const read = readCaseNumber(number)
      const errors: Record<string, string> = {}
      if (!read.ok)
        errors['nummer'] = { empty: t.numberMissing, 'no-case-number': t.numberInvalid, 'check-digit': t.numberTypo }[
          read.reason
        ]
      if (readAccessCode(code) === '') errors['code'] = t.codeMissing
      const kase = read.ok && Object.keys(errors).length === 0 ? await openedBy(ctx, read.number, code) : null
      if (read.ok && Object.keys(errors).length === 0 && !kase) errors['code'] = t.noMatch
      if (!kase) return htmlPage(statusView(ctx, { number, code, errors }), { status: 422 })
      return redirect(`/stand/${kase.number}`, [caseCode.remember(kase.number, readAccessCode(code))])
    },
  }),

  action({
    path: '/stand/abmeldung',
    access: everybody,
    handle: (_ctx, req) => redirect('/stand?done=left', forgetLinkCodes(req)),
  }),

  ...ownRoutes(codeDoor),
]
