import { Type } from '#platform/schema.ts'
import type { Transition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { alert } from '#platform/html/components/index.ts'
import { fileReply, htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { readFields } from '../domain/workflow.ts'
import { exampleNumbers } from '../store/examples.ts'
import { READ } from '../store/visible.ts'
import { texts } from '../texts/index.ts'
import { decide } from '../use-cases/decide.ts'
import { previewLetter } from '../use-cases/letters.ts'
import { casePath } from '../views/case-page.ts'
import { decideView, type DecidePageState } from '../views/decide.ts'
import { refusalMessage } from './case/step.ts'
import { findCase, loadCase, type CaseModel } from './load-case.ts'

const params = Type.Object({ number: Type.String({ maxLength: 64 }), transition: Type.String({ maxLength: 64 }) })
const PATH = '/workbench/vorgaenge/:number/schritte/:transition'

export const decideRoutes: readonly Route[] = [
  page({
    path: PATH,
    access: staff(READ),
    params,
    examples: stepExamples,
    handle: async (ctx, req) => {
      const found = await findStep(ctx, req.params)
      if (!found) return problem(fail('not-found'))
      if (!found.transition) return redirect(casePath(found.model.kase.number))
      return htmlPage(decideView(ctx, found.model, found.transition))
    },
  }),

  action({
    path: PATH,
    access: staff(READ),
    params,
    handle: async (ctx, req) => {
      const found = await findStep(ctx, req.params)
      if (!found) return problem(fail('not-found'))
      const { model } = found
      const typed = typedIn(req.form)
      const result = await decide(ctx, {
        caseId: model.kase.id,
        transition: req.params.transition,
        revision: Number(req.form.get('revision')) || 0,
        typed,
      })
      if (result.ok) return redirect(casePath(model.kase.number, result.value.pendingUntil ? '' : '?done=moved'))
      if (result.problem === 'not-found') return problem(fail('not-found'))
      // The step may be gone from this state: then the case itself is what there is to see.
      const again = await findStep(ctx, req.params)
      if (!again?.transition) return problem(fail(result.problem))
      const state: DecidePageState =
        result.problem === 'invalid-input'
          ? { typed, problems: result.fieldProblems }
          : { typed, message: await refusalMessage(ctx, again.model.kase, result.problem, result.says) }
      const status = { 'invalid-input': 422, forbidden: 403 }[result.problem as string] ?? 409
      return htmlPage(decideView(ctx, again.model, again.transition, state), { status })
    },
  }),

  action({
    path: `${PATH}/vorschau/:template`,
    access: staff(READ),
    params: Type.Object({ number: Type.String(), transition: Type.String(), template: Type.String() }),
    handle: async (ctx, req) => {
      const found = await findStep(ctx, req.params)
      const { template } = req.params
      const makes = found?.transition?.actions.some((one) => one.do === 'letter' && one.template === template)
      if (!found?.transition || !makes) return problem(fail('not-found'))
      return preview(ctx, found.model, found.transition, template, req.form)
    },
  }),
]

/** The step as the clerk may take it now; `transition` null where it is not offered. */
async function findStep(
  ctx: Ctx,
  { number, transition }: { number: string; transition: string },
): Promise<{ model: CaseModel; transition: Transition | null } | null> {
  const kase = await findCase(ctx, number)
  if (!kase) return null
  const model = await loadCase(ctx, kase)
  return { model, transition: model.offered.find(({ name }) => name === transition) ?? null }
}

const typedIn = (form: FormFields) => (field: string) => form.get(field).replaceAll('\r\n', '\n')

async function preview(
  ctx: Ctx,
  model: CaseModel,
  transition: Transition,
  template: string,
  form: FormFields,
): Promise<Reply> {
  const typed = typedIn(form)
  // What is not filled in yet is left out: a preview need not be complete.
  const fields = readFields(
    transition.fields.map((field) => ({ ...field, required: false })),
    typed,
  )
  if (!fields.ok)
    return htmlPage(decideView(ctx, model, transition, { typed, problems: fields.problems }), { status: 422 })
  const pdf = await previewLetter(ctx, model.kase, template, { transition, input: fields.value })
  if (!pdf) {
    const message = alert(ctx, { kind: 'info', title: texts(ctx).kase.letterFailed, live: true })
    return htmlPage(decideView(ctx, model, transition, { typed, message }), { status: 409 })
  }
  return fileReply({ body: pdf, kind: 'application/pdf', name: `${template}.pdf`, inline: true })
}

async function stepExamples(ctx: Ctx): Promise<string[]> {
  const paths: string[] = []
  for (const number of await exampleNumbers(ctx)) {
    const kase = await findCase(ctx, number)
    if (!kase) continue
    for (const { name } of (await loadCase(ctx, kase)).offered) paths.push(casePath(number, `/schritte/${name}`))
  }
  return paths
}
