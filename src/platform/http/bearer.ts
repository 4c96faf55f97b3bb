import type { FastifyRequest } from 'fastify'

/**
 * The token of a JSON operation (RFC 6750); pages know cookies alone. What can be none is one that opens nothing: a program
 * whose setting is empty, or that shows the token of another system, is no stranger.
 */
export function bearerOf(request: Pick<FastifyRequest, 'url' | 'headers'>): string | undefined {
  if (!request.url.startsWith('/api/')) return undefined
  return /^Bearer(?: +|$)(.*)/i.exec(request.headers.authorization ?? '')?.[1]
}
