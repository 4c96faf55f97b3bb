import type { Ctx } from '#platform/context.ts'
import { databaseRegister } from './adapters/database.ts'
import { httpRegister } from './adapters/http.ts'
import type { PopulationRegister } from './adapters/population-register.ts'
import type { Claim, Confirmation } from './domain/confirmation.ts'
import { logQuery } from './store.ts'

/** The register that this city has set up: HTTP where the setting POPULATION_URL is set, otherwise the own table. */
export function registerOf(ctx: Ctx): PopulationRegister {
  const { config } = ctx.app
  const url = config.setting(ctx.tenant.id, 'POPULATION_URL')
  return url === null ? databaseRegister : httpRegister(url, config.secret(ctx.tenant.id, 'POPULATION_TOKEN'))
}

/** Asks the register and notes who asked and why, but not about whom. `purpose`: `case:<id>`. */
export async function confirmResident(ctx: Ctx, claim: Claim, purpose: string): Promise<Confirmation> {
  const register = registerOf(ctx)
  const confirmation = await register.confirm(ctx, claim)
  await logQuery(ctx, { purpose, adapter: register.name, outcome: confirmation.outcome })
  return confirmation
}
