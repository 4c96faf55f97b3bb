import { newId } from '#platform/db/id.ts'
import { Problem } from '#platform/http/openapi.ts'
import { isId } from '#platform/http/query.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { addClosure, changeOfClosure, removeClosure } from '../../use-cases/plan/closures.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { mayPlan, ownClosures, readClosure } from './closures.ts'
import { ruleParams } from './one-team.ts'
import { changed, Changed, Day, DecidingFields, planTags } from './plan-api.ts'

const access = staff(PLAN)
const refusals = { 404: Problem, 409: Problem, 422: Problem }
const Office = Type.Union([Type.String({ maxLength: 80 }), Type.Null()], { description: 'null: all of them' })
const Closure = Type.Object({
  id: Type.String({ format: 'uuid' }),
  office: Office,
  firstDay: Day,
  lastDay: Day,
  reason: Type.String(),
})

/** Closing days for programs of the staff, as their page has them. */
export const closureApiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/appointments/closures',
    access,
    summary: 'Closing days to come of the offices for which the account plans, and those of all offices',
    tags: planTags,
    replies: { 200: Type.Object({ closures: Type.Array(Closure) }) },
    handle: async (ctx) => {
      const closures = (await ownClosures(ctx)).map(({ id, office, firstDay, lastDay, reason }) => ({
        id,
        office,
        firstDay: firstDay.toString(),
        lastDay: lastDay.toString(),
        reason,
      }))
      return jsonReply({ closures })
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/appointments/closures',
    access,
    summary: 'Shuts an office, or all of them, on some days',
    tags: planTags,
    body: Type.Object({
      id: Type.Optional(
        Type.String({
          format: 'uuid',
          description: 'Yours: sent twice, it is one closure, and the second time is refused (409)',
        }),
      ),
      office: Office,
      firstDay: Day,
      lastDay: Type.Optional(Day),
      reason: Type.String({ maxLength: 100 }),
      ...DecidingFields,
    }),
    replies: { 200: Changed, 201: Changed, ...refusals },
    handle: async (ctx, { body }) => {
      const { id = newId(), office, firstDay, lastDay = '', reason } = body
      if (!isId(id)) return problem(fail('bad-request'))
      const typed = { id, office: office ?? 'alle', firstDay, lastDay, reason: reason.trim() }
      const read = await readClosure(ctx, typed)
      if ('errors' in read) return problem(fail('invalid-input', { fields: read.errors }))
      return changed(ctx, changeOfClosure(read), body, (choices) => addClosure(ctx, read, choices), { status: 201 })
    },
  }),
  api({
    method: 'DELETE',
    path: '/api/v1/appointments/closures/:id',
    access,
    summary: 'Opens again what a closure shut',
    tags: planTags,
    params: ruleParams,
    replies: { 200: Type.Object({ removed: Type.Boolean() }), 404: Problem },
    handle: async (ctx, req) => {
      const removed = await removeClosure(ctx, req.params.id, await mayPlan(ctx))
      return removed.ok ? jsonReply({ removed: true }) : problem(removed)
    },
  }),
]
