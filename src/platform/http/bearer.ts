import type { FastifyRequest } from 'fastify'

/** The token of a JSON operation (RFC 6750); pages know cookies alone. */
export function bearerOf(request: Pick<FastifyRequest, 'url' | 'headers'>): string | undefined {
  if (!request.url.startsWith('/api/')) return undefined
  return /^Bearer +([\w.~+/=-]{1,500})$/i.exec(request.headers.authorization ?? '')?.[1]
}
