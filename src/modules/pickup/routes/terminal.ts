import { officeBySlug } from '#modules/catalogue/public.ts'
import { deviceOf, onDevice } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { problemTexts } from '#platform/http/problems.ts'
import { isId, queryText } from '#platform/http/query.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, type Req, type Route } from '#platform/http/route.ts'
import type { Failure } from '#platform/problem.ts'
import type { Document } from '../domain/document.ts'
import { documentAt } from '../store/documents.ts'
import { exampleOpening } from '../store/examples.ts'
import { texts } from '../texts/index.ts'
import { doorFailed, take } from '../use-cases/change.ts'
import { openWithCode } from '../use-cases/collect.ts'
import { CODE_DIGITS, KEYS, openPage, startPage, TERMINAL, type Said } from '../views/terminal.ts'

const access = onDevice(['pickup'])
/** Somebody who types, digit by digit, without scripts. */
const PER_MINUTE = 240

const said = (ctx: Ctx, failure: Failure<string>): Said => {
  const words = problemTexts(ctx.app).get(failure.problem)!
  return {
    kind: 'danger',
    title: words.title[ctx.locale],
    body: failure.says?.[ctx.locale] ?? words.advice[ctx.locale],
  }
}

/** What stands in the field after the key that was touched; null where the code is to be tried. */
function typedSoFar(form: Req['form']): string | null {
  const typed = form.get('code').replaceAll(/\D/g, '').slice(0, CODE_DIGITS)
  const digit = form.get(KEYS.sign)
  if (/^\d$/.test(digit)) return (typed + digit).slice(0, CODE_DIGITS)
  return form.has(KEYS.erase) ? typed.slice(0, -1) : null
}

/** An opening of this terminal that nobody has confirmed yet; otherwise the start. */
const opened =
  (handle: (ctx: Ctx, document: Document) => Promise<Reply>) =>
  async (ctx: Ctx, req: Req): Promise<Reply> => {
    const id = req.params['id'] ?? ''
    const device = deviceOf(ctx)!
    const document = isId(id) ? await documentAt(ctx, device.office, id) : null
    if (document?.device !== device.id || document.state !== 'open') return redirect(TERMINAL)
    return handle(ctx, document)
  }

async function officeName(ctx: Ctx): Promise<string> {
  const { office } = deviceOf(ctx)!
  return (await officeBySlug(ctx, office))?.name[ctx.locale] ?? office
}

const shown = async (ctx: Ctx, view: { typed: string; said: Said | null; error: string | null }, status = 200) =>
  htmlPage(startPage(ctx, { ...view, office: await officeName(ctx) }), { status })

const NOTES = ['danke', 'klemmt'] as const

export const terminalRoutes: readonly Route[] = [
  page({
    path: TERMINAL,
    access,
    handle: async (ctx, req) => {
      const t = texts(ctx).terminal
      const note = NOTES.find((one) => one === queryText(req, 'hinweis'))
      const notes: Record<(typeof NOTES)[number], Said> = {
        danke: { kind: 'success', title: t.thanks },
        klemmt: { kind: 'warning', title: t.stuckTitle, body: t.stuckBody },
      }
      return shown(ctx, { typed: '', said: note ? notes[note] : null, error: null })
    },
  }),
  action({
    path: TERMINAL,
    access,
    perMinute: PER_MINUTE,
    handle: async (ctx, req) => {
      const typed = typedSoFar(req.form)
      if (typed !== null) return shown(ctx, { typed, said: null, error: null })
      const code = req.form.get('code')
      const result = await openWithCode(ctx, deviceOf(ctx)!, code)
      if (result.ok) return redirect(`${TERMINAL}/fach/${result.value.id}`)
      const unreadable = result.problem === 'pickup-code-unreadable'
      const kept = unreadable ? code.replaceAll(/\D/g, '').slice(0, CODE_DIGITS) : ''
      const view = {
        typed: kept,
        said: unreadable ? null : said(ctx, result),
        error: unreadable ? texts(ctx).terminal.missing : null,
      }
      return shown(ctx, view, 422)
    },
  }),
  page({
    path: `${TERMINAL}/fach/:id`,
    access,
    examples: async (ctx) => (await exampleOpening(ctx)).map((id) => `${TERMINAL}/fach/${id}`),
    handle: opened(async (ctx, document) => htmlPage(openPage(ctx, document, await officeName(ctx)))),
  }),
  action({
    path: `${TERMINAL}/fach/:id/genommen`,
    access,
    handle: opened(async (ctx, document) => {
      const taken = await take(ctx, document.id, 'person')
      return redirect(taken.ok ? `${TERMINAL}?hinweis=danke` : TERMINAL)
    }),
  }),
  action({
    path: `${TERMINAL}/fach/:id/klemmt`,
    access,
    handle: opened(async (ctx, document) => {
      const failed = await doorFailed(ctx, document.id, 'person')
      return redirect(failed.ok ? `${TERMINAL}?hinweis=klemmt` : TERMINAL)
    }),
  }),
]
