import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { ServiceDefinition } from '../domain/definition.ts'

export interface VersionRow {
  readonly slug: string
  readonly version: number
  readonly hash: string
  readonly state: 'trial' | 'published'
  readonly offered: boolean
  readonly loaded_at: Temporal.Instant
  readonly published_at: Temporal.Instant | null
}

const COLUMNS = sql.raw('slug, version, hash, state, offered, loaded_at, published_at')

export const allVersions = (ctx: Ctx): Promise<VersionRow[]> =>
  many(ctx.db, sql<VersionRow>`select ${COLUMNS} from services_version order by slug, version desc`)

export const versionsOf = (ctx: Ctx, slug: string): Promise<VersionRow[]> =>
  many(ctx.db, sql<VersionRow>`select ${COLUMNS} from services_version where slug = ${slug} order by version desc`)

/** The newest published version of each service, also of those that are offered no longer. */
export const newestPublished = (ctx: Ctx): Promise<VersionRow[]> =>
  many(
    ctx.db,
    sql<VersionRow>`select distinct on (slug) ${COLUMNS} from services_version
      where state = 'published' order by slug, version desc`,
  )

export async function storedDefinition(
  ctx: Ctx,
  slug: string,
  version: number,
): Promise<{ hash: string; state: VersionRow['state']; definition: ServiceDefinition } | null> {
  return maybe(
    ctx.db,
    sql<{ hash: string; state: VersionRow['state']; definition: ServiceDefinition }>`
      select hash, state, definition from services_version where slug = ${slug} and version = ${version}`,
  )
}

/** New, or new content of a version on trial. A published version is never touched. */
export async function keepVersion(
  ctx: Ctx,
  { definition, hash }: { definition: ServiceDefinition; hash: string },
  state: VersionRow['state'],
): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`insert into services_version (slug, version, hash, definition, state, loaded_at, published_at)
        values (${definition.slug}, ${definition.version}, ${hash}, ${json(definition)}, ${state}, ${now},
                ${state === 'published' ? now : null})
        on conflict (slug, version) do update set hash = excluded.hash, definition = excluded.definition,
          state = excluded.state, loaded_at = excluded.loaded_at, published_at = excluded.published_at
        where services_version.state = 'trial'`,
  )
}

/** Returns whether this call published it; false where it was published already or does not exist. */
export async function markPublished(ctx: Ctx, slug: string, version: number): Promise<boolean> {
  const touched = await exec(
    ctx.db,
    sql`update services_version set state = 'published', published_at = ${ctx.clock.now()}
        where slug = ${slug} and version = ${version} and state = 'trial'`,
  )
  return touched === 1
}

export async function offerOnly(ctx: Ctx, slugs: readonly string[]): Promise<void> {
  await exec(
    ctx.db,
    sql`update services_version set offered = slug = any(${[...slugs]}::text[])
        where offered <> (slug = any(${[...slugs]}::text[]))`,
  )
}
