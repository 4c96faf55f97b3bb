import { staffIn } from '#modules/accounts/public.ts'
import { permittedUnits } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import type { Choice } from '#platform/html/components/index.ts'
import { WORK } from '../use-cases/work.ts'

/** Everybody who can work on cases where the clerk can, by name. */
export async function colleaguesOf(ctx: Ctx): Promise<Choice[]> {
  const people = await Promise.all(permittedUnits(ctx, WORK).map((unit) => staffIn(ctx, unit, WORK)))
  const names = new Map(people.flat().map(({ id, name }) => [id, name]))
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .toSorted((a, b) => a.label.localeCompare(b.label, ctx.locale))
}
