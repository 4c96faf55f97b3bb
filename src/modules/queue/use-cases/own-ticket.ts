import { isMailAddress, isMobile } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { hashOfCode } from '../domain/code.ts'
import type { Visit } from '../domain/visit.ts'
import { setContact } from '../store/calls.ts'
import { visitAtGlance } from '../store/glances.ts'
import { visitWithCode } from '../store/visits.ts'
import { texts } from '../texts/index.ts'
import { changing } from './change.ts'
import { end } from './end.ts'

export interface Shown {
  readonly visit: Visit
  /** Whether the code came with the ticket, and may change what becomes of it. */
  readonly isOwn: boolean
}

/** The ticket of today whose state the code shows. */
export async function shownTicket(ctx: Ctx, code: string): Promise<Shown | null> {
  const own = await ownTicket(ctx, code)
  const visit = own ?? (await visitAtGlance(ctx, hashOfCode(code), today(ctx.clock)))
  return visit && { visit, isOwn: own !== null }
}

/** The ticket of today that came with the code. */
export const ownTicket = (ctx: Ctx, code: string): Promise<Visit | null> =>
  visitWithCode(ctx, hashOfCode(code), today(ctx.clock))

/** By mail or SMS when it is soon their turn. */
export async function wantToBeTold(ctx: Ctx, code: string, contact: string): Promise<Result<Visit>> {
  const visit = await ownTicket(ctx, code)
  if (!visit) return fail('not-found')
  const typed = contact.trim()
  const isMail = isMailAddress(typed)
  if (!isMail && !isMobile(typed))
    return fail('invalid-input', { fields: { contact: texts(ctx).problems.contactNotValid } })
  const to = { email: isMail ? typed : null, telephone: isMail ? null : typed }
  return changing(ctx, visit.office, async (ctx) => waiting(ctx, await setContact(ctx, visit.id, to)))
}

export async function tellNoMore(ctx: Ctx, code: string): Promise<Result<Visit>> {
  const visit = await ownTicket(ctx, code)
  if (!visit) return fail('not-found')
  const nowhere = { email: null, telephone: null }
  return changing(ctx, visit.office, async (ctx) => waiting(ctx, await setContact(ctx, visit.id, nowhere)))
}

/** Goes without having been served. Sent twice, they have gone. */
export async function giveUp(ctx: Ctx, code: string): Promise<Result<Visit>> {
  const visit = await ownTicket(ctx, code)
  if (!visit) return fail('not-found')
  if (visit.gaveUp) return ok(visit)
  const now = ctx.clock.now()
  return changing(ctx, visit.office, async (ctx) => {
    const gone = await end(ctx, visit.id, { state: 'absent', gaveUp: true, from: ['waiting', 'called', 'parked'], now })
    return waiting(ctx, gone)
  })
}

/** null: it does not wait any more. */
const waiting = (ctx: Ctx, visit: Visit | null): Result<Visit> =>
  visit ? ok(visit) : fail('conflict', { detail: texts(ctx).problems.waitsNoMore })
