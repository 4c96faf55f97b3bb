import { staffIn } from '#modules/accounts/public.ts'
import { permittedUnits } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import type { Choice } from '#platform/html/components/index.ts'
import { WORK } from '../use-cases/work.ts'

/** Everybody who can work on cases where the clerk can, by name. */
export async function colleaguesOf(ctx: Ctx): Promise<Choice[]> {
  const people = await staffIn(ctx, permittedUnits(ctx, WORK), WORK)
  return people
    .map(({ id, name }) => ({ value: id, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label, ctx.locale))
}
