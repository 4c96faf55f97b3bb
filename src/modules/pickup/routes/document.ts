import { officesFor } from '#modules/catalogue/public.ts'
import { devicesOfKind } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { problemTexts } from '#platform/http/problems.ts'
import { isId, queryEntry } from '#platform/http/query.ts'
import { fileReply, htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail, type Failure, type Result } from '#platform/problem.ts'
import { LONGEST, MANAGE, type Document, type State } from '../domain/document.ts'
import { custodyOf } from '../store/custody.ts'
import { documentForStaff } from '../store/documents.ts'
import { examplesIn } from '../store/examples.ts'
import { texts } from '../texts/index.ts'
import { printLetter, renewCode } from '../use-cases/announce.ts'
import { deposit, doorFailed, returnToCounter, take, withdraw } from '../use-cases/change.ts'
import { handOver } from '../use-cases/collect.ts'
import { custodyDetail, custodyEvent } from '../views/custody.ts'
import { documentPage, type Done } from '../views/document.ts'
import { LIST } from '../views/list.ts'
import { namesIn } from './names.ts'

const manage = staff(MANAGE)

/** In which states what was done is still so: a page is loaded again after somebody else went on. */
const STILL_SO: Readonly<Record<Done, readonly State[]>> = {
  angekuendigt: ['ready'],
  eingelegt: ['deposited'],
  ausgegeben: ['collected'],
  zurueck: ['ready'],
  genommen: ['collected'],
  'noch-da': ['deposited'],
  code: ['ready', 'deposited'],
  zurueckgezogen: ['withdrawn'],
}

const one =
  (handle: (ctx: Ctx, req: Req, document: Document) => Promise<Reply>) =>
  async (ctx: Ctx, req: Req): Promise<Reply> => {
    const id = req.params['id'] ?? ''
    const document = isId(id) ? await documentForStaff(ctx, id) : null
    return document ? handle(ctx, req, document) : problem(fail('not-found'))
  }

async function shown(
  ctx: Ctx,
  document: Document,
  more: { done?: Done | null; errors?: Readonly<Record<string, string>> } = {},
): Promise<Reply> {
  const custody = await custodyOf(ctx, document.id)
  const names = await namesIn(ctx, custody, document.device === null ? [] : [document.device])
  const view = {
    document,
    custody,
    ...names,
    offices: await officesFor(ctx, MANAGE),
    lockersHere: await devicesOfKind(ctx, [document.office], 'pickup'),
    done: more.done ?? null,
    errors: more.errors ?? {},
  }
  return htmlPage(documentPage(ctx, view), { status: more.errors ? 422 : 200 })
}

/** What was wrong, at the field it is about; '' where it is about the whole. */
async function refused(ctx: Ctx, document: Document, failure: Failure<string>, field = ''): Promise<Reply> {
  if (failure.problem === 'not-found') return problem(failure)
  const words = problemTexts(ctx.app).get(failure.problem)!
  const message = `${words.title[ctx.locale]}. ${failure.says?.[ctx.locale] ?? words.advice[ctx.locale]}`
  const now = await documentForStaff(ctx, document.id)
  return shown(ctx, now ?? document, { errors: { [field]: message } })
}

/** A button without questions. */
const change = (name: string, done: Done, does: (ctx: Ctx, id: string, req: Req) => Promise<Result<Document>>) =>
  action({
    path: `${LIST}/:id/${name}`,
    access: manage,
    handle: one(async (ctx, req, document) => {
      const result = await does(ctx, document.id, req)
      return result.ok ? redirect(`${LIST}/${document.id}?hinweis=${done}`) : refused(ctx, document, result)
    }),
  })

export const documentRoutes: readonly Route[] = [
  page({
    path: `${LIST}/:id`,
    access: manage,
    examples: async (ctx) => (await examplesIn(ctx)).map((id) => `${LIST}/${id}`),
    handle: one((ctx, req, document) => {
      const known = Object.fromEntries(Object.keys(texts(ctx).staff.done).map((done) => [done, done as Done]))
      const done = queryEntry(req, 'hinweis', known)
      return shown(ctx, document, { done: done && STILL_SO[done].includes(document.state) ? done : null })
    }),
  }),
  page({
    path: `${LIST}/:id/verwahrung.csv`,
    access: manage,
    examples: () => [],
    handle: one(async (ctx, _req, document) => {
      const t = texts(ctx).staff
      const entries = await custodyOf(ctx, document.id)
      const names = await namesIn(ctx, entries)
      return csvReply(
        `${t.custody}.csv`,
        [t.at, t.event, t.who, t.detail],
        entries.map((entry) => [
          entry.at,
          custodyEvent(ctx, entry),
          names.actors.get(entry.actor) ?? entry.actor,
          custodyDetail(ctx, entry, names),
        ]),
      )
    }),
  }),
  action({
    path: `${LIST}/:id/ausgeben`,
    access: manage,
    handle: one(async (ctx, req, document) => {
      const proof = req.form.get('nachweis') === 'identity-card' ? 'identity-card' : { code: req.form.get('code') }
      const result = await handOver(ctx, document.id, proof)
      if (result.ok) return redirect(`${LIST}/${document.id}?hinweis=ausgegeben`)
      return refused(ctx, document, result, result.problem === 'pickup-not-possible' ? '' : 'code')
    }),
  }),
  action({
    path: `${LIST}/:id/einlegen`,
    access: manage,
    handle: one(async (ctx, req, document) => {
      const t = texts(ctx).staff.errors
      const lockers = await devicesOfKind(ctx, [document.office], 'pickup')
      const locker = lockers.find(({ id }) => id === req.form.get('geraet'))
      const typed = req.form.get('fach').trim()
      const compartment = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
      const inRange = compartment >= 1 && compartment <= LONGEST.compartment
      if (!locker || !inRange)
        return shown(ctx, document, {
          errors: { ...(locker ? {} : { geraet: t.locker }), ...(inRange ? {} : { fach: t.compartment }) },
        })
      const result = await deposit(ctx, document.id, locker.id, compartment)
      if (result.ok) return redirect(`${LIST}/${document.id}?hinweis=eingelegt`)
      return refused(
        ctx,
        document,
        result,
        ['compartment-taken', 'already-deposited'].includes(result.problem) ? 'fach' : '',
      )
    }),
  }),
  action({
    path: `${LIST}/:id/brief`,
    access: manage,
    handle: one(async (ctx, _req, document) => {
      const result = await printLetter(ctx, document.id)
      if (!result.ok) return refused(ctx, document, result)
      const name = `${texts(ctx).staff.letterName(document.title)}.pdf`
      return fileReply({ body: result.value.pdf, kind: 'application/pdf', name, inline: true })
    }),
  }),
  change('zurueck', 'zurueck', returnToCounter),
  change('genommen', 'genommen', (ctx, id) => take(ctx, id, 'staff')),
  change('noch-da', 'noch-da', (ctx, id) => doorFailed(ctx, id, 'staff')),
  change('code', 'code', (ctx, id, req) => renewCode(ctx, id, req.form.get('nummer'))),
  change('zurueckziehen', 'zurueckgezogen', withdraw),
]
