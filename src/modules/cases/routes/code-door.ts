import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '#platform/context.ts'
import { redirect, type Cookie } from '#platform/http/reply.ts'
import { holderOf, type Req } from '#platform/http/route.ts'
import { demoAccessCode, hashAccessCode, readAccessCode } from '../domain/access-code.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { caseByNumber } from '../store/case.ts'
import { exampleWithoutAccount } from '../store/examples.ts'
import type { Case } from '../store/rows.ts'
import { exampleBehind } from './own-examples.ts'
import type { OwnDoor } from './own.ts'

/**
 * Holds number and code of the case that was opened on this device, so that neither stands in an address. Goes with the
 * browser's session, after half an hour at the latest: it may be a computer in a library.
 */
export const COOKIE = 'rathaus_stand'
const SECONDS = 30 * 60

/** Number and code open a case, and what came of it, to whoever has no account. */
export const codeDoor = {
  path: '/stand',
  access: holderOf('number and access code of a case, in a cookie of this device'),
  find: findByCode,
  examples: async (ctx, what) => {
    const kase = await exampleWithoutAccount(ctx)
    const behind = kase && (await exampleBehind(ctx, what, [kase]))
    return kase && behind !== null ? [`/stand/${kase.number}${behind?.path}?code=${demoAccessCode(kase.id)}`] : []
  },
  cookies: (req, kase) => (typeof req.query.code === 'string' ? [cookieFor(kase.number, req.query.code)] : []),
  otherwise: (_ctx, req) => {
    const read = readCaseNumber(String(req.params.number))
    return redirect(read.ok ? `/stand?nummer=${read.number}` : '/stand')
  },
} as const satisfies OwnDoor

export const cookieFor = (number: string, code: string): Cookie => ({
  name: COOKIE,
  value: `${number}:${readAccessCode(code)}`,
  maxAge: SECONDS,
})

/** By the code in the address (of a QR code on a letter) or, from then on, by the cookie. */
async function findByCode(ctx: Ctx, req: Req<{ number: string }, { code?: unknown }>): Promise<Case | null> {
  const asked = readCaseNumber(req.params.number)
  if (asked.ok && typeof req.query.code === 'string') return openedBy(ctx, asked.number, req.query.code)
  return findByCookie(ctx, req)
}

async function findByCookie(ctx: Ctx, req: Pick<Req<{ number: string }>, 'params' | 'cookies'>): Promise<Case | null> {
  const [number = '', code = ''] = (req.cookies[COOKIE] ?? '').split(':')
  const asked = readCaseNumber(req.params.number)
  return asked.ok && asked.number === number ? openedBy(ctx, number, code) : null
}

/** The case of that number, if the code opens it. */
export async function openedBy(ctx: Ctx, number: string, code: string): Promise<Case | null> {
  const kase = await caseByNumber(ctx, number)
  if (!kase) return null
  const given = Buffer.from(hashAccessCode(kase.id, code))
  const kept = Buffer.from(kase.accessCodeHash)
  return given.length === kept.length && timingSafeEqual(given, kept) ? kase : null
}
