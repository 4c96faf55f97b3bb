import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { PLATE_KEPT_HOURS, verdictOn, type Verdict } from '../domain/lookup.ts'
import { readPermitNumber } from '../domain/permit-number.ts'
import { looksLikePlate } from '../domain/plate-key.ts'
import { insertLookup, lastLookups, ownLookup, type Lookup } from '../store/lookups.ts'
import { permitById, permitByNumber, permitsOfPlate } from '../store/permits.ts'
import { zoneByLetter } from '../store/zones.ts'
import { texts } from '../texts/index.ts'

const LONGEST = 30
const SHOWN = 20

export interface LookedUp extends Verdict {
  readonly lookup: Lookup
}

/** An officer checks a plate or a permit's number; the check is kept, its plate for the shift alone. */
export async function lookUp(
  ctx: Ctx,
  input: { typed: string; zone: string | null },
): Promise<Result<LookedUp, 'invalid-input'>> {
  const t = texts(ctx).enforcement
  const typed = input.typed.trim().slice(0, LONGEST)
  const number = readPermitNumber(typed)
  if (!number && !looksLikePlate(typed)) return fail('invalid-input', { fields: { plate: t.plateInvalid } })
  if (input.zone !== null && !(await zoneByLetter(ctx, input.zone)))
    return fail('invalid-input', { fields: { zone: t.zoneUnknown } })
  const byNumber = number ? await permitByNumber(ctx, number) : null
  const permits = number ? (byNumber ? [byNumber] : []) : await permitsOfPlate(ctx, typed)
  const verdict = verdictOn(permits, input.zone, today(ctx.clock))
  const lookup: Lookup = {
    id: newId(),
    at: ctx.clock.now(),
    plate: verdict.permit?.plate ?? typed.toUpperCase(),
    zone: input.zone,
    result: verdict.result,
    permitId: verdict.permit?.id ?? null,
  }
  await insertLookup(ctx, ctx.account!.id, lookup)
  return ok({ lookup, ...verdict })
}

/** A check that the officer made in this shift, judged as it was then. */
export async function lookedUp(ctx: Ctx, id: string): Promise<LookedUp | null> {
  const lookup = await ownLookup(ctx, ctx.account!.id, id)
  if (!lookup) return null
  const permit = lookup.permitId ? await permitById(ctx, lookup.permitId) : null
  const seen = permit ? verdictOn([permit], lookup.zone, today(ctx.clock)).permit : null
  return { lookup, result: lookup.result, permit: seen }
}

export const checksOfShift = (ctx: Ctx): Promise<Lookup[]> =>
  lastLookups(ctx, ctx.account!.id, ctx.clock.now().subtract({ hours: PLATE_KEPT_HOURS }), SHOWN)
