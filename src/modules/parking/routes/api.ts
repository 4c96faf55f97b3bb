import { Type } from '#platform/schema.ts'
import { findAddress } from '#modules/addresses/public.ts'
import type { Ctx } from '#platform/context.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, everybody, holderOf, signedIn, staff } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { LOOKUP_RESULTS } from '../domain/lookup.ts'
import { lastDay, standingOf, type Permit } from '../domain/permit.ts'
import { zonesAsGeoJson } from '../domain/zone.ts'
import { listAreas } from '../store/areas.ts'
import { ownPermit, permitsOfAccount } from '../store/permits.ts'
import { allZones, zoneOfAddress } from '../store/zones.ts'
import { changePlate, movePermit, reportLoss } from '../use-cases/changes.ts'
import { checkPermit } from '../use-cases/check.ts'
import { lookUp } from '../use-cases/look-up.ts'
import { returnPermit } from '../use-cases/return.ts'
import { CERTIFICATE } from '../domain/certificate.ts'
import { certificatesAmong } from '../store/certificates.ts'
import { texts } from '../texts/index.ts'

const tags = ['parking']
const FeatureCollection = Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(Type.Any()) })
const PermitReply = Type.Object({
  id: Type.String(),
  number: Type.Union([Type.String(), Type.Null()]),
  plate: Type.String(),
  zone: Type.String(),
  zoneName: Type.String(),
  validFrom: Type.String({ description: 'First day, ISO 8601' }),
  validUntil: Type.String({ description: 'Last day, ISO 8601' }),
  standing: Type.String(),
})
const short = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const params = Type.Object({ id: Type.String({ maxLength: 40 }) })

export const apiRoutes = [
  api({
    method: 'GET',
    path: '/api/v1/parking/zones',
    access: everybody,
    summary: 'Resident parking zones as GeoJSON',
    tags,
    replies: { 200: FeatureCollection },
    handle: async (ctx) => jsonReply(zonesAsGeoJson(await allZones(ctx))),
  }),
  api({
    method: 'GET',
    path: '/api/v1/parking/zone',
    access: everybody,
    summary: 'The resident parking zone of an address',
    tags,
    query: Type.Object({
      street: short(200),
      houseNumber: short(40),
      postcode: Type.Optional(Type.String({ maxLength: 10 })),
    }),
    replies: { 200: Type.Object({ zone: Type.String(), name: Type.String() }) },
    handle: async (ctx, req) => {
      const address = await findAddress(ctx, req.query)
      const zone = address && (await zoneOfAddress(ctx, address.id))
      return zone
        ? jsonReply({ zone: zone.letter, name: zone.name })
        : problem(fail('not-found', { detail: texts(ctx).api.zoneNotFound }))
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/parking/areas',
    access: everybody,
    summary: 'Parking bays with the words of their signs, as GeoJSON',
    tags,
    query: Type.Object({ zone: Type.Optional(short(10)) }),
    replies: { 200: FeatureCollection },
    handle: async (ctx, req) =>
      jsonReply({
        type: 'FeatureCollection',
        features: (await listAreas(ctx, { zone: req.query.zone ?? null, kind: null })).map(
          ({ area, ...properties }) => ({
            type: 'Feature',
            id: properties.number,
            properties,
            geometry: area,
          }),
        ),
      }),
  }),
  api({
    method: 'GET',
    path: '/api/v1/parking/permits/check/:code',
    access: holderOf('the code in the QR code of a permit'),
    summary: 'Whether a permit is valid, by the code in its QR code; nothing personal',
    tags,
    params: Type.Object({ code: Type.String({ maxLength: 100 }) }),
    replies: {
      200: Type.Object({
        valid: Type.Boolean(),
        zone: Type.Union([Type.String(), Type.Null()]),
        validUntil: Type.Union([Type.String(), Type.Null()]),
      }),
    },
    handle: async (ctx, req) => {
      const checked = await checkPermit(ctx, req.params.code)
      const validUntil = checked.valid ? checked.lastDay.toString() : null
      return jsonReply({ valid: checked.valid, zone: checked.valid ? checked.zone : null, validUntil })
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/parking/permits',
    access: signedIn,
    summary: "The asking person's resident parking permits",
    tags,
    replies: { 200: Type.Array(PermitReply) },
    handle: async (ctx) =>
      jsonReply((await permitsOfAccount(ctx, ctx.account!.id)).map((permit) => permitJson(ctx, permit))),
  }),
  api({
    method: 'POST',
    path: '/api/v1/parking/permits/:id/plate-change',
    access: signedIn,
    summary: 'Change the number plate of a permit: a new permit for the time that is left',
    tags,
    params,
    body: Type.Object({
      plate: short(20),
      certificate: Type.Array(Type.String({ format: 'uuid' }), {
        minItems: 1,
        maxItems: CERTIFICATE.maxFiles,
        description:
          'The registration certificate: ids of `POST /api/v1/services/resident-parking/files`, field `certificate`',
      }),
    }),
    replies: { 201: PermitReply },
    handle: (ctx, req) =>
      withOwn(ctx, req.params.id, async (permit) => {
        const certificates = await certificatesAmong(ctx, req.body.certificate)
        return changed(ctx, await changePlate(ctx, permit, req.body.plate, certificates))
      }),
  }),
  api({
    method: 'POST',
    path: '/api/v1/parking/permits/:id/move',
    access: signedIn,
    summary: 'Report that the holder has moved within the city',
    tags,
    params,
    body: Type.Object({ street: short(200), houseNumber: short(40) }),
    replies: { 201: PermitReply },
    handle: (ctx, req) =>
      withOwn(ctx, req.params.id, async (permit) => changed(ctx, await movePermit(ctx, permit, req.body))),
  }),
  api({
    method: 'POST',
    path: '/api/v1/parking/permits/:id/loss',
    access: signedIn,
    summary: 'Report that the printed permit is lost: a new number, the old one is not valid any more',
    tags,
    params,
    replies: { 201: PermitReply },
    handle: (ctx, req) => withOwn(ctx, req.params.id, async (permit) => changed(ctx, await reportLoss(ctx, permit))),
  }),
  api({
    method: 'POST',
    path: '/api/v1/parking/permits/:id/return',
    access: signedIn,
    summary: 'Give a permit back; its share of the fee for whole months left is refunded',
    tags,
    params,
    replies: { 201: Type.Object({ refundCents: Type.Integer() }) },
    handle: (ctx, req) =>
      withOwn(ctx, req.params.id, async (permit) => {
        const returned = await returnPermit(ctx, permit)
        return returned.ok ? jsonReply(returned.value, 201) : problem(returned)
      }),
  }),
  api({
    method: 'POST',
    path: '/api/v1/parking/lookups',
    access: staff('parking.enforce'),
    summary: 'Check a number plate or the number of a permit, for enforcement officers',
    tags,
    perMinute: 60,
    body: Type.Object({ plate: short(30), zone: Type.Optional(short(10)) }),
    replies: {
      201: Type.Object({
        id: Type.String(),
        result: Type.Union(LOOKUP_RESULTS.map((result) => Type.Literal(result))),
        zone: Type.Union([Type.String(), Type.Null()]),
        validUntil: Type.Union([Type.String(), Type.Null()]),
      }),
    },
    handle: async (ctx, req) => {
      const found = await lookUp(ctx, { typed: req.body.plate, zone: req.body.zone ?? null })
      if (!found.ok) return problem(found)
      const { lookup, result, permit } = found.value
      return jsonReply(
        { id: lookup.id, result, zone: permit?.zone ?? null, validUntil: permit?.lastDay.toString() ?? null },
        201,
      )
    },
  }),
]

async function withOwn(ctx: Ctx, id: string, then: (permit: Permit) => Promise<Reply>): Promise<Reply> {
  const permit = await ownPermit(ctx, id)
  return permit ? then(permit) : problem(fail('not-found'))
}

const changed = (ctx: Ctx, result: Awaited<ReturnType<typeof changePlate>>): Reply =>
  result.ok ? jsonReply(permitJson(ctx, result.value), 201) : problem(result)

function permitJson(ctx: Ctx, permit: Permit) {
  const { id, number, plate, zone, zoneName } = permit
  return {
    id,
    number,
    plate,
    zone,
    zoneName,
    validFrom: permit.from.toString(),
    validUntil: lastDay(permit).toString(),
    standing: standingOf(permit, today(ctx.clock)),
  }
}
