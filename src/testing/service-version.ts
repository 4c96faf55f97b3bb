import type { ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'

/** A version of a service as a start keeps it, but for this test's city alone; from no folder in `services/`. */
export async function keepServiceVersion(
  ctx: Ctx,
  definition: ServiceDefinition,
  state: 'trial' | 'published',
): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`insert into services_version (slug, version, hash, definition, state, loaded_at, published_at)
      values (${definition.slug}, ${definition.version}, 'of a test', ${json(definition)}, ${state}, ${now},
        ${state === 'published' ? now : null})`,
  )
}
