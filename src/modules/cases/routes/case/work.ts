import { htmlPage, redirect } from '#platform/http/reply.ts'
import type { Route } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { readFollowUp } from '../../domain/follow-up.ts'
import { caseById } from '../../store/case.ts'
import { texts } from '../../texts/index.ts'
import { renewAccessCode } from '../../use-cases/access-code.ts'
import { addNote, followUp, handOver, markSeen, takeCase } from '../../use-cases/work.ts'
import { caseView } from '../../views/case.ts'
import { said } from '../../views/said.ts'
import { findCase, loadCase } from '../load-case.ts'
import { done, keyOf, refuse, revisionOf, step, textError, textOf, wrong } from './step.ts'

/** What a clerk does with a case that stays in the house: take, hand over, follow up, note. */
export const workRoutes: readonly Route[] = [
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
]
