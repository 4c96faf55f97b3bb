import { Type } from '#platform/schema.ts'
import {
  allPublished,
  jsonSchemaOf,
  published,
  type FileField,
  type ServiceDefinition,
} from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { NOTHING_KEPT, problemOfUpload } from '#platform/files/files.ts'
import { KeyHeader, readKey } from '#platform/http/idempotency.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, everybody, type UploadRule } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { texts } from '../texts/index.ts'
import { submitJson } from '../use-cases/submit.ts'
import { uploadMessage } from '../use-cases/upload-message.ts'

const Slug = Type.Object({ slug: Type.String({ maxLength: 100, examples: ['dog-registration'] }) })
const Service = Type.Object({
  slug: Type.String(),
  version: Type.Integer(),
  title: Type.String(),
  summary: Type.String(),
  loginRequired: Type.Boolean(),
  schema: Type.String({ description: 'Path of the JSON Schema of its answers' }),
})
const File = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
})
const Opened = Type.Object({
  caseNumber: Type.String({ examples: ['HUN-2026-000001-4'] }),
  accessCode: Type.String({ description: 'With the case number it opens the state of the case' }),
  state: Type.String({ description: 'Path under which the state is found' }),
})

/** Files are sent under the path of their field: `certificate`, `dogs.proof`. */
function fileFieldAt(def: ServiceDefinition, path: string): FileField | null {
  const fields = def.form.steps
    .flatMap((step) => step.items)
    .flatMap((item) =>
      item.type === 'group'
        ? item.fields.map((field) => ({ field, at: `${item.name}.${field.name}` }))
        : [{ field: item, at: item.name }],
    )
  const found = fields.find(({ at }) => at === path)?.field
  return found?.type === 'file' ? found : null
}

async function uploadRule(ctx: Ctx, req: { params: { slug: string } }, field: string): Promise<UploadRule | null> {
  const service = await published(ctx, req.params.slug)
  if (!service) return NOTHING_KEPT
  const found = fileFieldAt(service.definition, field)
  return found ? { maxBytes: found.maxBytes, kinds: found.kinds, maxFiles: 1 } : null
}

export const apiRoutes = [
  api({
    method: 'GET',
    path: '/api/v1/services',
    access: everybody,
    summary: 'Services that can be applied for online',
    tags: ['services'],
    replies: { 200: Type.Object({ services: Type.Array(Service) }) },
    handle: async (ctx) => {
      const services = (await allPublished(ctx)).map(({ slug, version, definition }) => ({
        slug,
        version,
        title: definition.texts[ctx.locale].service.title,
        summary: definition.texts[ctx.locale].service.summary,
        loginRequired: definition.login === 'required',
        schema: `/api/v1/services/${slug}/schema`,
      }))
      return jsonReply({ services })
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/services/:slug/schema',
    access: everybody,
    summary: 'JSON Schema (2020-12) of the answers of a service, the body of an application',
    tags: ['services'],
    params: Slug,
    replies: { 200: Type.Object({}, { description: 'JSON Schema, draft 2020-12' }) },
    handle: async (ctx, req) => {
      const service = await published(ctx, req.params.slug)
      return service ? jsonReply(jsonSchemaOf(service.definition, ctx.locale)) : problem(fail('not-found'))
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/services/:slug/files',
    access: everybody,
    summary: 'Upload a file for an application; gives the id to answer with',
    tags: ['services'],
    params: Slug,
    replies: { 201: File },
    perMinute: 60,
    uploads: uploadRule,
    handle: async (ctx, req) => {
      const service = await published(ctx, req.params.slug)
      if (!service) return problem(fail('not-found'))
      const sent = Object.entries(req.uploads).flatMap(([name, uploads]) => uploads.map((upload) => ({ name, upload })))
      const { name, upload } = sent[0] ?? { name: '', upload: null }
      const field = fileFieldAt(service.definition, name)
      if (!field || !upload || sent.length > 1) return problem(fail('bad-request', { detail: texts(ctx).api.oneFile }))
      if (!upload.ok) {
        const detail = uploadMessage(ctx, field, upload.problem)
        return problem(fail(problemOfUpload(upload.problem), { detail, fields: { [name]: detail } }))
      }
      return jsonReply(upload.file, 201)
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/services/:slug/applications',
    access: everybody,
    summary: 'Apply for a service',
    tags: ['services'],
    params: Slug,
    alsoReads: {
      headers: Type.Object({
        'Idempotency-Key': KeyHeader,
      }),
      body: Type.Object({}, { description: 'The answers, as /api/v1/services/{slug}/schema describes them' }),
    },
    replies: { 201: Opened },
    perMinute: 120,
    handle: async (ctx, req) => {
      const service = await published(ctx, req.params.slug)
      if (!service) return problem(fail('not-found'))
      if (service.definition.login === 'required' && !ctx.account) return problem(fail('sign-in-required'))
      const key = readKey(req.headers['idempotency-key'])
      if (key === null) return problem(fail('key-missing'))
      const submitted = await submitJson(ctx, {
        def: service.definition,
        version: service.version,
        body: req.body,
        key,
      })
      if (!submitted.ok) return problem(submitted)
      const { caseNumber, accessCode, repeated } = submitted.value
      const state = `/api/v1/cases/${caseNumber}?code=${accessCode}`
      return jsonReply({ caseNumber, accessCode, state }, 201, {
        location: state,
        ...(repeated ? { 'idempotency-replayed': 'true' } : {}),
      })
    },
  }),
]
