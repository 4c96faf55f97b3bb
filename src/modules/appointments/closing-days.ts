import type { ClosingDays } from '#modules/catalogue/public.ts'
import { isShutBy } from './domain/plan.ts'
import { closuresFrom } from './store/closures.ts'

/** For whoever says whether an office is open. Why it is shut staff alone read. */
export const officeClosingDays: ClosingDays = async (ctx, { offices, from, until }) => {
  const closures = await closuresFrom(ctx, from, offices)
  if (closures.length === 0) return []
  const days = Array.from({ length: from.until(until).days + 1 }, (_, i) => from.add({ days: i }))
  return offices.flatMap((office) => {
    const own = closures.filter((closure) => closure.office === null || closure.office === office)
    return days.filter((day) => own.some((closure) => isShutBy(closure, day))).map((day) => ({ office, day }))
  })
}
