import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

/** No inline scripts or styles; `data:` for images only, since KERN's icons are masks of that kind. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), payment=(), usb=()',
}

const STRICT_TRANSPORT = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

/** What every reply says, also one from memory. */
export const securityHeaders = (config: Pick<Config, 'baseUrl'>): Readonly<Record<string, string>> =>
  config.baseUrl.startsWith('https:') ? { ...SECURITY_HEADERS, ...STRICT_TRANSPORT } : SECURITY_HEADERS

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Cross-site request forgery: browsers say where a request comes from, and cannot be made to lie about it
 * (Fetch Metadata; for older ones the Origin header). A request that says neither comes from no browser,
 * and so carries no cookie that somebody could be tricked into sending. Cookies are SameSite=Lax on top.
 * See docs/decisions/0004-csrf-by-origin.md.
 */
export function isForeign(request: FastifyRequest): boolean {
  if (SAFE.has(request.method)) return false
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const origin = request.headers.origin
  if (origin === undefined) return false
  if (origin === 'null') return true
  try {
    return new URL(origin).host !== request.host
  } catch {
    return true
  }
}
