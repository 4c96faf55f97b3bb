import { Type } from '#platform/schema.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, signedIn, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { isoSeconds, today } from '#platform/time/clock.ts'
import { checkSafeField, checkVehicle } from '../domain/check-data-safe.ts'
import type { DataSafePart, Vehicle } from '../domain/data-safe.ts'
import { accountById } from '../store/accounts.ts'
import { loadDataSafe, readingsOf, writeDataSafe } from '../store/data-safe.ts'
import { texts } from '../texts/index.ts'
import { safeMessage } from '../texts/messages.ts'
import { SAFE_FIELDS } from './data-safe.ts'
import { self } from './account.ts'

const tags = ['account']
const optionalText = (description: string) =>
  Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()], { description }))
const nullableText = Type.Union([Type.String(), Type.Null()])

const vehicle = Type.Object(
  { plate: Type.String({ maxLength: 40 }), description: Type.Optional(nullableText) },
  { additionalProperties: false },
)

const fields = {
  givenName: optionalText('First name'),
  familyName: optionalText('Last name'),
  birthDate: optionalText('ISO date: 1988-04-23'),
  street: optionalText('Street'),
  houseNumber: optionalText('12 or 12a'),
  postcode: optionalText('Five digits'),
  place: optionalText('Town'),
  telephone: optionalText('Telephone'),
}
const dataSafe = Type.Object({ ...fields, email: nullableText, vehicles: Type.Array(vehicle) })
const dataSafePart = Type.Object(
  { ...fields, vehicles: Type.Optional(Type.Array(vehicle, { maxItems: 10 })) },
  { additionalProperties: false },
)

const reading = Type.Object({
  id: Type.String(),
  readAt: Type.String({ description: 'Instant, UTC' }),
  by: Type.Union([Type.Literal('own'), Type.Literal('unit'), Type.Literal('program')]),
  unit: nullableText,
  purpose: Type.String(),
})

export const apiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/me',
    access: signedIn,
    summary: 'Who the token belongs to and what it may do',
    tags,
    replies: {
      200: Type.Object({
        id: Type.String(),
        kind: Type.Union([Type.Literal('citizen'), Type.Literal('staff')]),
        name: Type.String(),
        email: Type.String(),
        locale: Type.String(),
        assurance: Type.String({ description: 'eIDAS level of the login' }),
        permissions: Type.Record(Type.String(), Type.Array(Type.String()), {
          description: 'Permission → units in which it holds',
        }),
      }),
    },
    handle: async (ctx) => {
      const account = await accountById(ctx, self(ctx))
      if (!account) return problem(fail('not-found'))
      const { assurance, permissions } = ctx.account!
      return jsonReply({ ...account, assurance, permissions: Object.fromEntries(permissions) })
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/me/data-safe',
    access: signedIn,
    summary: 'What the person has left with the city to fill in forms',
    tags,
    replies: { 200: dataSafe },
    handle: async (ctx) => jsonReply(await loadDataSafe(ctx, self(ctx))),
  }),
  api({
    method: 'PUT',
    path: '/api/v1/me/data-safe',
    access: signedIn,
    summary: 'Change the data safe: fields that are absent stay, null empties, vehicles replaces the list',
    tags,
    body: dataSafePart,
    replies: { 200: dataSafe },
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const errors: Record<string, string> = {}
      const part: Record<string, string | null> = {}
      for (const field of SAFE_FIELDS) {
        const typed = req.body[field]
        if (typed === undefined) continue
        const checked = checkSafeField(field, typed, today(ctx.clock))
        if (checked.ok) part[field] = checked.value
        else errors[field] = safeMessage(t, checked.problem)
      }
      const vehicles: Vehicle[] = []
      for (const [index, typed] of (req.body.vehicles ?? []).entries()) {
        const checked = checkVehicle({ plate: typed.plate, description: typed.description ?? null }, vehicles)
        if (checked.ok) vehicles.push(checked.value)
        else errors[`vehicles/${index}/${checked.field}`] = safeMessage(t, checked.problem)
      }
      if (Object.keys(errors).length > 0) return problem(fail('invalid-input', { fields: errors }))
      const change: DataSafePart = req.body.vehicles ? { ...part, vehicles } : part
      await writeDataSafe(ctx, self(ctx), change)
      return jsonReply(await loadDataSafe(ctx, self(ctx)))
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/me/readings',
    access: signedIn,
    summary: 'Who has read the data safe, the latest first',
    tags,
    query: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
    }),
    replies: { 200: Type.Object({ readings: Type.Array(reading) }) },
    handle: async (ctx, req) => {
      const rows = await readingsOf(ctx, self(ctx), req.query.limit ?? 50, req.query.offset ?? 0)
      return jsonReply({
        readings: rows.map((row) => ({
          ...row,
          readAt: isoSeconds(row.readAt),
          unit: row.unit?.[ctx.locale] ?? null,
          purpose: row.purpose[ctx.locale],
        })),
      })
    },
  }),
]
