import { deviceOf, onDevice } from '#modules/devices/public.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { visitAt } from '../domain/room.ts'
import { isTicket } from '../domain/ticket.ts'
import { houseOf, mayIn } from '../use-cases/offices.ts'
import { readRoom } from '../use-cases/room.ts'
import { tags } from './api.ts'
import { ARRIVE } from './kiosk.ts'

const CounterReply = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String({ examples: ['Schalter 3'] }),
  way: Type.String({ description: 'From the waiting room' }),
  open: Type.Boolean(),
  services: Type.Array(Type.String(), { description: 'Slugs of what is done there' }),
  ticket: Type.Union([Type.String(), Type.Null()], { description: 'Who is called or served there now' }),
})

/** For a robot that goes along with somebody, and a terminal that shows the way. */
export const wayRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/queue/offices/:office/counters',
    access: onDevice(['kiosk', 'display', 'robot'], ARRIVE),
    summary:
      'The way to the counters of the office in which the device stands, or to the one at which a ticket is called',
    tags,
    params: Type.Object({ office: Type.String({ maxLength: 80 }) }),
    query: Type.Object({
      ticket: Type.Optional(
        Type.String({
          maxLength: 20,
          description: 'Only where it is called: "A 014", "A014" or "A14"; 404 where nobody has it who is still there',
        }),
      ),
    }),
    replies: {
      200: Type.Object({ counters: Type.Array(CounterReply) }),
      401: Problem,
      403: Problem,
      404: Problem,
    },
    handle: async (ctx, req) => {
      const device = deviceOf(ctx)
      const house = await houseOf(ctx, req.params.office)
      if (!house) return problem(fail('not-found'))
      if (device && device.office !== house.office.slug) return problem(fail('device-elsewhere'))
      if (!device && !mayIn(ctx, ARRIVE, house.office)) return problem(fail('not-found'))
      const room = await readRoom(ctx, house.office.slug)
      const counters = room.counters.map(({ id, name, way, isOpen, team }) => ({
        id,
        name: name[ctx.locale],
        way: way[ctx.locale],
        open: isOpen,
        services: house.teams.find((one) => one.id === team)?.services ?? [],
        ticket: visitAt(room, id)?.ticket ?? null,
      }))
      const { ticket } = req.query
      if (ticket !== undefined && !room.visits.some((visit) => isTicket(ticket, visit.ticket)))
        return problem(fail('not-found'))
      return jsonReply({
        counters:
          ticket === undefined ? counters : counters.filter((one) => one.ticket && isTicket(ticket, one.ticket)),
      })
    },
  }),
]
