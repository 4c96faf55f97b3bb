import { deviceOf, onDevice } from '#modules/devices/public.ts'
import { officeBySlug } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, everybody, holderOf, type Route } from '#platform/http/route.ts'
import { fail, type Result } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import { placeOf } from '../domain/room.ts'
import { texts } from '../texts/index.ts'
import { arriveWithCode, drawTicket, MOST_PEOPLE, type Arrived } from '../use-cases/arrive.ts'
import { houseOf, mayIn } from '../use-cases/offices.ts'
import { giveUp, shownTicket, tellNoMore, wantToBeTold } from '../use-cases/own-ticket.ts'
import { readRoom } from '../use-cases/room.ts'
import { waitingAt } from '../use-cases/waiting.ts'
import { ARRIVE } from './kiosk.ts'

export const tags = ['queue']
const Office = Type.Object({ office: Type.String({ maxLength: 80, description: 'As in /api/v1/catalogue/offices' }) })
export const Minutes = Type.Union([Type.Integer(), Type.Null()], {
  description: 'Estimated, in whole minutes; null: no counter is open, or nobody waits under this number',
})
export const GaveUp = Type.Boolean({ description: 'absent, since they gave their number back' })
export const byTicket = holderOf('the code on the ticket, which ends with the day')
const Code = Type.Object({ code: Type.String({ maxLength: 40 }) })

const Ticket = Type.Object({
  ticket: Type.String({ examples: ['A 014'] }),
  office: Type.String(),
  forwardedFrom: Type.Union([Type.String(), Type.Null()], {
    description: 'The office that sent them to this one; the number is a new one then',
  }),
  state: Type.String({ description: 'waiting, called, serving, parked, done or absent' }),
  gaveUp: GaveUp,
  position: Type.Union([Type.Integer(), Type.Null()], { description: '1: the next one; null: does not wait' }),
  minutes: Minutes,
  counter: Type.Union([Type.String(), Type.Null()], { description: 'Where to go, or to stay' }),
})
const Came = Type.Object({
  id: Type.String({ format: 'uuid' }),
  ticket: Type.String(),
  code: Type.String({
    description:
      'Opens the ticket under /warten/{code} for today; shown this once. For again and back it is another code, which shows how the ticket stands and changes nothing',
  }),
  kind: Type.String({
    description: 'walk-in, on-time, early, late, again (has that number) or back (was called in vain)',
  }),
  position: Type.Union([Type.Integer(), Type.Null()]),
  minutes: Minutes,
})

export const apiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/queue/offices/:office/waiting',
    access: everybody,
    summary: 'How many people wait in an office, for how long, and who was called',
    tags,
    params: Office,
    replies: {
      200: Type.Object({
        office: Type.String(),
        people: Type.Integer({ description: 'Tickets that wait to be called' }),
        openCounters: Type.Integer(),
        isFull: Type.Boolean({ description: 'No more numbers today for whoever comes without an appointment' }),
        services: Type.Array(Type.Object({ service: Type.String(), minutes: Minutes }), {
          description: 'Minutes until somebody is called who takes a ticket now',
        }),
        calls: Type.Array(
          Type.Object({ ticket: Type.String(), counter: Type.String(), at: Type.String({ format: 'date-time' }) }),
          { description: 'The last one first' },
        ),
        sentOn: Type.Array(
          Type.Object({
            way: Type.String({
              description:
                'away: to another office, for three minutes; here: from another one, until they are at a counter; within: to another counter of this one, for three minutes',
            }),
            ticket: Type.String({ description: 'The number until then' }),
            newTicket: Type.Union([Type.String(), Type.Null()], { description: 'null: the same' }),
            place: Type.Union([Type.String(), Type.Null()], {
              description: 'The other office, or the counter that is to call them; null: whichever is free',
            }),
            at: Type.String({ format: 'date-time' }),
          }),
          { description: 'Who was sent on, as the screen in the hall shows it; the last one first, three at most' },
        ),
      }),
      404: Problem,
    },
    handle: async (ctx, req) => {
      const waiting = await waitingAt(ctx, req.params.office)
      if (!waiting) return problem(fail('not-found'))
      const timed = <T extends { at: Temporal.Instant }>(those: readonly T[]) =>
        those.map((one) => ({ ...one, at: isoSeconds(one.at) }))
      return jsonReply({ ...waiting, calls: timed(waiting.calls), sentOn: timed(waiting.sentOn) })
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/queue/offices/:office/visits',
    access: onDevice(['kiosk', 'robot'], ARRIVE),
    summary: 'Somebody has come: with the code of an appointment, or for a service without one',
    tags,
    perMinute: 120,
    repeatable: true,
    params: Office,
    body: Type.Object(
      {
        code: Type.Optional(Type.String({ maxLength: 200, description: 'The code of the appointment for arrival' })),
        service: Type.Optional(Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 6 })),
        people: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_PEOPLE, default: 1 })),
      },
      { description: 'Either a code or services' },
    ),
    replies: { 200: Came, 201: Came, 404: Problem, 409: Problem, 422: Problem },
    handle: async (ctx, req) => {
      const office = await officeBySlug(ctx, req.params.office)
      const device = deviceOf(ctx)
      if (!office) return problem(fail('not-found'))
      if (device && device.office !== office.slug) return problem(fail('device-elsewhere'))
      if (!device && !mayIn(ctx, ARRIVE, office)) return problem(fail('not-found'))
      const { code, service, people } = req.body
      if (code !== undefined && service !== undefined)
        return problem(fail('invalid-input', { fields: { service: texts(ctx).problems.codeOrService } }))
      const wish = { office: office.slug, services: service ?? [], people: people ?? 1 }
      return came(ctx, code === undefined ? await drawTicket(ctx, wish) : await arriveWithCode(ctx, { ...wish, code }))
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/queue/tickets/:code',
    access: byTicket,
    summary: 'How a ticket of today stands',
    tags,
    params: Code,
    replies: { 200: Ticket, 404: Problem },
    handle: (ctx, req) => ticketReply(ctx, req.params.code),
  }),
  api({
    method: 'DELETE',
    path: '/api/v1/queue/tickets/:code',
    access: byTicket,
    summary: 'Gives up a place in the queue',
    tags,
    params: Code,
    replies: { 200: Ticket, 404: Problem, 409: Problem },
    handle: async (ctx, req) => {
      const gone = await giveUp(ctx, req.params.code)
      return gone.ok ? ticketReply(ctx, req.params.code) : problem(gone)
    },
  }),
  api({
    method: 'PUT',
    path: '/api/v1/queue/tickets/:code/contact',
    access: byTicket,
    summary: 'Somebody is told by mail or SMS when it is soon the turn of a ticket; another contact replaces the first',
    tags,
    perMinute: 20,
    params: Code,
    body: Type.Object({
      contact: Type.String({ maxLength: 254, description: 'Mail address or mobile number; kept for this visit only' }),
    }),
    replies: { 200: Ticket, 404: Problem, 409: Problem, 422: Problem },
    handle: async (ctx, req) => {
      const told = await wantToBeTold(ctx, req.params.code, req.body.contact)
      return told.ok ? ticketReply(ctx, req.params.code) : problem(told)
    },
  }),
  api({
    method: 'DELETE',
    path: '/api/v1/queue/tickets/:code/contact',
    access: byTicket,
    summary: 'Nobody is told by mail or SMS of a ticket any more',
    tags,
    params: Code,
    replies: { 200: Ticket, 404: Problem, 409: Problem },
    handle: async (ctx, req) => {
      const told = await tellNoMore(ctx, req.params.code)
      return told.ok ? ticketReply(ctx, req.params.code) : problem(told)
    },
  }),
]

/** Where somebody stands, as programs are told. */
export const standing = (place: { readonly position: number; readonly minutes: number | null } | null) => ({
  position: place?.position ?? null,
  minutes: place?.minutes == null ? null : Math.ceil(place.minutes),
})

async function came(ctx: Ctx, result: Result<Arrived>): Promise<Reply> {
  if (!result.ok) return problem(result)
  const { visit, code, kind } = result.value
  const place = placeOf(await readRoom(ctx, visit.office), visit.id, ctx.clock.now())
  const { id, ticket } = visit
  return jsonReply({ id, ticket, code, kind, ...standing(place) }, kind === 'again' ? 200 : 201)
}

async function ticketReply(ctx: Ctx, code: string): Promise<Reply> {
  const shown = await shownTicket(ctx, code)
  const house = shown && (await houseOf(ctx, shown.visit.office))
  if (!house) return problem(fail('not-found'))
  const { visit } = shown
  const room = await readRoom(ctx, visit.office)
  const place = placeOf(room, visit.id, ctx.clock.now())
  const { ticket, office, forwardedFrom, state, gaveUp } = visit
  const isCalled = state === 'called' || state === 'serving'
  const counter = isCalled ? room.counters.find(({ id }) => id === visit.counter) : undefined
  return jsonReply({
    ticket,
    office,
    forwardedFrom,
    state,
    gaveUp,
    ...standing(place),
    counter: counter?.name[ctx.locale] ?? null,
  })
}
