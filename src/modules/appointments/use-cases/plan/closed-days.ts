import type { Ctx } from '#platform/context.ts'
import { closedDays, type ClosedDay } from '../../domain/closed-day.ts'
import { closuresFrom } from '../../store/closures.ts'
import { readPlan } from '../../store/plan.ts'

/** Days of that span on which these offices see nobody, and why, by the rules that hold now. */
export async function closedDaysOf(
  ctx: Pick<Ctx, 'db' | 'locale'>,
  offices: readonly string[],
  from: Temporal.PlainDate,
  until: Temporal.PlainDate,
): Promise<ClosedDay[]> {
  const { teams, rules } = await readPlan(ctx)
  const closures = await closuresFrom(ctx, from, offices)
  const days = Array.from({ length: from.until(until).days + 1 }, (_, i) => from.add({ days: i }))
  return offices.flatMap((office) => closedDays(office, teams, { rules, closures }, days, ctx.locale))
}
