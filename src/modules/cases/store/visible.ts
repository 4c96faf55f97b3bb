import type { RawBuilder } from 'kysely'
import { everPublished } from '#modules/services/public.ts'
import { may, permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { sql } from '#platform/db/db.ts'
import type { Case } from './rows.ts'

/** What is asked for where a service names no permission of its own. */
export const READ = 'cases.read'

/** Services whose cases need another permission than `cases.read`: slug → permission. */
async function guardedServices(ctx: Ctx): Promise<Map<string, string>> {
  const services = await everPublished(ctx)
  return new Map(
    services
      .map(({ slug, definition }) => [slug, definition.permissions.read] as const)
      .filter(([, read]) => read !== READ),
  )
}

/**
 * Which cells (see the migration) the asking account may see, as a predicate over `cases_cell`. Lists are built from
 * cells, so that nothing gets into a list that its page would refuse, and the permission costs nothing per case.
 */
export async function visibleCells(ctx: Ctx): Promise<RawBuilder<boolean>> {
  const guarded = await guardedServices(ctx)
  const slugs = [...guarded.keys()]
  const usual = sql<boolean>`(${permittedIn(ctx, READ, 'unit')} and service <> all(${slugs}::text[]))`
  const special = [...new Set(guarded.values())].map((permission) => {
    const services = slugs.filter((slug) => guarded.get(slug) === permission)
    return sql<boolean>`(${permittedIn(ctx, permission, 'unit')} and service = any(${services}::text[]))`
  })
  return sql<boolean>`(${sql.join([usual, ...special], sql` or `)})`
}

/** The same rule for one case. */
export async function mayRead(ctx: Ctx, kase: Pick<Case, 'service' | 'unit'>): Promise<boolean> {
  const guarded = await guardedServices(ctx)
  return may(ctx, guarded.get(kase.service) ?? READ, kase.unit)
}
