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
  find: findByCookie,
  examples: async (ctx, what) => {
    const kase = await exampleWithoutAccount(ctx)
    const behind = kase && (await exampleBehind(ctx, what, [kase]))
    return kase && behind !== null ? [`/stand/${kase.number}${behind?.path}?code=${demoAccessCode(kase.id)}`] : []
  },
  otherwise: async (ctx, req) => {
    const asked = readCaseNumber(String(req.params.number))
    if (!asked.ok) return redirect('/stand')
    const { code } = req.query
    const kase = typeof code === 'string' ? await openedBy(ctx, asked.number, code) : null
    return kase
      ? redirect(withoutCode(req.url), [cookieFor(kase.number, code)])
      : redirect(`/stand?nummer=${asked.number}`)
  },
} as const satisfies OwnDoor

export const cookieFor = (number: string, code: string): Cookie => ({
  name: COOKIE,
  value: `${number}:${readAccessCode(code)}`,
  maxAge: SECONDS,
})

/**
 * With a code in the address (of a link in a letter) there is nothing to see yet: it becomes the cookie first (`otherwise`),
 * so that it stays in no address bar, no history and no bookmark.
 */
async function findByCookie(ctx: Ctx, req: Req<{ number: string }, { code?: unknown }>): Promise<Case | null> {
  if (req.query.code !== undefined) return null
  const [number = '', code = ''] = (req.cookies[COOKIE] ?? '').split(':')
  const asked = readCaseNumber(req.params.number)
  return asked.ok && asked.number === number ? openedBy(ctx, number, code) : null
}

function withoutCode(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  searchParams.delete('code')
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams.toString()}`
}

/** The case of that number, if the code opens it. */
export async function openedBy(ctx: Ctx, number: string, code: string): Promise<Case | null> {
  const kase = await caseByNumber(ctx, number)
  if (!kase) return null
  const given = Buffer.from(hashAccessCode(kase.id, code))
  const kept = Buffer.from(kase.accessCodeHash)
  return given.length === kept.length && timingSafeEqual(given, kept) ? kase : null
}
