import { distance } from '@turf/distance'
import { pointOfText } from '#modules/addresses/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import type { Office } from '#modules/catalogue/public.ts'
import { texts } from '../texts/index.ts'

/** Kilometres as the crow flies from the address to each office, by slug. */
export type Distances = ReadonlyMap<string, number>

/**
 * Offices within so many kilometres of an address of the city, with their distances.
 * Errors: `invalid-input` with the fields `near` (no such address) or `km` (no office within, and which is the nearest).
 */
export async function officesNear(
  ctx: Ctx,
  offices: readonly Office[],
  { near, km }: { readonly near: string; readonly km: number },
): Promise<Result<Distances>> {
  const t = texts(ctx).choose
  const point = await pointOfText(ctx, near)
  if (!point) return fail('invalid-input', { fields: { near: t.nearUnknown } })
  const from = [...point]
  const all = offices
    .flatMap(({ slug, point }) => (point ? [{ slug, km: distance(from, [...point], { units: 'kilometers' }) }] : []))
    .toSorted((a, b) => a.km - b.km)
  const within = all.filter((one) => one.km <= km)
  const [nearest] = all
  if (within.length > 0 || !nearest) return ok(new Map(within.map((one) => [one.slug, one.km])))
  const name = offices.find(({ slug }) => slug === nearest.slug)!.name[ctx.locale]
  return fail('invalid-input', { fields: { km: t.nobodyNear(name, kilometres(ctx, nearest.km)) } })
}

/** "1,2 km" */
export const kilometres = (ctx: Pick<Ctx, 'locale'>, km: number): string =>
  `${formatNumber(ctx, Math.max(0.1, Math.round(km * 10) / 10))} km`
