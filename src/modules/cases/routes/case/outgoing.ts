import { isMailAddress } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fileReply, htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import type { FormFields, Route } from '#platform/http/route.ts'
import { typedAgain } from '../../domain/field-words.ts'
import { GENERAL_LETTER } from '../../domain/letters.ts'
import type { Waiting } from '../../domain/waiting.ts'
import { caseById } from '../../store/case.ts'
import type { Case } from '../../store/rows.ts'
import { texts } from '../../texts/index.ts'
import { previewFreeLetter, writeLetter } from '../../use-cases/letters.ts'
import { writeToApplicant } from '../../use-cases/messages.ts'
import { askForStatement } from '../../use-cases/statements.ts'
import { takeNow } from '../../use-cases/take-waiting.ts'
import { undo } from '../../use-cases/waiting.ts'
import { caseView } from '../../views/case.ts'
import { casePath } from '../../views/case-page.ts'
import { decideView } from '../../views/decide.ts'
import { said } from '../../views/said.ts'
import { loadCase } from '../load-case.ts'
import { done, refuse, seenWith, step, textError, textOf, wrong } from './step.ts'

/** What a clerk sends from a case, and how it is taken back while it waits. */
export const outgoingRoutes: readonly Route[] = [
  step('nachrichten', async (ctx, kase, form) => {
    const body = textOf(form, 'message')
    const error = textError(ctx, body)
    if (error) return wrong(ctx, kase, { message: error }, { message: body })
    const result = await writeToApplicant(ctx, kase.id, seenWith(form), body)
    return result.ok ? redirect(casePath(kase.number)) : refuse(ctx, kase, result, { message: body })
  }),

  step('ruecknahme', async (ctx, kase, form) => {
    const result = await undo(ctx, kase.id, form.get('pending'))
    return result.ok ? takenBack(ctx, kase, result.value) : refuse(ctx, kase, result)
  }),

  step('ohne-warten', async (ctx, kase, form) => {
    const result = await takeNow(ctx, kase.id, form.get('pending'))
    // It may just have happened by itself, which is what was asked for.
    return result.ok || result.problem === 'gone' ? redirect(casePath(kase.number)) : refuse(ctx, kase, result)
  }),

  step('briefe', async (ctx, kase, form) => {
    const typed = letterIn(form)
    const errors = letterErrors(ctx, typed)
    if (Object.keys(errors).length > 0) return wrong(ctx, kase, errors, typed)
    const result = await writeLetter(ctx, kase.id, seenWith(form), writtenLetter(typed))
    if (result.ok) return redirect(casePath(kase.number))
    if (result.problem === 'letter-not-possible')
      return wrong(ctx, kase, { template: texts(ctx).kase.letterFailed }, typed)
    return refuse(ctx, kase, result, typed)
  }),

  step('briefe/vorschau', async (ctx, kase, form) => {
    const typed = letterIn(form)
    const errors = letterErrors(ctx, typed)
    if (Object.keys(errors).length > 0) return wrong(ctx, kase, errors, typed)
    const pdf = await previewFreeLetter(ctx, kase, writtenLetter(typed))
    if (!pdf) return wrong(ctx, kase, { template: texts(ctx).kase.letterFailed }, typed)
    return fileReply({ body: pdf, kind: 'application/pdf', name: `${kase.number}.pdf`, inline: true })
  }),

  step('stellungnahmen', async (ctx, kase, form) => {
    const t = texts(ctx).errors
    const typed = {
      organisation: textOf(form, 'organisation'),
      mail: textOf(form, 'mail'),
      question: textOf(form, 'question'),
    }
    const errors: Record<string, string> = {}
    if (typed.organisation === '' || typed.organisation.length > 200) errors['organisation'] = t.organisationMissing
    if (!isMailAddress(typed.mail)) errors['mail'] = t.mailInvalid
    const questionError = textError(ctx, typed.question)
    if (questionError) errors['question'] = questionError
    if (Object.keys(errors).length > 0) return wrong(ctx, kase, errors, typed)
    const { organisation, mail, question } = typed
    const result = await askForStatement(ctx, kase.id, seenWith(form), { organisation, email: mail, question })
    return result.ok ? redirect(casePath(kase.number)) : refuse(ctx, kase, result, typed)
  }),
]

const letterIn = (form: FormFields) => ({
  template: form.get('template'),
  subject: textOf(form, 'subject'),
  letter: textOf(form, 'letter'),
})

const writtenLetter = ({ template, subject, letter }: ReturnType<typeof letterIn>) => ({
  template,
  subject,
  text: letter,
})

function letterErrors(ctx: Ctx, typed: ReturnType<typeof letterIn>): Record<string, string> {
  const t = texts(ctx).errors
  const textProblem = textError(ctx, typed.letter)
  return {
    ...(typed.template === '' ? { template: t.letterMissing } : {}),
    ...(typed.template === GENERAL_LETTER && typed.subject === '' ? { subject: t.subjectMissing } : {}),
    ...(typed.subject.length > 200 ? { subject: t.subjectTooLong } : {}),
    ...(textProblem ? { letter: textProblem } : {}),
  }
}

/** What was written is in its form again; of a decision, the step as it was filled in. */
async function takenBack(ctx: Ctx, kase: Case, what: Waiting): Promise<Reply> {
  const model = await loadCase(ctx, (await caseById(ctx, kase.id)) ?? kase)
  const message = said(ctx, texts(ctx).done.undoneText)
  if (what.kind !== 'decision') return htmlPage(caseView(ctx, model, { message, typed: typedOf(what) }))
  const transition = model.offered.find(({ name }) => name === what.transition)
  if (!transition || Object.values(what.input).every((value) => value === null)) return done(kase, 'undone')
  return htmlPage(decideView(ctx, model, transition, { message, typed: typedAgain(transition.fields, what.input) }))
}

function typedOf(what: Exclude<Waiting, { kind: 'decision' }>): Record<string, string> {
  switch (what.kind) {
    case 'message':
      return { message: what.body }
    case 'letter':
      return { template: what.template, subject: what.subject, letter: what.text }
    case 'statement':
      return { organisation: what.organisation, mail: what.email, question: what.question }
  }
}
