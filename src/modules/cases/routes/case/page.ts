import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { documentOf } from '../../store/documents.ts'
import { exampleDocument, exampleNumbers } from '../../store/examples.ts'
import { markRead } from '../../store/messages.ts'
import { READ } from '../../store/visible.ts'
import { caseView } from '../../views/case.ts'
import { casePath } from '../../views/case-page.ts'
import { findCase, loadCase } from '../load-case.ts'
import { BASE, doneMessage, numbered } from './step.ts'

const examples = async (ctx: Ctx) => (await exampleNumbers(ctx)).map((number) => `/workbench/vorgaenge/${number}`)

async function documentExamples(ctx: Ctx): Promise<string[]> {
  const found = await exampleDocument(ctx, await exampleNumbers(ctx))
  return found ? [casePath(found.number, `/dokumente/${found.id}`)] : []
}

export const casePages: readonly Route[] = [
  page({
    path: BASE,
    access: staff(READ),
    params: numbered,
    examples,
    handle: async (ctx, req) => {
      const kase = await findCase(ctx, req.params.number)
      if (!kase) return problem(fail('not-found'))
      if (kase.number !== req.params.number) return redirect(casePath(kase.number))
      await markRead(ctx, kase.id, 'in')
      return htmlPage(caseView(ctx, await loadCase(ctx, kase), { message: doneMessage(ctx, req.query['done']) }))
    },
  }),

  page({
    path: `${BASE}/dokumente/:id`,
    access: staff(READ),
    params: Type.Object({ number: Type.String(), id: Type.String() }),
    examples: documentExamples,
    handle: async (ctx, req) => {
      const kase = await findCase(ctx, req.params.number)
      const document = kase && (await documentOf(ctx, kase.id, req.params.id))
      return document ? fileReplyOf(ctx, document.fileId) : problem(fail('not-found'))
    },
  }),
]
