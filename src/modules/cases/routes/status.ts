import { timingSafeEqual } from 'node:crypto'
import { Type } from 'typebox'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, redirect, type Cookie } from '#platform/http/reply.ts'
import { action, everybody, holderOf, page, type Req, type Route } from '#platform/http/route.ts'
import { demoAccessCode, hashAccessCode, readAccessCode } from '../domain/access-code.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { exampleWithoutAccount } from '../store/examples.ts'
import { caseByNumber } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'
import { said } from '../views/inbox.ts'
import { statusView } from '../views/status.ts'
import { exampleBehind } from './own-examples.ts'
import { ownRoutes } from './own.ts'

/**
 * Holds number and code of the case that was opened on this device, so that neither stands in an address. Goes with the
 * browser's session, after half an hour at the latest: it may be a computer in a library.
 */
const COOKIE = 'rathaus_stand'
const SECONDS = 30 * 60

/** Guesses a minute from one address: at 60 bits a code is not found by trying. */
const TRIES_A_MINUTE = 10

export const statusRoutes: readonly Route[] = [
  page({
    path: '/stand',
    access: everybody,
    query: Type.Object({ nummer: Type.Optional(Type.String({ maxLength: 64 })), done: Type.Optional(Type.String()) }),
    handle: (ctx, req) =>
      htmlPage(
        statusView(ctx, {
          number: req.query.nummer,
          ...(req.query.done === 'left' ? { message: said(ctx, texts(ctx).status.left) } : {}),
        }),
      ),
  }),

  action({
    path: '/stand',
    access: holderOf('number and access code of a case'),
    perMinute: TRIES_A_MINUTE,
    handle: async (ctx, req) => {
      const t = texts(ctx).status
      const number = req.form.get('nummer')
      const code = req.form.get('code')
      const read = readCaseNumber(number)
      const errors: Record<string, string> = {}
      if (!read.ok)
        errors['nummer'] = { empty: t.numberMissing, 'no-case-number': t.numberInvalid, 'check-digit': t.numberTypo }[
          read.reason
        ]
      if (readAccessCode(code) === '') errors['code'] = t.codeMissing
      const kase = read.ok && Object.keys(errors).length === 0 ? await openedBy(ctx, read.number, code) : null
      if (read.ok && Object.keys(errors).length === 0 && !kase) errors['code'] = t.noMatch
      if (!kase) return htmlPage(statusView(ctx, { number, code, errors }), { status: 422 })
      return redirect(`/stand/${kase.number}`, [cookieFor(kase.number, code)])
    },
  }),

  action({
    path: '/stand/abmeldung',
    access: everybody,
    handle: () => redirect('/stand?done=left', [{ name: COOKIE, value: null }]),
  }),

  ...ownRoutes({
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
  }),
]

const cookieFor = (number: string, code: string): Cookie => ({
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
