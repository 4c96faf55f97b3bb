import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { App } from '../app.ts'

/** The OpenAPI 3.1 document, made from the routes' schemas. */
export function openApiOptions(app: App): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rathaus',
        version: app.version,
        description: 'Services of a city hall. Errors are problem documents (RFC 9457).',
        license: {
          name: 'EUPL-1.2',
          url: 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12',
        },
      },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
        schemas: {
          Problem: {
            type: 'object',
            required: ['type', 'title', 'status'],
            properties: {
              type: { type: 'string' },
              title: { type: 'string' },
              status: { type: 'integer' },
              detail: { type: 'string' },
              instance: { type: 'string' },
              errors: {
                type: 'array',
                items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
    transform: ({ schema, url }) => ({ schema: withReplies(schema as Record<string, unknown>), url }),
  }
}

/** Replies are documented but not compiled: handlers shape them, and serialising by schema would cost each reply. */
function withReplies(schema: Record<string, unknown>): Record<string, unknown> {
  const { 'x-replies': replies, ...rest } = schema
  if (rest['hide'] === true || replies === undefined) return rest
  const documented = Object.fromEntries(
    Object.entries(replies as Record<string, object>).map(([status, reply]) => [
      status,
      { description: Number(status) < 300 ? 'Done' : 'Problem', content: { 'application/json': { schema: reply } } },
    ]),
  )
  const problem = {
    description: 'Problem (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  return { ...rest, response: { ...documented, default: problem } }
}
