import { SERVICE_SOURCE } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { searchDocuments } from '#platform/search/search.ts'
import type { Offer, OfferedService } from '../offer.ts'

/** Of a query; nobody types more. */
const LONGEST = 100
/** Pages that are looked at: those of matters for which people need no appointment are among them. */
const MOST_PAGES = 100

export interface FoundMatters {
  /** What was typed; '': all are shown. */
  readonly query: string
  readonly matters: readonly OfferedService[]
  /** False where only words like those typed were found. */
  readonly exact: boolean
}

/** Matters that can be booked, by the search of the city, which knows its synonyms and forgives slips. Best first. */
export async function findMatters(ctx: Ctx, { services }: Offer, typed: string): Promise<FoundMatters> {
  const query = typed.trim().slice(0, LONGEST)
  if (query === '') return { query, matters: services, exact: true }
  const hits = (await searchDocuments(ctx, query, MOST_PAGES)).filter(({ source }) => source === SERVICE_SOURCE)
  const exact = hits.some((hit) => hit.exact)
  return { query, exact, matters: hits.flatMap(({ id }) => services.filter(({ slug }) => slug === id)) }
}
