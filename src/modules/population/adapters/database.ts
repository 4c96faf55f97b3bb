import { sameHouse } from '#modules/addresses/public.ts'
import { judge } from '../domain/confirmation.ts'
import { candidatesFor } from '../store.ts'
import type { PopulationRegister } from './population-register.ts'

/** The register in this installation's own table. */
export const databaseRegister: PopulationRegister = {
  name: 'database',
  confirm: async (ctx, claim) => judge(claim, await candidatesFor(ctx, claim), sameHouse),
}
