import { Type } from '#platform/schema.ts'
import { everybody, api } from '#platform/http/route.ts'
import { jsonReply } from '#platform/http/reply.ts'
import { complete, districts } from '../public.ts'

const Completion = Type.Object({
  label: Type.String(),
  street: Type.String(),
  houseNumber: Type.Union([Type.String(), Type.Null()]),
  postcode: Type.String(),
  place: Type.String(),
})

export const routes = [
  api({
    method: 'GET',
    path: '/api/v1/addresses',
    access: everybody,
    summary: 'Complete a street or an address of the city while it is typed',
    tags: ['addresses'],
    query: Type.Object({
      q: Type.String({ maxLength: 200, description: 'What has been typed: "Lindenstr", "Lindenstr 12"' }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 8 })),
    }),
    replies: { 200: Type.Array(Completion) },
    handle: async (ctx, req) => jsonReply(await complete(ctx, req.query.q, req.query.limit)),
  }),
  api({
    method: 'GET',
    path: '/api/v1/districts',
    access: everybody,
    summary: 'Districts of the city as GeoJSON',
    tags: ['addresses'],
    replies: { 200: Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(Type.Any()) }) },
    handle: async (ctx) =>
      jsonReply({
        type: 'FeatureCollection',
        features: (await districts(ctx)).map(({ id, number, name, area }) => ({
          type: 'Feature',
          id,
          properties: { id, number, name },
          geometry: area,
        })),
      }),
  }),
]
