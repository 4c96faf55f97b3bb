import type { Ctx } from '#platform/context.ts'
import type { Claim, Confirmation } from '../domain/confirmation.ts'

/** The register of residents, wherever it is kept. */
export interface PopulationRegister {
  readonly name: 'database' | 'http'
  /** Never throws for a register that does not answer: the outcome then is `unavailable`. */
  confirm(ctx: Ctx, claim: Claim): Promise<Confirmation>
}
