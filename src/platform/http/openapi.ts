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
        pointer: Type.String({ description: 'Where in the body or the query, as a JSON pointer (RFC 6901)' }),
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
          'Services of a city hall. An ETag is the version for If-Match; 429 and 503 say in Retry-After after how many seconds it may go. Errors are problem documents (RFC 9457). Words come in the language of Accept-Language, at `/en/api/…` in English. A field of a body that is not named here is refused (400) where the body says `additionalProperties: false`; unknown parameters of a query are ignored.',
        license: {
          name: 'EUPL-1.2',
          url: 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12',
        },
      },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'Token of an account. One that has run out is refused (401), also where none is needed',
          },
          device: {
            type: 'http',
            scheme: 'bearer',
            description:
              'Key of a device, shown once when it is added; it works for the office of the device alone, and for what is open to everybody',
          },
        },
        schemas: { Problem: Problem as object },
      },
    },
    transform: ({ schema, url }) => ({ schema: documented(schema as Record<string, unknown>), url }),
  }
}

function documented({ 'x-route': route, ...schema }: Record<string, unknown>): Record<string, unknown> {
  const { kind, method, path, summary, tags, access, uploads, alsoReads, repeatable, replies } = (route ?? {
    kind: 'page',
  }) as Route
  if (kind !== 'api') return { hide: true }
  return {
    ...schema,
    ...(uploads ? { consumes: ['multipart/form-data'], body: FILE_BODY } : {}),
    ...alsoReads,
    ...(repeatable ? { headers: withKey(alsoReads) } : {}),
    operationId: operationId(method, path),
    summary,
    description: whoMay(access),
    tags,
    security: securityOf(access),
    response: responses({ ...(repeatable && KEY_REFUSALS), ...refusalsOf(access), ...replies }),
  }
}

/** By which generators of clients name their functions: `getAppointmentsBookingsById`. It stays as long as the path does. */
function operationId(method: string, path: string): string {
  const words = path
    .replace('/api/v1/', '')
    .replaceAll(/:(\w+)/g, (_, name: string) => `by-${name}`)
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .split(/[^\da-z]+/i)
  return [method, ...words]
    .map((word, i) => (i === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join('')
}

const withKey = (alsoReads: Route['alsoReads']) =>
  Type.Object({ ...alsoReads?.headers?.properties, 'Idempotency-Key': Type.Optional(KeyHeader) })

/** No key, one that is at work, and one of another body. */
const KEY_REFUSALS: NonNullable<Route['replies']> = { 400: Problem, 409: Problem, 422: Problem }

/** A token helps with every operation (its account owns what is sent), and is needed for some. */
function securityOf(access: Access) {
  if (access.who === 'device') return access.orStaff === null ? [{ device: [] }] : [{ device: [] }, { bearer: [] }]
  return access.who === 'citizen' || access.who === 'staff' ? [{ bearer: [] }] : [{}, { bearer: [] }]
}

/** In words, as a security scheme has none for it. */
function whoMay(access: Access): string {
  if (access.who === 'secret') return `For whoever has ${access.why}.`
  if (access.who === 'citizen') return 'For anybody with an account.'
  if (access.who === 'device') {
    const devices = `devices of the kind ${access.kinds.join(' or ')}`
    return access.orStaff === null ? `For ${devices}.` : `For ${devices}, and ${staffWith(access.orStaff)}.`
  }
  return access.who === 'staff' ? `For ${staffWith(access.permission)}.` : 'For everybody.'
}

const staffWith = (permission: string | null): string =>
  permission === null ? 'all staff' : `staff with the permission ${permission}, in the units for which they hold it`

/** Who needs a token or key can lack it, or what it stands for. */
function refusalsOf({ who }: Access): NonNullable<Route['replies']> {
  if (who === 'public' || who === 'secret') return {}
  return who === 'citizen' ? { 401: Problem } : { 401: Problem, 403: Problem }
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
