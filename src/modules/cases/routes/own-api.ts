import { Type } from 'typebox'
import type { Ctx } from '#platform/context.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, signedIn, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { documentOf } from '../store/documents.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'
import { handIn, writeToCity } from '../use-cases/applicant.ts'
import { decideAsApplicant } from '../use-cases/decide.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { HAND_IN } from '../views/own/documents.ts'
import { fieldWords, PublicCase, publicCase, Transition, transitionFor } from './api.ts'
import { findMine } from './mine.ts'
import { loadOwn } from './own.ts'

const PATH = '/api/v1/me/cases/:caseNumber'
const numbered = Type.Object({ caseNumber: Type.String({ maxLength: 64 }) })
const instant = () => Type.String({ format: 'date-time' })

const OwnCase = Type.Intersect([
  PublicCase,
  Type.Object({
    messages: Type.Array(
      Type.Object({
        direction: Type.String({ enum: ['in', 'out'], description: '`in`: to the city, `out`: from the city' }),
        body: Type.String(),
        at: instant(),
      }),
    ),
    documents: Type.Array(
      Type.Object({
        id: Type.String({ format: 'uuid' }),
        kind: Type.String({ enum: ['answer', 'later', 'letter'] }),
        title: Type.String(),
        mediaType: Type.String(),
        bytes: Type.Integer(),
        at: instant(),
      }),
    ),
    transitions: Type.Array(Transition, { description: 'What the person can do: withdraw, and the like' }),
  }),
])

/** Everything that "Meine Anträge" can do, for apps. */
export const ownApiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: PATH,
    access: signedIn,
    summary: 'One’s own application with messages, documents and what one can do',
    tags: ['cases'],
    params: numbered,
    replies: { 200: OwnCase, 401: Problem, 404: Problem },
    handle: (ctx, req) => withMine(ctx, req.params.caseNumber, (kase) => ownCase(ctx, kase, 200)),
  }),

  api({
    method: 'GET',
    path: `${PATH}/documents/:id`,
    access: signedIn,
    summary: 'A document or letter of one’s own application',
    tags: ['cases'],
    params: Type.Object({ caseNumber: Type.String({ maxLength: 64 }), id: Type.String({ maxLength: 64 }) }),
    replies: { 200: Type.Unknown({ description: 'The file' }), 401: Problem, 404: Problem },
    handle: (ctx, req) =>
      withMine(ctx, req.params.caseNumber, async (kase) => {
        const document = await documentOf(ctx, kase.id, req.params.id)
        return document ? fileReplyOf(ctx, document.fileId) : problem(fail('not-found'))
      }),
  }),

  api({
    method: 'POST',
    path: `${PATH}/messages`,
    access: signedIn,
    summary: 'A message to the city',
    tags: ['cases'],
    params: numbered,
    body: Type.Object(
      { body: Type.String({ minLength: 1, maxLength: LONGEST_TEXT }) },
      { additionalProperties: false },
    ),
    alsoReads: {
      headers: Type.Object({
        'Idempotency-Key': Type.Optional(
          Type.String({
            maxLength: 64,
            description: 'Of your own making: sent again with the same key, it is one message',
          }),
        ),
      }),
    },
    replies: { 201: OwnCase, 401: Problem, 404: Problem, 422: Problem },
    perMinute: 10,
    handle: (ctx, req) =>
      withMine(ctx, req.params.caseNumber, async (kase) => {
        const body = req.body.body.normalize('NFC').replaceAll('\r\n', '\n').trim()
        if (body === '') return problem(fail('invalid-input', { fields: { body: texts(ctx).own.errors.textMissing } }))
        const key = req.headers['idempotency-key']
        const result = await writeToCity(ctx, kase.id, body, typeof key === 'string' ? key.slice(0, 64) : '')
        return result.ok ? ownCase(ctx, kase, 201) : problem(result)
      }),
  }),

  api({
    method: 'POST',
    path: `${PATH}/documents`,
    access: signedIn,
    summary: 'Hand documents in: parts named "files"',
    tags: ['cases'],
    params: numbered,
    replies: { 201: OwnCase, 401: Problem, 404: Problem, 409: Problem, 413: Problem, 422: Problem },
    perMinute: 20,
    uploads: async (ctx, req, field) => (field === 'files' && (await findMine(ctx, ownNumber(req))) ? HAND_IN : null),
    handle: (ctx, req) =>
      withMine(ctx, req.params.caseNumber, async (kase) => {
        const uploads = req.uploads['files'] ?? []
        const words = texts(ctx).own.errors
        if (uploads.length === 0) return problem(fail('invalid-input', { fields: { files: words.fileMissing } }))
        for (const upload of uploads) {
          if (upload.ok) continue
          const says = words[upload.problem]
          const files = typeof says === 'function' ? says(upload.name) : says
          const status = upload.problem === 'too-large' ? 'too-large' : 'invalid-input'
          return problem(fail(status, { detail: files, fields: { files } }))
        }
        const ids = uploads.flatMap((upload) => (upload.ok ? upload.file.id : []))
        const result = await handIn(ctx, kase.id, ids)
        return result.ok ? ownCase(ctx, kase, 201) : problem(result)
      }),
  }),

  api({
    method: 'POST',
    path: `${PATH}/transitions/:name`,
    access: signedIn,
    summary: 'Takes a step that is the applicant’s: a withdrawal, and the like',
    tags: ['cases'],
    params: Type.Object({ caseNumber: Type.String({ maxLength: 64 }), name: Type.String({ maxLength: 64 }) }),
    body: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]))),
    replies: { 200: OwnCase, 401: Problem, 404: Problem, 409: Problem, 422: Problem },
    handle: (ctx, req) =>
      withMine(ctx, req.params.caseNumber, async (kase) => {
        const body = req.body ?? {}
        const typed = (name: string) => (Object.hasOwn(body, name) ? body[name] : undefined)
        const wish = { caseId: kase.id, transition: req.params.name, revision: null, typed }
        const result = await decideAsApplicant(ctx, wish)
        if (result.ok) return ownCase(ctx, kase, 200)
        const fields = fieldWords(ctx, result.fieldProblems)
        return problem(fail(result.problem, { detail: result.says?.[ctx.locale], fields }))
      }),
  }),
]

const ownNumber = (req: { params: { caseNumber: string } }) => ({ params: { number: req.params.caseNumber } })

async function withMine(ctx: Ctx, caseNumber: string, reply: (kase: Case) => Reply | Promise<Reply>): Promise<Reply> {
  const kase = await findMine(ctx, { params: { number: caseNumber } })
  return kase ? reply(kase) : problem(fail('not-found'))
}

/** As it stands now. */
async function ownCase(ctx: Ctx, { number }: Pick<Case, 'number'>, status: number): Promise<Reply> {
  const kase = (await findMine(ctx, { params: { number } }))!
  const model = await loadOwn(ctx, kase, '/meine-antraege')
  const value = {
    ...publicCase(kase, model.words),
    messages: model.messages.map(({ direction, body, createdAt }) => ({ direction, body, at: createdAt.toString() })),
    documents: model.documents.map(({ id, kind, title, name, mediaType, bytes, createdAt }) => ({
      id,
      kind,
      title: title ?? name,
      mediaType,
      bytes,
      at: createdAt.toString(),
    })),
    transitions: model.offered.map(transitionFor(model.words)),
  }
  return jsonReply(value, status)
}
