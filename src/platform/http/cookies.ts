import type { Ctx } from '../context.ts'
import type { Cookie } from './reply.ts'

export const SESSION_COOKIE = 'rathaus_session'
/** Of a browser that stands in a hall and was set up once. */
export const DEVICE_COOKIE = 'rathaus_device'

const isHttps = (ctx: Pick<Ctx, 'tenant'>) => ctx.tenant.baseUrl.startsWith('https:')

/** Over HTTPS cookies carry the `__Host-` prefix: bound to this host, this path and secure connections. */
export const cookieName = (ctx: Pick<Ctx, 'tenant'>, name: string) => (isHttps(ctx) ? `__Host-${name}` : name)

/**
 * Cookies by their plain names. Over HTTPS one without the prefix is not ours: a neighbour on another subdomain could have
 * set it, and would know the secret of the form that somebody fills in.
 */
export function ownCookies(
  ctx: Pick<Ctx, 'tenant'>,
  cookies: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const prefix = cookieName(ctx, '')
  return Object.fromEntries(
    Object.entries(cookies)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  )
}

/** Every cookie of the program: HttpOnly, SameSite=Lax, whole site, secure over HTTPS. */
export function cookieHeader(ctx: Pick<Ctx, 'tenant'>, cookie: Cookie): string {
  const age = cookie.value === null ? 0 : cookie.maxAge
  return [
    `${cookieName(ctx, cookie.name)}=${encodeURIComponent(cookie.value ?? '')}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(isHttps(ctx) ? ['Secure'] : []),
    ...(age === undefined ? [] : [`Max-Age=${age}`]),
  ].join('; ')
}
