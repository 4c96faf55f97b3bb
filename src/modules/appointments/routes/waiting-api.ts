import type { Ctx } from '#platform/context.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, everybody, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type, type TSchema } from '#platform/schema.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import { WAITING_STATES } from '../domain/waiting.ts'
import { deleteWaiting, type NewWaiting } from '../store/waiting.ts'
import { readWaiting, wait } from '../use-cases/waiting.ts'
import { byWaitingCode } from './waiting.ts'
import { wishOf, WishFields } from './wish-api.ts'

const PATH = '/api/v1/appointments/waiting-list'
const orNull = (one: TSchema, description: string) => Type.Union([one, Type.Null()], { description })
const day = Type.String({ format: 'date' })
const instant = Type.String({ format: 'date-time' })

export const waitingFields = {
  id: Type.String({ format: 'uuid' }),
  state: Type.Union(
    WAITING_STATES.map((state) => Type.Literal(state)),
    { description: 'unconfirmed until the link in the mail is followed; told when something was free' },
  ),
  services: Type.Array(Type.String()),
  people: Type.Integer(),
  variant: Type.String(),
  offices: Type.Array(Type.String(), { description: 'None: anywhere' }),
  from: orNull(day, 'null: from now on'),
  to: orNull(day, 'The last day that is of use; null: none was named'),
  weekdays: Type.Array(Type.Integer(), { description: 'None: any' }),
  before: orNull(instant, 'The earliest time when it was made: only an earlier one is told of'),
  expiresAt: Type.String({ format: 'date-time', description: 'Then it ends by itself, and there are no more mails' }),
}
const opened = {
  access: byWaitingCode,
  tags: ['appointments'],
  params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
  query: Type.Object({
    code: Type.Optional(
      Type.String({ maxLength: 64, description: 'The code that came with it or stands in the mail' }),
    ),
  }),
}

/** The waiting list for programs: as the page has it, with the same limits. */
export const waitingApiRoutes: readonly Route[] = [
  api({
    method: 'POST',
    path: PATH,
    access: everybody,
    summary: 'Tells somebody when a time frees up; without an account once the link in the mail is followed',
    tags: opened.tags,
    perMinute: 10,
    body: Type.Object({
      ...WishFields,
      to: Type.Optional(Type.String({ format: 'date', description: 'The last day that is of use' })),
      email: Type.String({
        minLength: 1,
        maxLength: 254,
        description: 'At most five wishes each, three of them a day that nobody has confirmed',
      }),
      altcha: Type.Optional(
        Type.String({
          maxLength: 2000,
          description: 'The solved challenge as a hold takes it, needed after some requests of an hour',
        }),
      ),
    }),
    replies: {
      201: Type.Object({
        ...waitingFields,
        code: orNull(Type.String(), 'Opens it, shown this once; null: it stands in the mail alone'),
      }),
      422: Problem,
      429: Problem,
    },
    handle: async (ctx, req) => {
      const { email, altcha = '' } = req.body
      const wish = await wishOf(ctx, req.body)
      if (!wish.ok) return problem(wish)
      const { from: fromDay, to: lastDay, ...rest } = wish.value
      const waits = await wait(ctx, { ...rest, fromDay, lastDay }, { email: email.trim(), ip: req.ip, proof: altcha })
      if (!waits.ok) return problem(waits)
      const { row, code } = waits.value
      return jsonReply({ ...toldWaiting(row), code }, 201)
    },
  }),
  api({
    ...opened,
    method: 'GET',
    path: `${PATH}/:id`,
    summary: 'What somebody waits for, for who holds a code of it or owns it',
    replies: { 200: Type.Object(waitingFields), 404: Problem },
    handle: async (ctx, req) => {
      const row = await found(ctx, req)
      return row ? jsonReply(toldWaiting(row)) : problem(fail('not-found'))
    },
  }),
  api({
    ...opened,
    method: 'DELETE',
    path: `${PATH}/:id`,
    summary: 'Leaves the waiting list',
    replies: { 200: Type.Object({ removed: Type.Boolean() }), 404: Problem },
    handle: async (ctx, req) => {
      const row = await found(ctx, req)
      if (!row) return problem(fail('not-found'))
      await deleteWaiting(ctx, row.id)
      return jsonReply({ removed: true })
    },
  }),
]

const found = (ctx: Ctx, { params, query }: { params: { id: string }; query: { code?: string } }) =>
  readWaiting(ctx, params.id, query.code ?? '')

export const toldWaiting = ({
  id,
  state,
  services,
  people,
  variant,
  offices,
  fromDay,
  lastDay,
  weekdays,
  before,
  expiresAt,
}: NewWaiting) => ({
  id,
  state,
  services,
  people,
  variant,
  offices,
  from: fromDay,
  to: lastDay,
  weekdays,
  before: before && isoSeconds(before),
  expiresAt: isoSeconds(expiresAt),
})
