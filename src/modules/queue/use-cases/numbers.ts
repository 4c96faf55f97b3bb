import { officeBySlug } from '#modules/catalogue/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { fullOn, setFullOn } from '../store/offices.ts'
import { changing } from './change.ts'
import { mayIn } from './offices.ts'

/** Whether an office gives numbers to whoever comes without an appointment; the next day it does by itself. */
export async function giveNumbers(ctx: Ctx, office: string, give: boolean): Promise<Result<null>> {
  const house = await officeBySlug(ctx, office)
  if (!house || !mayIn(ctx, 'queue.call', house)) return fail('not-found')
  const day = today(ctx.clock)
  return changing(ctx, office, async (ctx) => {
    // Pressed twice, or by two.
    if ((await fullOn(ctx, office, day)) !== give) return ok(null)
    await setFullOn(ctx, office, give ? null : day)
    await audit(ctx, { subject: `office:${office}`, action: give ? 'queue.numbers-given' : 'queue.numbers-stopped' })
    return ok(null)
  })
}
