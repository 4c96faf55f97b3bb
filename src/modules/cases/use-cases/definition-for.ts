import { definitionOf, type ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Case } from '../store/rows.ts'

/** The definition that the case was opened with; it never changes. */
export async function definitionFor(ctx: Ctx, kase: Pick<Case, 'service' | 'version'>): Promise<ServiceDefinition> {
  const definition = await definitionOf(ctx, kase.service, kase.version)
  if (!definition) throw new Error(`there is no version ${kase.version} of the service ${kase.service}`)
  return definition
}
