import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonOnce, jsonReply, problem } from '#platform/http/reply.ts'
import { api, everybody } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { isoSeconds, readInstant } from '#platform/time/clock.ts'
import { isoOf } from '../domain/cells.ts'
import type { Audience } from '../domain/rule.ts'
import type { Variant } from '../domain/work.ts'
import { texts } from '../texts/index.ts'
import { findTimes, type Found } from '../use-cases/find.ts'
import { holdTime } from '../use-cases/hold.ts'
import { proofChallenge } from '../use-cases/proof.ts'
import { instant } from './booking-reply.ts'
import { People, Services, Slug, WayOf, WishFields, wishOf } from './wish-api.ts'

const tags = ['appointments']
const AudienceOf = Type.Union([Type.Literal('public'), Type.Literal('centre')], {
  description: 'centre: times kept for the service centre, for staff with the permission appointments.book',
})

const HoldReply = Type.Object({
  id: Type.String({ format: 'uuid' }),
  code: Type.String({ description: 'Opens the hold and later the booking; shown this once' }),
  office: Type.String(),
  start: instant(),
  minutes: Type.Integer(),
  expiresAt: instant(),
})

/** What is free, and keeping it, for programs. */
export const timesApiRoutes = [
  api({
    method: 'GET',
    path: '/api/v1/appointments/slots',
    access: everybody,
    summary: 'Free times for one or several services, in all offices or some, the first ones first',
    tags,
    query: Type.Object({
      ...WishFields,
      audience: Type.Optional(AudienceOf),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 500, description: 'Of the times; 50 where nothing is said' }),
      ),
    }),
    replies: {
      200: Type.Object({
        minutes: Type.Integer({ description: 'How long the appointment takes' }),
        slots: Type.Array(Type.Object({ start: instant(), office: Type.String() })),
        days: Type.Array(
          Type.Object({
            day: Type.String({ format: 'date' }),
            times: Type.Integer({ description: 'Free beginnings on that day, of all offices together' }),
          }),
        ),
        more: Type.Boolean({ description: 'Whether there are more times than are listed' }),
      }),
      401: Problem,
      403: Problem,
      422: Problem,
    },
    handle: async (ctx, req) => {
      const { query } = req
      const audience = audienceOf(ctx, query.audience)
      if (!audience) return problem(fail(ctx.account ? 'forbidden' : 'sign-in-required'))
      const wish = await wishOf(ctx, query)
      if (!wish.ok) return problem(wish)
      const found = await findTimes(ctx, { ...wish.value, audience, limit: query.limit ?? 50 })
      return found.ok ? jsonOnce(found.value, slotsReply) : problem(found)
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/appointments/challenge',
    access: everybody,
    summary: 'A task (ALTCHA, proof of work) whose answer lets somebody without an account hold one more time',
    tags,
    replies: {
      200: Type.Object({
        algorithm: Type.String(),
        challenge: Type.String(),
        maxnumber: Type.Integer(),
        salt: Type.String(),
        signature: Type.String(),
      }),
    },
    handle: async (ctx, req) => jsonReply(await proofChallenge(ctx, req.ip)),
  }),
  api({
    method: 'POST',
    path: '/api/v1/appointments/holds',
    access: everybody,
    summary: 'Keeps a free time for ten minutes',
    tags,
    perMinute: 30,
    repeatable: true,
    body: Type.Object(
      {
        service: Services,
        office: Slug,
        start: instant(),
        people: Type.Optional(People),
        variant: Type.Optional(WayOf),
        audience: Type.Optional(AudienceOf),
        altcha: Type.Optional(
          Type.String({
            maxLength: 2000,
            description:
              'The solved challenge, needed after some holds of an hour: base64 of a JSON object with its algorithm, challenge, salt and signature, and the number up to maxnumber for which SHA-256 of the salt with that number behind it is the challenge (hexadecimal)',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    replies: { 201: HoldReply, 401: Problem, 403: Problem, 409: Problem, 422: Problem, 429: Problem },
    handle: async (ctx, req) => {
      const { body } = req
      const audience = audienceOf(ctx, body.audience)
      if (!audience) return problem(fail(ctx.account ? 'forbidden' : 'sign-in-required'))
      const start = readInstant(body.start)
      if (!start) {
        const { timeNotOffered } = texts(ctx).problems
        return problem(fail('invalid-input', { detail: timeNotOffered, fields: { start: timeNotOffered } }))
      }
      const wish = {
        services: body.service,
        people: body.people ?? 1,
        variant: (body.variant ?? 'in-person') as Variant,
        office: body.office,
        start,
        audience,
      }
      const held = await holdTime(ctx, wish, { ip: req.ip, proof: body.altcha ?? '' })
      if (!held.ok) return problem(held)
      const hold = held.value
      return jsonReply({ ...hold, start: isoSeconds(hold.start), expiresAt: isoSeconds(hold.expiresAt) }, 201)
    },
  }),
]

const slotsReply = ({ minutes, times, days, more }: Found) => ({
  minutes,
  slots: times.map(({ from, office }) => ({ start: isoOf(from), office })),
  days,
  more,
})

/** null: not for this person. */
function audienceOf(ctx: Ctx, wanted: string | undefined): Audience | null {
  if (wanted !== 'centre') return 'public'
  return may(ctx, 'appointments.book') ? 'centre' : null
}
