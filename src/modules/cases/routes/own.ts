import { Type } from '#platform/schema.ts'
import { accountsByIds, unitById } from '#modules/accounts/public.ts'
import { payLink, paymentsFor } from '#modules/payments/public.ts'
import { summaryOf, type Transition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { NOTHING_KEPT } from '#platform/files/files.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { alert } from '#platform/html/components/index.ts'
import { nothing, type Html } from '#platform/html/html.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, type Access, type Req, type Route, type Upload } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { offeredTransitions } from '../domain/workflow.ts'
import { documentOf, documentsOf } from '../store/documents.ts'
import { markRead, messagesOf } from '../store/messages.ts'
import type { Case } from '../store/rows.ts'
import { timelineOf } from '../store/timeline.ts'
import { resultsOf } from '../extension.ts'
import { texts } from '../texts/index.ts'
import { handIn, writeToCity } from '../use-cases/applicant.ts'
import { decideAsApplicant } from '../use-cases/decide.ts'
import { definitionFor } from '../use-cases/definition-for.ts'
import { holdsIn, scopeOf } from '../use-cases/scope.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { said } from '../views/said.ts'
import type { OwnPage } from './own-examples.ts'
import { HAND_IN } from '../views/own/documents.ts'
import { isWithdrawal, type OwnModel, type OwnPageState } from '../views/own/model.ts'
import { ownView } from '../views/own/own.ts'
import { ownStepView } from '../views/own/step.ts'
import { wordsOf } from '../views/words.ts'

/** How a page of one's own application is reached: signed in, or by number and code. */
export interface OwnDoor {
  /** `/meine-antraege` or `/stand`. */
  readonly path: string
  readonly access: Access
  /** The case, if it is this person's; null for everything else, whether it exists or not. */
  readonly find: (ctx: Ctx, req: Req<any, any, any>) => Promise<Case | null>
  /** Addresses of pages of applications for tests, by what stands behind the number. */
  readonly examples: (ctx: Ctx, what: OwnPage) => Promise<readonly string[]>
  /** Where somebody is sent who has no case behind this number (yet, or any more). */
  readonly otherwise: (ctx: Ctx, req: Req<any, any, any>) => Promise<Reply> | Reply
}

type Handler = (
  ctx: Ctx,
  model: OwnModel,
  req: Req<Record<string, string>, Record<string, unknown>>,
) => Promise<Reply> | Reply

/** The same pages and forms behind both doors. */
export function ownRoutes(door: OwnDoor): Route[] {
  const numbered = Type.Object({ number: Type.String({ maxLength: 64 }) })
  const withId = Type.Object({ number: Type.String({ maxLength: 64 }), id: Type.String({ maxLength: 64 }) })
  const base = `${door.path}/:number`
  const { access } = door
  const withCase = (handle: Handler) => async (ctx: Ctx, req: Req<any, any, any>) => {
    const kase = await door.find(ctx, req)
    return kase ? handle(ctx, await loadOwn(ctx, kase, door.path), req) : door.otherwise(ctx, req)
  }
  const step = (find: (model: OwnModel, req: Req) => Transition | undefined) => ({
    show: withCase((ctx, model, req) => {
      const transition = find(model, req)
      return transition ? htmlPage(ownStepView(ctx, model, transition)) : redirect(model.base)
    }),
    take: withCase((ctx, model, req) => takeStep(ctx, model, find(model, req), req)),
  })
  const withdrawal = step((model) => model.offered.find((transition) => isWithdrawal(model, transition)))
  const named = step((model, req) => model.offered.find(({ name }) => name === req.params['id']))

  return [
    page({
      path: base,
      access,
      params: numbered,
      examples: (ctx) => door.examples(ctx, 'page'),
      handle: withCase(async (ctx, model, req) => {
        await markRead(ctx, model.kase.id, 'out')
        return htmlPage(ownView(ctx, model, { message: ownMessage(ctx, req.query['done']) }))
      }),
    }),
    page({
      path: `${base}/ruecknahme`,
      access,
      params: numbered,
      examples: (ctx) => door.examples(ctx, 'ruecknahme'),
      handle: withdrawal.show,
    }),
    action({ path: `${base}/ruecknahme`, access, params: numbered, handle: withdrawal.take }),
    page({
      path: `${base}/schritte/:id`,
      access,
      params: withId,
      examples: (ctx) => door.examples(ctx, 'schritte'),
      handle: named.show,
    }),
    action({ path: `${base}/schritte/:id`, access, params: withId, handle: named.take }),
    action({ path: `${base}/nachrichten`, access, params: numbered, perMinute: 10, handle: withCase(receiveMessage) }),
    action({
      path: `${base}/unterlagen`,
      access,
      params: numbered,
      perMinute: 20,
      uploads: async (ctx, req, field) =>
        field !== 'files' ? null : (await door.find(ctx, req)) ? HAND_IN : NOTHING_KEPT,
      handle: withCase(receiveDocuments),
    }),
    page({
      path: `${base}/dokumente/:id`,
      access,
      params: withId,
      examples: (ctx) => door.examples(ctx, 'dokumente'),
      handle: withCase(async (ctx, { kase }, req) => {
        const document = await documentOf(ctx, kase.id, req.params['id'] ?? '')
        return document ? fileReplyOf(ctx, document.fileId) : problem(fail('not-found'))
      }),
    }),
    page({
      path: `${base}/zahlungen/:id`,
      access,
      params: withId,
      examples: (ctx) => door.examples(ctx, 'zahlungen'),
      handle: withCase(async (ctx, model, req) => {
        const payment = model.payments.find(({ id }) => id === req.params['id'])
        return payment ? redirect(await payLink(ctx, payment.id)) : problem(fail('not-found'))
      }),
    }),
  ]
}

export async function loadOwn(ctx: Ctx, kase: Case, path: string): Promise<OwnModel> {
  const definition = await definitionFor(ctx, kase)
  const [unit, documents, messages, payments, timeline, results] = await Promise.all([
    unitById(ctx, kase.unit),
    documentsOf(ctx, kase.id),
    messagesOf(ctx, kase.id),
    paymentsFor(ctx, `case:${kase.id}`),
    timelineOf(ctx, kase.id),
    resultsOf(ctx, kase, path === '/stand' ? 'code' : 'account'),
  ])
  const names = kase.assignee ? await accountsByIds(ctx, [kase.assignee]) : new Map<string, { name: string }>()
  const files = new Map(documents.map((d) => [d.fileId, { name: d.name, kind: d.mediaType, bytes: d.bytes }]))
  return {
    kase,
    definition,
    words: wordsOf(definition, kase.service, ctx.locale),
    unit,
    clerk: kase.assignee ? (names.get(kase.assignee)?.name ?? null) : null,
    summary: kase.erasedAt ? [] : summaryOf(definition, kase.answers, ctx.locale, files),
    documents,
    messages,
    payments: payments.filter(({ state }) => state !== 'cancelled'),
    timeline,
    results,
    offered: kase.closedAt
      ? []
      : offeredTransitions(definition, kase.state, { kind: 'applicant' }, holdsIn(scopeOf(ctx, definition, kase))),
    nameOf: (id) => names.get(id)?.name ?? null,
    base: `${path}/${kase.number}`,
    messageKey: newId(),
  }
}

const DONE = { sent: 'sent', uploaded: 'uploaded', known: 'known', step: 'stepDone' } as const

function ownMessage(ctx: Ctx, what: unknown): Html {
  const t = texts(ctx).own
  return typeof what === 'string' && Object.hasOwn(DONE, what) ? said(ctx, t[DONE[what as keyof typeof DONE]]) : nothing
}

const again = (ctx: Ctx, model: OwnModel, state: OwnPageState, status = 422): Reply =>
  htmlPage(ownView(ctx, model, state), { status })

async function takeStep(ctx: Ctx, model: OwnModel, transition: Transition | undefined, req: Req): Promise<Reply> {
  const t = texts(ctx).own
  const late = () => again(ctx, model, { message: alert(ctx, { kind: 'info', title: t.notPossible, live: true }) }, 409)
  if (!transition) return late()
  const typed = (field: string) => req.form.get(field).replaceAll('\r\n', '\n')
  const result = await decideAsApplicant(ctx, {
    caseId: model.kase.id,
    transition: transition.name,
    revision: null,
    typed,
  })
  if (result.ok) return redirect(`${model.base}?done=step`)
  if (result.problem === 'invalid-input')
    return htmlPage(ownStepView(ctx, model, transition, { typed, problems: result.fieldProblems }), { status: 422 })
  return late()
}

async function receiveMessage(ctx: Ctx, model: OwnModel, req: Req): Promise<Reply> {
  const t = texts(ctx).own.errors
  const body = req.form.get('message').normalize('NFC').replaceAll('\r\n', '\n').trim()
  const error = body === '' ? t.textMissing : [...body].length > LONGEST_TEXT ? t.textTooLong : null
  if (error) return again(ctx, model, { errors: { message: error }, typed: { message: body } })
  const result = await writeToCity(ctx, model.kase.id, body, req.form.get('key').slice(0, 64))
  return result.ok ? redirect(`${model.base}?done=sent#nachrichten`) : problem(fail('not-found'))
}

async function receiveDocuments(ctx: Ctx, model: OwnModel, req: Req): Promise<Reply> {
  const t = texts(ctx).own.errors
  const uploads: readonly Upload[] = req.uploads['files'] ?? []
  if (uploads.length === 0) return again(ctx, model, { errors: { files: t.fileMissing } })
  const refused = uploads.find((upload) => !upload.ok)
  if (refused && !refused.ok) {
    const words = t[refused.problem]
    return again(ctx, model, { errors: { files: typeof words === 'function' ? words(refused.name) : words } })
  }
  const ids = uploads.flatMap((upload) => (upload.ok ? upload.file.id : []))
  const result = await handIn(ctx, model.kase.id, ids)
  if (result.ok) return redirect(`${model.base}?done=${result.value > 0 ? 'uploaded' : 'known'}`)
  return result.problem === 'too-many-documents'
    ? again(ctx, model, { errors: { files: t['too-many-documents'] } }, 409)
    : problem(fail('not-found'))
}
