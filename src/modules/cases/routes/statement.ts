import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, holderOf, page, type Req, type Route } from '#platform/http/route.ts'
import { caseById } from '../store/case.ts'
import { DEMO_TOKEN, statementByToken } from '../store/statements.ts'
import { texts } from '../texts/index.ts'
import { giveStatement, partnerSteps } from '../use-cases/statements.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { said } from '../views/said.ts'
import { statementGoneView, statementView, type StatementModel, type StatementPageState } from '../views/statement.ts'

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
      const model = await load(ctx, req.params.token)
      if (!model) return gone(ctx)
      const message = req.query['done'] === 'yes' ? said(ctx, texts(ctx).statement.thanks) : undefined
      return htmlPage(statementView(ctx, model, { message }))
    },
  }),
  action({
    path: '/stellungnahme/:token',
    access,
    params,
    perMinute: 10,
    handle: async (ctx, req) => {
      const model = await load(ctx, req.params.token)
      if (!model) return gone(ctx)
      const typed = typedIn(req)
      const answer = typed('answer').normalize('NFC').trim()
      const t = texts(ctx).errors
      const answerError = answer === '' ? t.textMissing : [...answer].length > LONGEST_TEXT ? t.textTooLong : null
      const again = (state: StatementPageState) => htmlPage(statementView(ctx, model, state), { status: 422 })
      if (answerError) return again({ typed, errors: { answer: answerError } })
      const result = await giveStatement(ctx, model.token, { answer, step: typed('step'), typed })
      if (result.ok) return redirect(`/stellungnahme/${model.token}?done=yes`)
      return result.problem === 'gone' ? gone(ctx) : again({ typed, problems: result.fieldProblems })
    },
  }),
]

async function load(ctx: Ctx, token: string): Promise<StatementModel | null> {
  const statement = await statementByToken(ctx, token)
  const kase = statement && (await caseById(ctx, statement.caseId))
  return kase && { token, statement, ...(await partnerSteps(ctx, kase)) }
}

const gone = (ctx: Ctx): Reply => htmlPage(statementGoneView(ctx), { status: 410 })

const typedIn = (req: Pick<Req, 'form'>) => (field: string) => req.form.get(field).replaceAll('\r\n', '\n')
