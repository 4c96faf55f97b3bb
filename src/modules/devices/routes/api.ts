import { officeBySlug } from '#modules/catalogue/public.ts'
import { jsonReply } from '#platform/http/reply.ts'
import { api, type Route } from '#platform/http/route.ts'
import { Type } from '#platform/schema.ts'
import { KINDS } from '../domain/device.ts'
import { deviceOf, onDevice } from '../public.ts'

const Self = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String({ description: KINDS.join(', ') }),
  office: Type.Object({
    id: Type.String({ description: 'As in /api/v1/catalogue/offices' }),
    name: Type.String(),
    address: Type.String(),
    point: Type.Union([Type.Array(Type.Number()), Type.Null()], { description: 'Longitude and latitude, WGS84' }),
    access: Type.String({ description: 'How to get there and in' }),
    telephone: Type.String(),
  }),
})

export const apiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/devices/self',
    access: onDevice(KINDS),
    summary: 'Which device this is, and where it stands',
    tags: ['devices'],
    replies: { 200: Self, 401: Type.Unknown(), 404: Type.Unknown() },
    handle: async (ctx) => {
      const { id, name, kind, office: slug } = deviceOf(ctx)!
      const office = await officeBySlug(ctx, slug)
      return jsonReply({
        id,
        name,
        kind,
        office: {
          id: slug,
          name: office?.name[ctx.locale] ?? slug,
          address: office ? `${office.street} ${office.houseNumber}, ${office.postcode} ${office.place}` : '',
          point: office?.point ?? null,
          access: office?.access[ctx.locale] ?? '',
          telephone: office?.telephone ?? '',
        },
      })
    },
  }),
]
