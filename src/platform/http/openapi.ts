import { STATUS_CODES } from './node-http.ts'
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { Type } from '../schema.ts'
import type { App } from '../app.ts'
import { KeyHeader } from './idempotency.ts'
import { PROBLEM_KIND } from './problems.ts'
import type { Access, Route } from './route.ts'

/** What every refusal looks like (RFC 9457). */
export const Problem = Type.Object({
  type: Type.String({ description: 'Path of the page that explains it' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What can be done now' }),
  instance: Type.String({ description: 'Id of the request, as in the log' }),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        pointer: Type.String({ description: 'Where in the body, as a JSON pointer (RFC 6901)' }),
        detail: Type.String(),
      }),
    ),
  ),
})

/** The OpenAPI 3.1 document, made from the routes' schemas. */
export function openApiOptions(app: App): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rathaus',
        version: app.version,
        description:
          'Services of a city hall. Errors are problem documents (RFC 9457). Words come in the language of Accept-Language. A field of a body that is not named here is refused (400) where the body says `additionalProperties: false`; unknown parameters of a query are ignored.',
        license: {
          name: 'EUPL-1.2',
          url: 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12',
        },
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          device: { type: 'http', scheme: 'bearer', description: 'Key of a device, shown once when it is added' },
        },
        schemas: { Problem: Problem as object },
      },
    },
    transform: ({ schema, url }) => ({ schema: documented(schema as Record<string, unknown>), url }),
  }
}

function documented({ 'x-route': route, ...schema }: Record<string, unknown>): Record<string, unknown> {
  const { kind, summary, tags, access, uploads, alsoReads, repeatable, replies } = (route ?? { kind: 'page' }) as Route
  if (kind !== 'api') return { hide: true }
  return {
    ...schema,
    ...(uploads ? { consumes: ['multipart/form-data'], body: FILE_BODY } : {}),
    ...alsoReads,
    ...(repeatable ? { headers: withKey(alsoReads) } : {}),
    summary,
    tags,
    security: securityOf(access),
    response: responses(repeatable ? { ...KEY_REFUSALS, ...replies } : (replies ?? {})),
  }
}

const withKey = (alsoReads: Route['alsoReads']) =>
  Type.Object({ ...alsoReads?.headers?.properties, 'Idempotency-Key': Type.Optional(KeyHeader) })

/** No key, one that is at work, and one of another body. */
const KEY_REFUSALS = { 400: Problem, 409: Problem, 422: Problem }

/** A token helps with every operation (its account owns what is sent), and is needed for some. */
function securityOf(access: Access) {
  if (access.who === 'device') return access.orStaff === null ? [{ device: [] }] : [{ device: [] }, { bearer: [] }]
  return access.who === 'citizen' || access.who === 'staff' ? [{ bearer: [] }] : [{}, { bearer: [] }]
}

const FILE_BODY = {
  type: 'object',
  description: 'One part, named after the field that the file is for',
  additionalProperties: { type: 'string', format: 'binary' },
}

/** Replies are documented but not compiled: handlers shape them, and serialising by schema would cost each reply. */
const responses = (replies: NonNullable<Route['replies']>) => ({
  ...Object.fromEntries(
    Object.entries(replies).map(([status, schema]) => [
      status,
      Number(status) < 400
        ? { description: 'Done', content: { 'application/json': { schema } } }
        : problemReply(STATUS_CODES[status] ?? 'Problem'),
    ]),
  ),
  default: problemReply('Problem (RFC 9457)'),
})

const problemReply = (description: string) => ({
  description,
  content: { [PROBLEM_KIND]: { schema: { $ref: '#/components/schemas/Problem' } } },
})
