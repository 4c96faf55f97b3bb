import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '#platform/context.ts'
import { linkCode } from '#platform/http/link-code.ts'
import { redirect } from '#platform/http/reply.ts'
import { holderOf, type Req } from '#platform/http/route.ts'
import { demoAccessCode, hashAccessCode, readAccessCode } from '../domain/access-code.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { caseByNumber } from '../store/case.ts'
import { exampleWithoutAccount } from '../store/examples.ts'
import type { Case } from '../store/rows.ts'
import { exampleBehind } from './own-examples.ts'
import type { OwnDoor } from './own.ts'

export const caseCode = linkCode('rathaus_stand')

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
      ? caseCode.withoutCode(req, kase.number, readAccessCode(code))
      : redirect(`/stand?nummer=${asked.number}`)
  },
} as const satisfies OwnDoor

async function findByCookie(ctx: Ctx, req: Req<{ number: string }, any>): Promise<Case | null> {
  const asked = readCaseNumber(req.params.number)
  const code = asked.ok ? caseCode.remembered(req, asked.number) : ''
  return asked.ok && code !== '' ? openedBy(ctx, asked.number, code) : null
}

/** The case of that number, if the code opens it. */
export async function openedBy(ctx: Ctx, number: string, code: string): Promise<Case | null> {
  const kase = await caseByNumber(ctx, number)
  if (!kase) return null
  const given = Buffer.from(hashAccessCode(kase.id, code))
  const kept = Buffer.from(kase.accessCodeHash)
  return given.length === kept.length && timingSafeEqual(given, kept) ? kase : null
}
