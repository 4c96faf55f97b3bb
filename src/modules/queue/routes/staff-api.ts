import { officeBySlug } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, type Route } from '#platform/http/route.ts'
import { fail, type Failure, type Result } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import { placeOf, roomFor, waitingIn } from '../domain/room.ts'
import { isHere, PRIORITIES, type Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import { begin, callNext, callVisit, finish, notThere, parkVisit, recall, resume, takeBack } from '../use-cases/call.ts'
import { giveNumbers } from '../use-cases/numbers.ts'
import { mayIn, ownTeams } from '../use-cases/offices.ts'
import { readRoom } from '../use-cases/room.ts'
import { leaveSeat, openSeat, takeSeat } from '../use-cases/seat.ts'
import { forwardVisit, notArrived, prioritise, putBack, type Destination } from '../use-cases/steer.ts'
import { GaveUp, Minutes, standing, tags } from './api.ts'
import { CALL, mayCall } from './desk.ts'

const instant = () => Type.String({ format: 'date-time' })
const Id = Type.String({ maxLength: 40 })
const orNull = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()])

const VisitReply = Type.Object({
  id: Type.String({ format: 'uuid' }),
  ticket: Type.String(),
  state: Type.String(),
  gaveUp: GaveUp,
  team: Type.String(),
  services: Type.Array(Type.String()),
  people: Type.Integer(),
  hasAppointment: Type.Boolean(),
  forwardedFrom: orNull(Type.String({ description: 'The office that sent them here' })),
  note: orNull(Type.String({ description: 'From whoever sent them' })),
  priority: Type.String(),
  arrivedAt: instant(),
  dueAt: instant(),
  counter: orNull(Type.String()),
  position: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  minutes: Type.Optional(Minutes),
})
const CounterReply = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  way: Type.String(),
  team: Type.String(),
  isOpen: Type.Boolean(),
  isTaken: Type.Boolean(),
})
const refusals = { 404: Problem, 409: Problem, 422: Problem }

/** What happens to a visit; those that need more say so. */
const DOES: Readonly<Record<string, (ctx: Ctx, id: string) => Promise<Result<Visit>>>> = {
  begin,
  recall,
  finish,
  resume,
  'not-there': notThere,
  park: parkVisit,
  'take-back': takeBack,
  'queue-again': putBack,
  'not-arrived': notArrived,
}

const ONE_CHANGE = 'does, or priority with its reason, or team, with counter where it is a certain one'

export const staffApiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/queue/offices/:office/visits',
    access: mayCall,
    summary: 'Who of the own teams is in an office now, those who wait in the order in which they are called',
    tags,
    params: Type.Object({ office: Type.String({ maxLength: 80 }) }),
    replies: {
      200: Type.Object({
        counters: Type.Array(CounterReply),
        visits: Type.Array(VisitReply),
        absent: Type.Array(VisitReply, {
          description: 'Called in vain, or gave up their number; queue-again is for who is there after all',
        }),
      }),
      404: Problem,
    },
    handle: async (ctx, req) => {
      const office = await officeBySlug(ctx, req.params.office)
      if (!office || !mayIn(ctx, CALL, office)) return problem(fail('not-found'))
      const all = await readRoom(ctx, office.slug)
      const room = roomFor(all, await ownTeams(ctx))
      const now = ctx.clock.now()
      const rest = room.visits.filter((visit) => isHere(visit) && visit.state !== 'waiting')
      return jsonReply({
        counters: room.counters.map(({ id, name, way, team, isOpen, clerk }) => ({
          id,
          name: name[ctx.locale],
          way: way[ctx.locale],
          team,
          isOpen,
          isTaken: clerk !== null,
        })),
        visits: [...waitingIn(room, now), ...rest].map((visit) => {
          const place = placeOf(all, visit.id, now)
          return { ...told(visit), ...standing(place) }
        }),
        absent: room.visits.filter(({ state }) => state === 'absent').map(told),
      })
    },
  }),
  api({
    method: 'PUT',
    path: '/api/v1/queue/offices/:office/numbers',
    access: mayCall,
    summary:
      'Whether an office gives numbers today to whoever comes without an appointment; the next day it does again',
    tags,
    params: Type.Object({ office: Type.String({ maxLength: 80 }) }),
    body: Type.Object({ areGiven: Type.Boolean() }),
    replies: { 200: Type.Object({ areGiven: Type.Boolean() }), 404: Problem },
    handle: async (ctx, { params, body: { areGiven } }) => {
      const done = await giveNumbers(ctx, params.office, areGiven)
      return done.ok ? jsonReply({ areGiven }) : problem(done)
    },
  }),
  api({
    method: 'PUT',
    path: '/api/v1/queue/seat',
    access: mayCall,
    summary: 'Sits down at a counter, which is open with that; or opens and closes the one where one sits',
    tags,
    body: Type.Object({ counter: Type.Optional(Id), isOpen: Type.Optional(Type.Boolean()) }, { minProperties: 1 }),
    replies: { 200: Type.Object({ seated: Type.Boolean() }), ...refusals },
    handle: async (ctx, { body }) => {
      const sat = body.counter === undefined ? null : await takeSeat(ctx, body.counter)
      if (sat && !sat.ok) return problem(sat)
      const opened = body.isOpen === undefined ? null : await openSeat(ctx, body.isOpen)
      return opened && !opened.ok ? problem(opened) : jsonReply({ seated: true })
    },
  }),
  api({
    method: 'DELETE',
    path: '/api/v1/queue/seat',
    access: mayCall,
    summary: 'Leaves the counter',
    tags,
    replies: { 200: Type.Object({ seated: Type.Boolean() }), 409: Problem },
    handle: async (ctx) => {
      const left = await leaveSeat(ctx)
      return left.ok ? jsonReply({ seated: false }) : problem(left)
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/queue/calls',
    access: mayCall,
    summary: 'Finishes with who is at the counter and calls the next one, or calls a certain visit',
    tags,
    perMinute: 240,
    body: Type.Object({
      after: Type.Optional(
        Type.Union([Id, Type.Null()], {
          description: 'The visit that is at the counter, null for none: said twice it calls one person',
        }),
      ),
      visit: Type.Optional(Id),
    }),
    replies: { 200: Type.Object({ visit: Type.Union([VisitReply, Type.Null()]) }), ...refusals },
    handle: async (ctx, { body }) => {
      const called =
        body.visit === undefined ? await callNext(ctx, body.after || null) : await callVisit(ctx, body.visit)
      return called.ok ? jsonReply({ visit: called.value && told(called.value) }) : problem(called)
    },
  }),
  api({
    method: 'PATCH',
    path: '/api/v1/queue/visits/:id',
    access: mayCall,
    summary: 'What happens to a visit: at the counter, its priority, or to whom it goes on',
    tags,
    perMinute: 240,
    params: Type.Object({ id: Id }),
    body: Type.Object(
      {
        does: Type.Optional(
          Type.Union(
            Object.keys(DOES).map((name) => Type.Literal(name)),
            {
              description:
                'take-back calls whoever is parked; resume takes finish back, for ten minutes at the same counter; not-arrived takes back that somebody with an appointment came, who was not called yet: the visit is gone then, and told as it was',
            },
          ),
        ),
        priority: Type.Optional(Type.Union(PRIORITIES.map((name) => Type.Literal(name)))),
        reason: Type.Optional(Type.String({ maxLength: 1_000, description: 'Of a priority' })),
        team: Type.Optional(Type.String({ maxLength: 120, description: 'Forwards to this team of the same office' })),
        counter: Type.Optional(Type.Union([Id, Type.Null()], { description: 'Of that team; null: whichever is free' })),
      },
      { description: ONE_CHANGE },
    ),
    replies: { 200: VisitReply, ...refusals },
    handle: async (ctx, { params, body }) => {
      const { does, priority, reason, team, counter } = body
      const changes = [does, priority, team].filter((one) => one !== undefined).length
      const isWhole = (team !== undefined || counter === undefined) && (priority !== undefined || reason === undefined)
      if (changes !== 1 || !isWhole) return problem(fail('invalid-input', { detail: texts(ctx).problems.oneChange }))
      if (typeof does === 'string') return answer(await DOES[does]!(ctx, params.id))
      if (team !== undefined) return answer(await forwarded(ctx, params.id, { team, counter: counter || null }))
      return answer(
        await prioritise(
          ctx,
          params.id,
          PRIORITIES.find((one) => one === priority)!,
          reason ?? '',
        ),
      )
    },
  }),
]

/** What is not in this office, by the field of the document that named it. */
async function forwarded(ctx: Ctx, id: string, to: Destination): Promise<Result<Visit>> {
  const result = await forwardVisit(ctx, id, to)
  const said = result.ok ? undefined : result.fields?.['to']
  if (result.ok || said === undefined) return result
  return { ...result, fields: { [to.counter === null ? 'team' : 'counter']: said } }
}

const answer = (result: Result<Visit> | Failure): Reply => (result.ok ? jsonReply(told(result.value)) : problem(result))

const told = (visit: Visit) => ({
  id: visit.id,
  ticket: visit.ticket,
  state: visit.state,
  gaveUp: visit.gaveUp,
  team: visit.team,
  services: visit.services,
  people: visit.people,
  hasAppointment: visit.booking !== null,
  forwardedFrom: visit.forwardedFrom,
  note: visit.note,
  priority: visit.priority,
  arrivedAt: isoSeconds(visit.arrivedAt),
  dueAt: isoSeconds(visit.dueAt),
  counter: visit.counter,
})
