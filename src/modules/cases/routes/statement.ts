import { Type } from 'typebox'
import { htmlPage, redirect } from '#platform/http/reply.ts'
import { action, holderOf, page, type Route } from '#platform/http/route.ts'
import { DEMO_TOKEN, statementByToken } from '../store/statements.ts'
import { texts } from '../texts/index.ts'
import { giveStatement } from '../use-cases/statements.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { said } from '../views/inbox.ts'
import { statementGoneView, statementView } from '../views/statement.ts'

const access = holderOf('the link that was sent to the organisation')
const params = Type.Object({ token: Type.String({ maxLength: 64 }) })

/** Where another organisation gives its statement on a case. */
export const statementRoutes: readonly Route[] = [
  page({
    path: '/stellungnahme/:token',
    access,
    params,
    examples: async (ctx) => ((await statementByToken(ctx, DEMO_TOKEN)) ? [`/stellungnahme/${DEMO_TOKEN}`] : []),
    handle: async (ctx, req) => {
      const { token } = req.params
      const statement = await statementByToken(ctx, token)
      if (!statement) return htmlPage(statementGoneView(ctx), { status: 410 })
      const message = req.query['done'] === 'yes' ? said(ctx, texts(ctx).statement.thanks) : undefined
      return htmlPage(statementView(ctx, statement, { token, message }))
    },
  }),
  action({
    path: '/stellungnahme/:token',
    access,
    params,
    perMinute: 10,
    handle: async (ctx, req) => {
      const { token } = req.params
      const statement = await statementByToken(ctx, token)
      if (!statement) return htmlPage(statementGoneView(ctx), { status: 410 })
      const typed = req.form.get('answer').normalize('NFC').replaceAll('\r\n', '\n').trim()
      const t = texts(ctx).errors
      const error = typed === '' ? t.textMissing : [...typed].length > LONGEST_TEXT ? t.textTooLong : undefined
      if (error) return htmlPage(statementView(ctx, statement, { token, error, typed }), { status: 422 })
      const result = await giveStatement(ctx, token, typed)
      return result.ok
        ? redirect(`/stellungnahme/${token}?done=yes`)
        : htmlPage(statementGoneView(ctx), { status: 410 })
    },
  }),
]
