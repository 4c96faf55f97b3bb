import type { FastifyReply, FastifyRequest } from 'fastify'
import { may } from '../auth/principal.ts'
import type { Ctx } from '../context.ts'
import { fail, type Failure } from '../problem.ts'
import { bearerOf } from './bearer.ts'
import { cookieHeader, DEVICE_COOKIE, ownCookies } from './cookies.ts'
import { details } from './details.ts'
import type { Access } from './route.ts'

type DeviceAccess = Extract<Access, { who: 'device' }>

/** What browsers keep at most (RFC 6265bis, section 5.5); each page of a device begins it anew. */
export const DEVICE_COOKIE_SECONDS = 400 * 24 * 3600

/** Whether the account may call the route at all; what it may see there is the store's matter. */
export function refusalOf(access: Access, ctx: Ctx): 'sign-in-required' | 'forbidden' | null {
  if (access.who === 'public' || access.who === 'secret' || access.who === 'device') return null
  if (!ctx.account) return 'sign-in-required'
  if (access.who === 'citizen') return null
  if (ctx.account.kind !== 'staff') return 'forbidden'
  return access.permission === null || may(ctx, access.permission) ? null : 'forbidden'
}

/**
 * A token that has run out, or a key that was withdrawn, where nobody needs one: whoever sends it does not mean to be a
 * stranger, whose booking waits for a link in a mail. The key of a device opens what is open to everybody.
 */
export async function refusalOfBearer(ctx: Ctx, request: FastifyRequest): Promise<Failure | null> {
  const key = bearerOf(request)
  if (key === undefined || ctx.account) return null
  const found = await ctx.app.identifyDevice?.(ctx, { key, cookie: undefined })
  if (found?.ok) return null
  return found?.problem === 'device-key-withdrawn' ? found : fail('sign-in-required', { says: details.tokenUnknown })
}

/**
 * Which machine asks. It asks for itself: whoever is signed in in its browser as well does not count. Staff with the
 * permission of the route may look without one.
 */
export async function admitDevice(
  ctx: Ctx,
  access: DeviceAccess,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Ctx | Failure> {
  const cookie = ownCookies(ctx, request.cookies)[DEVICE_COOKIE]
  const found = await ctx.app.identifyDevice!(ctx, { key: bearerOf(request), cookie })
  if (found.ok && access.kinds.includes(found.value.kind)) {
    if (cookie !== undefined)
      void reply.header(
        'set-cookie',
        cookieHeader(ctx, { name: DEVICE_COOKIE, value: cookie, maxAge: DEVICE_COOKIE_SECONDS }),
      )
    return { ...ctx, account: null, device: found.value }
  }
  if (ctx.account?.kind === 'staff' && access.orStaff !== null && may(ctx, access.orStaff)) return ctx
  return found.ok ? fail('wrong-device') : found
}
