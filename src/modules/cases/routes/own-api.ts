import { Type, type TObject } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { NOTHING_KEPT, problemOfUpload } from '#platform/files/files.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, holderOf, signedIn, type Access, type Route } from '#platform/http/route.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { caseById } from '../store/case.ts'
import { documentOf } from '../store/documents.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'
import { handIn, writeToCity } from '../use-cases/applicant.ts'
import { decideAsApplicant } from '../use-cases/decide.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { HAND_IN } from '../views/own/documents.ts'
import { fieldWords, PublicCase, publicCase, Transition, transitionFor } from './api.ts'
import { openedBy } from './code-door.ts'
import { findMine } from './mine.ts'
import { loadOwn } from './own.ts'

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

/** How an app shows that an application is its person's: by the account, or by number and code. */
interface ApiDoor {
  readonly path: string
  /** The page of the same application. */
  readonly page: '/meine-antraege' | '/stand'
  readonly access: Access
  readonly query: TObject
  readonly refusals: Readonly<Record<number, typeof Problem>>
  readonly find: (ctx: Ctx, req: { params: { caseNumber: string }; query: unknown }) => Promise<Result<Case>>
}

/** Everything that "Meine Anträge" and `/stand` can do, for apps. */
export const ownApiRoutes: readonly Route[] = [
  ...ownApi({
    path: '/api/v1/me/cases/:caseNumber',
    page: '/meine-antraege',
    access: signedIn,
    query: Type.Object({}),
    refusals: { 401: Problem, 404: Problem },
    find: async (ctx, { params }) => {
      const kase = await findMine(ctx, { params: { number: params.caseNumber } })
      return kase ? ok(kase) : fail('not-found')
    },
  }),
  ...ownApi({
    path: '/api/v1/cases/:caseNumber',
    page: '/stand',
    access: holderOf('number and access code of a case'),
    query: Type.Object({
      code: Type.Optional(Type.String({ maxLength: 64, description: 'Access code from the receipt' })),
    }),
    refusals: { 404: Problem, 422: Problem, 429: Problem },
    find: async (ctx, { params, query }) => {
      const read = readCaseNumber(params.caseNumber)
      if (!read.ok && read.reason === 'check-digit')
        return fail('invalid-input', { fields: { caseNumber: texts(ctx).status.numberTypo } })
      const { code = '' } = query as { code?: string }
      const kase = read.ok ? await openedBy(ctx, read.number, code) : null
      // A wrong code and a number that does not exist look alike.
      return kase ? ok(kase) : fail('not-found')
    },
  }),
]

function ownApi(door: ApiDoor): Route[] {
  const { path, access, query, refusals } = door
  const withMine = async (
    ctx: Ctx,
    req: { params: { caseNumber: string }; query: unknown },
    reply: (kase: Case) => Reply | Promise<Reply>,
  ): Promise<Reply> => {
    const found = await door.find(ctx, req)
    return found.ok ? reply(found.value) : problem(found)
  }
  /** As it stands now. */
  const asItStands = async (ctx: Ctx, kase: Case, status: number): Promise<Reply> =>
    ownCase(ctx, (await caseById(ctx, kase.id))!, door.page, status)
  return [
    api({
      method: 'GET',
      path,
      access,
      summary: 'An application: how it stands, what happens next, messages, documents, and what one can do',
      tags: ['cases'],
      query,
      params: numbered,
      replies: { 200: OwnCase, ...refusals },
      perMinute: 30,
      handle: (ctx, req) => withMine(ctx, req, (kase) => asItStands(ctx, kase, 200)),
    }),

    api({
      method: 'GET',
      path: `${path}/documents/:id`,
      access,
      summary: 'A document or letter of one’s own application',
      tags: ['cases'],
      query,
      params: Type.Object({ caseNumber: Type.String({ maxLength: 64 }), id: Type.String({ maxLength: 64 }) }),
      replies: { 200: Type.Unknown({ description: 'The file' }), ...refusals },
      handle: (ctx, req) =>
        withMine(ctx, req, async (kase) => {
          const document = await documentOf(ctx, kase.id, req.params.id)
          return document ? fileReplyOf(ctx, document.fileId) : problem(fail('not-found'))
        }),
    }),

    api({
      method: 'POST',
      path: `${path}/messages`,
      access,
      summary: 'A message to the city',
      tags: ['cases'],
      query,
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
      replies: { 201: OwnCase, ...refusals, 422: Problem },
      perMinute: 10,
      handle: (ctx, req) =>
        withMine(ctx, req, async (kase) => {
          const body = req.body.body.normalize('NFC').replaceAll('\r\n', '\n').trim()
          if (body === '')
            return problem(fail('invalid-input', { fields: { body: texts(ctx).own.errors.textMissing } }))
          const key = req.headers['idempotency-key']
          const result = await writeToCity(ctx, kase.id, body, typeof key === 'string' ? key.slice(0, 64) : '')
          return result.ok ? asItStands(ctx, kase, 201) : problem(result)
        }),
    }),

    api({
      method: 'POST',
      path: `${path}/documents`,
      access,
      summary: 'Hand documents in: parts named "files"',
      tags: ['cases'],
      query,
      params: numbered,
      replies: { 201: OwnCase, ...refusals, 409: Problem, 413: Problem, 422: Problem },
      perMinute: 20,
      uploads: async (ctx, req, field) =>
        field !== 'files' ? null : (await door.find(ctx, req)).ok ? HAND_IN : NOTHING_KEPT,
      handle: (ctx, req) =>
        withMine(ctx, req, async (kase) => {
          const uploads = req.uploads['files'] ?? []
          const words = texts(ctx).own.errors
          if (uploads.length === 0) return problem(fail('invalid-input', { fields: { files: words.fileMissing } }))
          for (const upload of uploads) {
            if (upload.ok) continue
            const says = words[upload.problem]
            const files = typeof says === 'function' ? says(upload.name) : says
            return problem(fail(problemOfUpload(upload.problem), { detail: files, fields: { files } }))
          }
          const ids = uploads.flatMap((upload) => (upload.ok ? upload.file.id : []))
          const result = await handIn(ctx, kase.id, ids)
          return result.ok ? asItStands(ctx, kase, 201) : problem(result)
        }),
    }),

    api({
      method: 'POST',
      path: `${path}/transitions/:name`,
      access,
      summary: 'Takes a step that is the applicant’s: a withdrawal, and the like',
      tags: ['cases'],
      query,
      params: Type.Object({ caseNumber: Type.String({ maxLength: 64 }), name: Type.String({ maxLength: 64 }) }),
      body: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]))),
      replies: { 200: OwnCase, ...refusals, 409: Problem, 422: Problem },
      handle: (ctx, req) =>
        withMine(ctx, req, async (kase) => {
          const body = req.body ?? {}
          const typed = (name: string) => (Object.hasOwn(body, name) ? body[name] : undefined)
          const wish = { caseId: kase.id, transition: req.params.name, revision: null, typed }
          const result = await decideAsApplicant(ctx, wish)
          if (result.ok) return asItStands(ctx, kase, 200)
          const fields = fieldWords(ctx, result.fieldProblems)
          return problem(fail(result.problem, { detail: result.says?.[ctx.locale], fields }))
        }),
    }),
  ]
}

async function ownCase(ctx: Ctx, kase: Case, page: ApiDoor['page'], status: number): Promise<Reply> {
  const model = await loadOwn(ctx, kase, page)
  const value = {
    ...publicCase(kase, model.words),
    messages: model.messages.map(({ direction, body, createdAt }) => ({ direction, body, at: isoSeconds(createdAt) })),
    documents: model.documents.map(({ id, kind, title, name, mediaType, bytes, createdAt }) => ({
      id,
      kind,
      title: title ?? name,
      mediaType,
      bytes,
      at: isoSeconds(createdAt),
    })),
    transitions: model.offered.map(transitionFor(model.words)),
  }
  return jsonReply(value, status)
}
