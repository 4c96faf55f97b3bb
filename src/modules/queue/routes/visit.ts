import { bookingsOfDay } from '#modules/appointments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, type Route } from '#platform/http/route.ts'
import { fail, type Result } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { today } from '#platform/time/clock.ts'
import { PRIORITIES } from '../domain/visit.ts'
import { exampleVisits } from '../store/examples.ts'
import { visitOfDay } from '../store/visits.ts'
import { namesOf } from '../use-cases/desk.ts'
import { houseOf, originsOf, ownTeams } from '../use-cases/offices.ts'
import { readRoom } from '../use-cases/room.ts'
import { forwardVisit, notArrived, prioritise } from '../use-cases/steer.ts'
import { DESK } from '../views/seats.ts'
import { visitPage, type VisitView } from '../views/visit.ts'
import { answer, mayCall } from './desk.ts'

const common = { access: mayCall, params: Type.Object({ id: Type.String({ maxLength: 40 }) }) }

export const visitRoutes: readonly Route[] = [
  page({
    ...common,
    path: `${DESK}/besuch/:id`,
    examples: async (ctx) => {
      return (await exampleVisits(ctx, [...(await ownTeams(ctx))])).map((id) => `${DESK}/besuch/${id}`)
    },
    handle: async (ctx, req) => {
      const view = await viewOf(ctx, req.params.id)
      return view ? htmlPage(visitPage(ctx, view)) : problem(fail('not-found'))
    },
  }),
  action({
    ...common,
    path: `${DESK}/besuch/:id/vorrang`,
    handle: async (ctx, { params, form }) => {
      const typed = { priority: form.get('priority'), reason: form.get('reason').slice(0, 1_000) }
      const priority = PRIORITIES.find((one) => one === typed.priority)
      if (!priority) return problem(fail('bad-request'))
      return steered(ctx, params.id, await prioritise(ctx, params.id, priority, typed.reason), typed)
    },
  }),
  action({
    ...common,
    path: `${DESK}/besuch/:id/weiter`,
    handle: async (ctx, { params, form }) => {
      const [team = '', counter = ''] = form.get('to').split(' ')
      const sent = await forwardVisit(ctx, params.id, { team, counter: counter || null })
      return sent.ok ? answer(ctx, sent, params.id) : steered(ctx, params.id, sent, null)
    },
  }),
  action({
    ...common,
    path: `${DESK}/besuch/:id/nicht-angekommen`,
    handle: async (ctx, { params }) => {
      const gone = await notArrived(ctx, params.id)
      // Sent twice, or by two: there is no such visit any more.
      return answer(ctx, !gone.ok && gone.problem === 'not-found' ? fail('visit-moved-on') : gone)
    },
  }),
]

async function steered(
  ctx: Ctx,
  id: string,
  result: Result<unknown>,
  typed: VisitView['typed'] | null,
): Promise<Reply> {
  if (result.ok) return redirect(DESK)
  const view = result.fields ? await viewOf(ctx, id) : null
  if (!view) return answer(ctx, result)
  const html = visitPage(ctx, { ...view, typed: typed ?? view.typed, errors: result.ok ? {} : result.fields! })
  return htmlPage(html, { status: 422 })
}

/** Somebody of today who came to a team for which the clerk calls. */
async function viewOf(ctx: Ctx, id: string): Promise<VisitView | null> {
  const visit = await visitOfDay(ctx, id, today(ctx.clock))
  const house = visit && (await houseOf(ctx, visit.office))
  const own = await ownTeams(ctx)
  if (!house || !own.has(visit.team)) return null
  const typed = { priority: visit.priority, reason: visit.priorityReason ?? '' }
  const origins = await originsOf(ctx, { visits: [visit] })
  const names = namesOf(await bookingsOfDay(ctx, visit.office, today(ctx.clock)))
  return { house, visit, origins, names, room: await readRoom(ctx, visit.office), typed, errors: {} }
}
