import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, type Route } from '#platform/http/route.ts'
import { Type } from '#platform/schema.ts'
import { placeOf } from '../domain/room.ts'
import { addressWords, forwardToOffice, otherOffices, servicesOf } from '../use-cases/other-offices.ts'
import { readRoom } from '../use-cases/room.ts'
import { Minutes, standing, tags } from './api.ts'
import { mayCall } from './desk.ts'

const Slug = Type.String({ maxLength: 80 })

/** Sending somebody on to another office, for programs of the staff. */
export const elsewhereApiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/queue/open-offices',
    access: mayCall,
    summary:
      'Offices that see people now (in their hours, or because a counter is open), to which somebody can be sent on',
    tags,
    replies: {
      200: Type.Object({
        offices: Type.Array(
          Type.Object({
            office: Type.String(),
            name: Type.String(),
            address: Type.String(),
            services: Type.Array(Type.String(), { description: 'Slugs of what is done there' }),
            openCounters: Type.Integer({ description: 'At which somebody calls now' }),
          }),
        ),
      }),
    },
    handle: async (ctx) => {
      const offices = await otherOffices(ctx, '')
      return jsonReply({
        offices: offices.map((one) => ({
          office: one.office.slug,
          name: one.office.name[ctx.locale],
          address: addressWords(one.office),
          services: servicesOf(one),
          openCounters: one.openCounters,
        })),
      })
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/queue/visits/:id/next-visit',
    access: mayCall,
    summary:
      'Sends whoever is at the own counter on to another office: their visit ends, and the next one begins there',
    tags,
    params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
    body: Type.Object(
      {
        office: { ...Slug, description: 'One of /api/v1/queue/open-offices, and not the own one' },
        service: Type.Optional(
          Type.Array(Slug, { maxItems: 6, description: 'What it is about there; absent: the same as here' }),
        ),
        note: Type.Optional(
          Type.String({ maxLength: 200, description: 'For whoever sees them there; deleted after the visit' }),
        ),
      },
      { additionalProperties: false },
    ),
    replies: {
      201: Type.Object({
        id: Type.String({ format: 'uuid' }),
        ticket: Type.String({ description: 'The new number. The code of the ticket so far shows it, too' }),
        office: Type.String(),
        services: Type.Array(Type.String()),
        position: Type.Union([Type.Integer(), Type.Null()]),
        minutes: Minutes,
      }),
      409: Problem,
      422: Problem,
    },
    handle: async (ctx, { params, body }) => {
      const { office, service = [], note = '' } = body
      const sent = await forwardToOffice(ctx, params.id, { office, services: service, note })
      if (!sent.ok) return problem(sent)
      const { id, ticket, services } = sent.value
      const place = placeOf(await readRoom(ctx, office), id, ctx.clock.now())
      return jsonReply({ id, ticket, office, services, ...standing(place) }, 201)
    },
  }),
]
