import { servicePages } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, page, type Route } from '#platform/http/route.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { today } from '#platform/time/clock.ts'
import { visitAt } from '../domain/room.ts'
import type { Visit } from '../domain/visit.ts'
import { exampleForwarded } from '../store/examples.ts'
import { visitOfDay } from '../store/visits.ts'
import { ownTeams } from '../use-cases/offices.ts'
import { forwardedTo, forwardToOffice, otherOffices } from '../use-cases/other-offices.ts'
import { readRoom } from '../use-cases/room.ts'
import { ownSeat } from '../use-cases/seat.ts'
import { officesPage, onwardPage, sentPage } from '../views/elsewhere.ts'
import { elsewherePath, sentPath } from '../views/seats.ts'
import { answer, mayCall } from './desk.ts'

const common = { access: mayCall, params: Type.Object({ id: Type.String({ maxLength: 40 }) }) }

/** Sending somebody on to another office. */
export const elsewhereRoutes: readonly Route[] = [
  page({
    ...common,
    path: elsewherePath(':id'),
    examples: async (ctx) => {
      const visit = await atOwnCounter(ctx)
      if (!visit) return []
      const [first] = await otherOffices(ctx, visit.office)
      return [elsewherePath(visit.id), ...(first ? [`${elsewherePath(visit.id)}?an=${first.office.slug}`] : [])]
    },
    handle: async (ctx, req) => {
      const found = await presentVisit(ctx, req.params.id)
      if (!found.ok) return answer(ctx, found)
      const visit = found.value
      const others = await otherOffices(ctx, visit.office)
      const other = others.find(({ office }) => office.slug === queryText(req, 'an'))
      if (!other) return htmlPage(officesPage(ctx, visit, others))
      const services = await servicePages(ctx)
      return htmlPage(onwardPage(ctx, { visit, other, services, typed: { service: '', note: '' }, errors: {} }))
    },
  }),
  action({
    ...common,
    path: elsewherePath(':id'),
    handle: async (ctx, { params, form }) => {
      const typed = { service: form.get('service').slice(0, 80), note: form.get('note').slice(0, 1_000) }
      const office = form.get('office')
      const services = typed.service === '' ? [] : [typed.service]
      const sent = await forwardToOffice(ctx, params.id, { office, services, note: typed.note })
      if (sent.ok) return redirect(sentPath(params.id))
      const visit = sent.fields ? await presentVisit(ctx, params.id) : null
      if (!visit?.ok) return answer(ctx, sent)
      const others = await otherOffices(ctx, visit.value.office)
      const other = others.find((one) => one.office.slug === office)
      const html = other
        ? onwardPage(ctx, {
            visit: visit.value,
            other,
            services: await servicePages(ctx),
            typed,
            errors: sent.fields!,
          })
        : officesPage(ctx, visit.value, others)
      return htmlPage(html, { status: 422 })
    },
  }),
  page({
    ...common,
    path: sentPath(':id'),
    examples: async (ctx) => (await exampleForwarded(ctx, [...(await ownTeams(ctx))])).map(sentPath),
    handle: async (ctx, req) => {
      const visit = await visitOfDay(ctx, req.params.id, today(ctx.clock))
      if (!visit || !(await ownTeams(ctx)).has(visit.team)) return problem(fail('not-found'))
      const next = await forwardedTo(ctx, visit)
      return next
        ? htmlPage(sentPage(ctx, { visit, next, services: await servicePages(ctx) }))
        : problem(fail('not-found'))
    },
  }),
]

/** Who is at the clerk's own counter, or on the way there. */
async function atOwnCounter(ctx: Ctx): Promise<Visit | null> {
  const seat = await ownSeat(ctx)
  return seat && visitAt(await readRoom(ctx, seat.office), seat.id)
}

/** The same, if it is that one. */
async function presentVisit(ctx: Ctx, id: string): Promise<Result<Visit>> {
  const visit = await atOwnCounter(ctx)
  return visit?.id === id ? ok(visit) : fail('visit-moved-on')
}
