import type { App } from '#platform/app.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { seedLand } from '../seed.ts'

/** Demo data of other modules that tests of parking need, and the land of parking itself, in an otherwise empty city. */
export async function townWithZones(
  city: { readonly app: App; ctx(): Promise<Ctx> },
  others: readonly string[] = [],
): Promise<Ctx> {
  const ctx = await city.ctx()
  for (const module of city.app.modules) {
    if (module.name !== 'addresses' && !others.includes(module.name)) continue
    const { seed } = await module.seed!()
    await transaction(ctx, (ctx) => seed.run(ctx, () => undefined))
  }
  await transaction(ctx, seedLand)
  return ctx
}
