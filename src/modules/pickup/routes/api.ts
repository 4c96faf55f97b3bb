import { deviceOf, onDevice } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { Problem } from '#platform/http/openapi.ts'
import { isId } from '#platform/http/query.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, type Req, type Route } from '#platform/http/route.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { isoSeconds, today } from '#platform/time/clock.ts'
import { isOverdue, LONGEST, type Document } from '../domain/document.ts'
import { documentAt, documentsOfDevice } from '../store/documents.ts'
import { deposit, doorFailed, returnToCounter, take } from '../use-cases/change.ts'
import { openWithCode } from '../use-cases/collect.ts'

const tags = ['pickup']
const access = onDevice(['pickup'])
const params = Type.Object({ id: Type.String({ maxLength: 40 }) })
const refusals = { 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem }

const DocumentReply = Type.Object({
  id: Type.String({ format: 'uuid' }),
  title: Type.String({ description: 'What it is; never whose' }),
  state: Type.String({ description: 'ready (to be deposited), deposited, open (not confirmed yet) or collected' }),
  compartment: Type.Union([Type.Integer(), Type.Null()]),
  collectBy: Type.String({ format: 'date' }),
  overdue: Type.Boolean({ description: 'To be taken out, back to the counter' }),
  openedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
})

const told = (ctx: Ctx, document: Document) => ({
  id: document.id,
  title: document.title,
  state: document.state,
  compartment: document.compartment,
  collectBy: document.collectBy.toString(),
  overdue: isOverdue(document, today(ctx.clock)),
  openedAt: document.openedAt && isoSeconds(document.openedAt),
})

const reply = (ctx: Ctx, result: Result<Document>, status = 200): Reply =>
  result.ok ? jsonReply(told(ctx, result.value), status) : problem(result)

/** A document that is meant for the locker that asks, or lies in it; every other one is not there. */
const own =
  (handle: (ctx: Ctx, document: Document, req: Req<any, any, any>) => Promise<Reply>) =>
  async (ctx: Ctx, req: Req<any, any, any>): Promise<Reply> => {
    const device = deviceOf(ctx)!
    const id = String(req.params.id)
    const document = isId(id) ? await documentAt(ctx, device.office, id) : null
    return document?.device === device.id ? handle(ctx, document, req) : problem(fail('not-found'))
  }

export const apiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/pickup/documents',
    access,
    summary: 'What is to be put into this locker, and what lies in it; overdue ones are to be taken out',
    tags,
    replies: { 200: Type.Object({ documents: Type.Array(DocumentReply) }), ...refusals },
    handle: async (ctx) => {
      const documents = await documentsOfDevice(ctx, deviceOf(ctx)!.id)
      return jsonReply({ documents: documents.map((document) => told(ctx, document)) })
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/pickup/openings',
    access,
    summary: 'Whose code it is: the compartment to open. Sent twice within a minute, it is one opening',
    tags,
    body: Type.Object({ code: Type.String({ maxLength: 40, description: 'Ten digits, as the person types them' }) }),
    replies: { 200: DocumentReply, ...refusals },
    handle: async (ctx, req) => reply(ctx, await openWithCode(ctx, deviceOf(ctx)!, req.body.code)),
  }),
  api({
    method: 'POST',
    path: '/api/v1/pickup/documents/:id/deposit',
    access,
    params,
    summary: 'It lies in that compartment now; the person gets a message with the code',
    tags,
    body: Type.Object({ compartment: Type.Integer({ minimum: 1, maximum: LONGEST.compartment }) }),
    replies: { 200: DocumentReply, ...refusals },
    handle: own(async (ctx, { id }, req) =>
      reply(ctx, await deposit(ctx, id, deviceOf(ctx)!.id, (req.body as { compartment: number }).compartment)),
    ),
  }),
  api({
    method: 'POST',
    path: '/api/v1/pickup/documents/:id/collection',
    access,
    params,
    summary: 'The compartment was opened and is empty: the person has it',
    tags,
    replies: { 200: DocumentReply, ...refusals },
    // A locker that has not had the answer says it again.
    handle: own(async (ctx, document) =>
      reply(ctx, document.state === 'collected' ? ok(document) : await take(ctx, document.id, 'device')),
    ),
  }),
  api({
    method: 'POST',
    path: '/api/v1/pickup/documents/:id/failure',
    access,
    params,
    summary: 'The door did not open, or it was closed and the document is still there; the code works on',
    tags,
    replies: { 200: DocumentReply, ...refusals },
    handle: own(async (ctx, document) =>
      reply(ctx, document.state === 'deposited' ? ok(document) : await doorFailed(ctx, document.id, 'device')),
    ),
  }),
  api({
    method: 'POST',
    path: '/api/v1/pickup/documents/:id/return',
    access,
    params,
    summary: 'Somebody of the office took it out: back to the counter. From then on it is none of this locker (404)',
    tags,
    replies: { 200: DocumentReply, ...refusals },
    handle: own(async (ctx, { id }) => reply(ctx, await returnToCounter(ctx, id))),
  }),
]
