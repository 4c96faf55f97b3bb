import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { isId, queryChoice } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { readDay } from '#platform/time/day.ts'
import { dayError, descriptionList } from '#platform/html/components/index.ts'
import { offerOf } from '../../offer.ts'
import { closuresFrom } from '../../store/closures.ts'
import { addClosure, changeOfClosure, removeClosure, type WantedClosure } from '../../use-cases/plan/closures.ts'
import { previewHits } from '../../use-cases/plan/make-change.ts'
import { officesFor, PLAN, plansAll } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import {
  closureDays,
  closureOffice,
  closuresPage,
  type ClosuresView,
  type TypedClosure,
} from '../../views/plan/closures.ts'
import { previewPage } from '../../views/plan/preview.ts'
import { choicesIn, stepIn } from './choices.ts'
import { ruleParams } from './one-team.ts'
import { afterChange } from './rule-work.ts'

const PATH = '/workbench/termine/schliesstage'
const access = staff(PLAN)
const DONE = ['eingetragen', 'entfernt'] as const
/** Longer than that is no closing day any more. */
const MOST_DAYS = 60

export const closureRoutes: readonly Route[] = [
  page({
    path: PATH,
    access,
    handle: (ctx, req) => list(ctx, emptyClosure(), {}, queryChoice(req, 'erledigt', DONE)),
  }),
  action({
    path: PATH,
    access,
    handle: async (ctx, req) => {
      const typed = typedIn(req.form)
      if (!isId(typed.id)) return problem(fail('bad-request'))
      const step = stepIn(req.form)
      if (step === 'form') return list(ctx, typed)
      const read = await readClosure(ctx, typed)
      if ('errors' in read) return list(ctx, typed, read.errors)
      if (step === 'preview') return preview(ctx, typed, read)
      const added = await addClosure(ctx, read, choicesIn(req.form))
      if (added.ok) return redirect(afterChange(added.value, `${PATH}?erledigt=eingetragen`))
      // Sent twice: it is there already.
      return added.problem === 'edited-by-others' ? redirect(`${PATH}?erledigt=eingetragen`) : problem(added)
    },
  }),
  action({
    path: `${PATH}/:id`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const removed = await removeClosure(ctx, req.params.id, await mayPlan(ctx))
      return removed.ok ? redirect(`${PATH}?erledigt=entfernt`) : problem(removed)
    },
  }),
]

/** Whoever keeps a house shuts it, for all units in it; the others block their own counters. */
async function keptOffices(ctx: Ctx) {
  return (await officesFor(ctx, PLAN)).filter(({ units: [keeper] }) => keeper !== undefined && may(ctx, PLAN, keeper))
}

export async function mayPlan(ctx: Ctx): Promise<(office: string | null) => boolean> {
  const [kept, all] = [await keptOffices(ctx), await plansAll(ctx)]
  return (office) => (office === null ? all : kept.some(({ slug }) => slug === office))
}

export async function ownClosures(ctx: Ctx) {
  const offices = await officesFor(ctx, PLAN)
  return closuresFrom(
    ctx,
    today(ctx.clock),
    offices.map(({ slug }) => slug),
  )
}

async function list(
  ctx: Ctx,
  typed: TypedClosure,
  errors: ClosuresView['errors'] = {},
  done: ClosuresView['done'] = null,
): Promise<Reply> {
  const view = {
    closures: await ownClosures(ctx),
    offices: await officesFor(ctx, PLAN),
    kept: await keptOffices(ctx),
    mayAll: await plansAll(ctx),
    typed,
    errors,
    done,
  }
  return htmlPage(closuresPage(ctx, view), { status: Object.keys(errors).length > 0 ? 422 : 200 })
}

const emptyClosure = (): TypedClosure => ({ id: newId(), office: '', firstDay: '', lastDay: '', reason: '' })

const typedIn = (form: FormFields): TypedClosure => ({
  id: form.get('id'),
  office: form.get('office').trim().slice(0, 80),
  firstDay: form.get('firstDay').trim().slice(0, 20),
  lastDay: form.get('lastDay').trim().slice(0, 20),
  reason: form.get('reason').trim().slice(0, 100),
})

export async function readClosure(
  ctx: Ctx,
  typed: TypedClosure,
): Promise<WantedClosure | { readonly errors: Readonly<Record<string, string>> }> {
  const t = texts(ctx).plan.problems
  const errors: Record<string, string> = {}
  const day = (name: 'firstDay' | 'lastDay', from: Temporal.PlainDate) => {
    const read = readDay(typed[name], { today: from, lean: 'coming' })
    const words = dayError(ctx, read, { required: name === 'firstDay' })
    if (words) errors[name] = words
    return read.date
  }
  const office = typed.office === 'alle' ? null : typed.office
  if (typed.office === '' || !(await mayPlan(ctx))(office)) errors['office'] = t.officeMissing
  const firstDay = day('firstDay', today(ctx.clock))
  const lastDay = day('lastDay', firstDay ?? today(ctx.clock)) ?? firstDay
  if (firstDay && Temporal.PlainDate.compare(firstDay, today(ctx.clock)) < 0) errors['firstDay'] = t.dayPast
  if (firstDay && lastDay && Temporal.PlainDate.compare(lastDay, firstDay) < 0)
    errors['lastDay'] = t['last-before-first']
  if (firstDay && lastDay && firstDay.until(lastDay).days > MOST_DAYS) errors['lastDay'] = t.closureLong
  if (typed.reason === '') errors['reason'] = t.reasonMissing
  if (Object.keys(errors).length > 0 || !firstDay || !lastDay) return { errors }
  return { id: typed.id, office, firstDay, lastDay, reason: typed.reason }
}

async function preview(ctx: Ctx, typed: TypedClosure, closure: WantedClosure): Promise<Reply> {
  const t = texts(ctx).plan
  const offices = await officesFor(ctx, PLAN)
  return htmlPage(
    previewPage(ctx, {
      kind: 'closure',
      preline: t.closures.title,
      back: { path: PATH, label: t.closures.title },
      what: descriptionList(ctx, [
        { label: t.closures.days, value: closureDays(ctx, closure) },
        { label: t.closures.office, value: closureOffice(ctx, offices, closure.office) },
        { label: t.closures.reason, value: closure.reason },
      ]),
      action: PATH,
      hidden: Object.entries(typed),
      hits: await previewHits(ctx, changeOfClosure(closure)),
      offer: await offerOf(ctx),
    }),
  )
}
