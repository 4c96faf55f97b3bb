import { limited, type Limit } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fold } from '#platform/search/fold.ts'
import { databaseRegister } from './adapters/database.ts'
import { httpRegister } from './adapters/http.ts'
import type { PopulationRegister } from './adapters/population-register.ts'
import { TOO_OFTEN, type Claim, type Confirmation } from './domain/confirmation.ts'
import { logQuery } from './store.ts'

/** The register that this city has set up: HTTP where the setting POPULATION_URL is set, otherwise the own table. */
export function registerOf(ctx: Ctx): PopulationRegister {
  const { config } = ctx.app
  const url = config.setting(ctx.tenant.id, 'POPULATION_URL')
  return url === null ? databaseRegister : httpRegister(url, config.secret(ctx.tenant.id, 'POPULATION_TOKEN'))
}

/**
 * Somebody who looks for a person that hides knows name and birthday and would try one address after the other: whether an
 * application goes on by itself tells which is right. After so many a day about one person a clerk looks first.
 */
const ABOUT_ONE_PERSON: Limit = { name: 'population-person', most: 20, minutes: 24 * 60 }

/**
 * Asks the register and notes who asked and why, but not about whom (the limit counts by a hash that is gone in two days).
 * `purpose`: `case:<id>`.
 */
export async function confirmResident(ctx: Ctx, claim: Claim, purpose: string): Promise<Confirmation> {
  const person = `${claim.birthDate.toString()} ${fold(claim.familyName)}`
  if (await limited(ctx, [ABOUT_ONE_PERSON, person])) return TOO_OFTEN
  const register = registerOf(ctx)
  const confirmation = await register.confirm(ctx, claim)
  await logQuery(ctx, { purpose, adapter: register.name, outcome: confirmation.outcome })
  return confirmation
}
