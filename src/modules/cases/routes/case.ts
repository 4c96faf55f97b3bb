import { Type } from 'typebox'
import type { Ctx } from '#platform/context.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { alert, errorSummary } from '#platform/html/components/index.ts'
import { nothing, type Html } from '#platform/html/html.ts'
import { fileReply, htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import { fail, type Failure } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { isMailAddress } from '#modules/notifications/public.ts'
import { accountById } from '#modules/accounts/public.ts'
import { GENERAL_LETTER } from '../domain/letters.ts'
import { readFollowUp } from '../domain/follow-up.ts'
import { typedAgain } from '../domain/field-words.ts'
import type { Waiting } from '../domain/waiting.ts'
import { caseById } from '../store/case.ts'
import { documentOf } from '../store/documents.ts'
import { exampleDocument, exampleNumbers } from '../store/examples.ts'
import { markRead } from '../store/messages.ts'
import type { Case } from '../store/rows.ts'
import { lastActor } from '../store/timeline.ts'
import { READ } from '../store/visible.ts'
import { texts } from '../texts/index.ts'
import { renewAccessCode } from '../use-cases/access-code.ts'
import { previewFreeLetter, writeLetter } from '../use-cases/letters.ts'
import { writeToApplicant } from '../use-cases/messages.ts'
import { askForStatement } from '../use-cases/statements.ts'
import { takeNow } from '../use-cases/take-waiting.ts'
import { undo } from '../use-cases/waiting.ts'
import { addNote, followUp, handOver, LONGEST_TEXT, markSeen, takeCase, WORK, type Seen } from '../use-cases/work.ts'
import { caseView } from '../views/case.ts'
import { casePath, type CasePageState } from '../views/case-page.ts'
import { decideView } from '../views/decide.ts'
import { said } from '../views/said.ts'
import { findCase, loadCase } from './load-case.ts'

const numbered = Type.Object({ number: Type.String({ maxLength: 64 }) })
const BASE = '/workbench/vorgaenge/:number'

const examples = async (ctx: Ctx) => (await exampleNumbers(ctx)).map((number) => `/workbench/vorgaenge/${number}`)

async function documentExamples(ctx: Ctx): Promise<string[]> {
  const found = await exampleDocument(ctx, await exampleNumbers(ctx))
  return found ? [casePath(found.number, `/dokumente/${found.id}`)] : []
}

export const caseRoutes: readonly Route[] = [
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

  step('uebernahme', async (ctx, kase, form) => {
    const result = await takeCase(ctx, kase.id, revisionOf(form))
    return result.ok ? done(kase, 'taken') : refuse(ctx, kase, result)
  }),

  step('uebergabe', async (ctx, kase, form) => {
    const to = form.get('to')
    const unit = form.get('unit')
    const typed = { to, unit }
    if (to === '' && unit === '') return wrong(ctx, kase, { to: texts(ctx).errors.colleagueMissing }, typed)
    const target = { to: to === '' || to === 'nobody' ? null : to, ...(unit === '' ? {} : { unit }) }
    const result = await handOver(ctx, kase.id, revisionOf(form), target)
    if (result.ok)
      return (await findCase(ctx, kase.number)) ? done(kase, 'handed') : redirect('/workbench?changed=1&left=0')
    if (result.problem === 'no-such-colleague')
      return wrong(ctx, kase, { to: texts(ctx).errors['no-such-colleague'] }, typed)
    return refuse(ctx, kase, result, typed)
  }),

  step('wiedervorlage', async (ctx, kase, form) => {
    const typed = form.get('on').trim()
    const read = readFollowUp(typed, today(ctx.clock))
    if (!read.ok) return wrong(ctx, kase, { on: texts(ctx).errors[read.problem] }, { on: typed })
    const result = await followUp(ctx, kase.id, revisionOf(form), read.on)
    return result.ok ? done(kase, 'followUp') : refuse(ctx, kase, result, { on: typed })
  }),

  step('notizen', async (ctx, kase, form) => {
    const body = textOf(form, 'note')
    const error = textError(ctx, body)
    if (error) return wrong(ctx, kase, { note: error }, { note: body })
    const result = await addNote(ctx, kase.id, keyOf(form), body)
    return result.ok ? done(kase, 'noted', 'notizen') : refuse(ctx, kase, result, { note: body })
  }),

  step('nachrichten', async (ctx, kase, form) => {
    const body = textOf(form, 'message')
    const error = textError(ctx, body)
    if (error) return wrong(ctx, kase, { message: error }, { message: body })
    const result = await writeToApplicant(ctx, kase.id, seenWith(form), body)
    return result.ok ? redirect(casePath(kase.number)) : refuse(ctx, kase, result, { message: body })
  }),

  step('sichtung', async (ctx, kase) => {
    const result = await markSeen(ctx, kase.id)
    return result.ok ? done(kase, 'seen') : refuse(ctx, kase, result)
  }),

  step('zugangscode', async (ctx, kase, form) => {
    const result = await renewAccessCode(ctx, kase.id, revisionOf(form))
    if (!result.ok) return refuse(ctx, kase, result)
    // Shown in the reply itself and nowhere kept; a reload asks before it makes another.
    const message = said(ctx, texts(ctx).kase.newCode(result.value))
    return htmlPage(caseView(ctx, await loadCase(ctx, (await caseById(ctx, kase.id)) ?? kase), { message }))
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

/** A form of the case page; whoever may not see the case gets 404, whoever may not work on it 403 from the use case. */
function step(name: string, handle: (ctx: Ctx, kase: Case, form: FormFields) => Promise<Reply>): Route {
  return action({
    path: `${BASE}/${name}`,
    access: staff(WORK),
    params: numbered,
    handle: async (ctx, req) => {
      const kase = await findCase(ctx, req.params.number)
      return kase ? handle(ctx, kase, req.form) : problem(fail('not-found'))
    },
  })
}

/** The revision that the page was shown with; a form without one is as old as can be. */
const revisionOf = (form: FormFields): number => Number(form.get('revision')) || 0

const keyOf = (form: FormFields): string => form.get('key').slice(0, 64)

const seenWith = (form: FormFields): Seen => ({ revision: revisionOf(form), key: keyOf(form) })

const textOf = (form: FormFields, name: string) => form.get(name).normalize('NFC').replaceAll('\r\n', '\n').trim()

function textError(ctx: Ctx, body: string): string | null {
  if (body === '') return texts(ctx).errors.textMissing
  return [...body].length > LONGEST_TEXT ? texts(ctx).errors.textTooLong : null
}

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

type Done = keyof ReturnType<typeof texts>['done']

const done = (kase: Case, what: Done, at = ''): Reply =>
  redirect(casePath(kase.number, `?done=${what}${at && `#${at}`}`))

function doneMessage(ctx: Ctx, what: unknown): Html {
  const words = texts(ctx).done
  return typeof what === 'string' && Object.hasOwn(words, what) ? said(ctx, words[what as Done]) : nothing
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

/** The page again with errors at its fields, and everything that was typed. */
async function wrong(
  ctx: Ctx,
  kase: Case,
  errors: Readonly<Record<string, string>>,
  typed: Readonly<Record<string, string>>,
): Promise<Reply> {
  const state: CasePageState = { errors, typed, message: errorSummary(ctx, errors) }
  return htmlPage(caseView(ctx, await loadCase(ctx, kase), state), { status: 422 })
}

/** The page again, as it is now, with why it did not work; what was typed is still there. */
async function refuse(
  ctx: Ctx,
  kase: Case,
  failure: Failure<string>,
  typed: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  if (failure.problem === 'not-found') return problem(fail('not-found'))
  const now = (await caseById(ctx, kase.id)) ?? kase
  const message = await refusalMessage(ctx, now, failure.problem)
  const status = failure.problem === 'forbidden' ? 403 : 409
  return htmlPage(caseView(ctx, await loadCase(ctx, now), { message, typed }), { status })
}

/** Why it did not work: in particular who has changed the case meanwhile. */
export async function refusalMessage(ctx: Ctx, kase: Case, word: string, says?: LocalizedText): Promise<Html> {
  const t = texts(ctx).errors
  if (says) return alert(ctx, { kind: 'danger', title: t['action-refused'], body: says[ctx.locale], live: true })
  if (word === 'edited-by-others') {
    const last = await lastActor(ctx, kase.id)
    const name = last && (await actorName(ctx, last.actor))
    const body = t.editedBy(name ?? t.somebody, last ? formatDateTime(ctx, last.at) : '')
    return alert(ctx, { kind: 'danger', title: t.edited, body, live: true })
  }
  const title = Object.hasOwn(t, word) ? t[word as keyof typeof t] : t['transition-not-allowed']
  return alert(ctx, {
    kind: 'danger',
    title: typeof title === 'string' ? title : t['transition-not-allowed'],
    live: true,
  })
}

async function actorName(ctx: Ctx, actor: string): Promise<string> {
  const t = texts(ctx)
  if (actor === 'system') return t.errors.machine
  if (actor === 'applicant') return t.timeline.applicant
  return (await accountById(ctx, actor))?.name ?? t.errors.somebody
}
