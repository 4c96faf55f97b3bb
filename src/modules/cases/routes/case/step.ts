import { Type } from '#platform/schema.ts'
import { accountById } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { alert, errorSummary } from '#platform/html/components/index.ts'
import { nothing, type Html } from '#platform/html/html.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import { fail, type Failure } from '#platform/problem.ts'
import { caseById } from '../../store/case.ts'
import type { Case } from '../../store/rows.ts'
import { lastActor } from '../../store/timeline.ts'
import { texts } from '../../texts/index.ts'
import { LONGEST_TEXT, WORK, type Seen } from '../../use-cases/work.ts'
import { caseView } from '../../views/case.ts'
import { casePath, type CasePageState } from '../../views/case-page.ts'
import { said } from '../../views/said.ts'
import { findCase, loadCase } from '../load-case.ts'

export const numbered = Type.Object({ number: Type.String({ maxLength: 64 }) })
export const BASE = '/workbench/vorgaenge/:number'

/** A form of the case page; whoever may not see the case gets 404, whoever may not work on it 403 from the use case. */
export function step(name: string, handle: (ctx: Ctx, kase: Case, form: FormFields) => Promise<Reply>): Route {
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
export const revisionOf = (form: FormFields): number => Number(form.get('revision')) || 0

export const keyOf = (form: FormFields): string => form.get('key').slice(0, 64)

export const seenWith = (form: FormFields): Seen => ({ revision: revisionOf(form), key: keyOf(form) })

export const textOf = (form: FormFields, name: string) =>
  form.get(name).normalize('NFC').replaceAll('\r\n', '\n').trim()

export function textError(ctx: Ctx, body: string): string | null {
  if (body === '') return texts(ctx).errors.textMissing
  return [...body].length > LONGEST_TEXT ? texts(ctx).errors.textTooLong : null
}

type Done = keyof ReturnType<typeof texts>['done']

export const done = (kase: Case, what: Done, at = ''): Reply =>
  redirect(casePath(kase.number, `?done=${what}${at && `#${at}`}`))

export function doneMessage(ctx: Ctx, what: unknown): Html {
  const words = texts(ctx).done
  return typeof what === 'string' && Object.hasOwn(words, what) ? said(ctx, words[what as Done]) : nothing
}

/** The page again with errors at its fields, and everything that was typed. */
export async function wrong(
  ctx: Ctx,
  kase: Case,
  errors: Readonly<Record<string, string>>,
  typed: Readonly<Record<string, string>>,
): Promise<Reply> {
  const state: CasePageState = { errors, typed, message: errorSummary(ctx, errors) }
  return htmlPage(caseView(ctx, await loadCase(ctx, kase), state), { status: 422 })
}

/** The page again, as it is now, with why it did not work; what was typed is still there. */
export async function refuse(
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
