import type { App } from '#platform/app.ts'
import type { Ctx } from '#platform/context.ts'
import type { PublishedService, ServiceDefinition } from './domain/definition.ts'
import { newestPublished, storedDefinition, versionsOf, type VersionRow } from './store/versions.ts'

/**
 * Definitions that this process has read. Published ones never change and stay; which one is the newest is asked
 * again after a second, so that a version published by another process is soon offered here, too.
 */
interface Registry {
  readonly definitions: Map<string, ServiceDefinition>
  readonly published: Map<string, { readonly until: number; readonly services: Promise<readonly PublishedService[]> }>
}

const FRESH_MS = 1000
const registries = new WeakMap<App, Registry>()

function registryOf({ app }: Ctx): Registry {
  let registry = registries.get(app)
  if (!registry) registries.set(app, (registry = { definitions: new Map(), published: new Map() }))
  return registry
}

/** The version that people get who start an application now; null where the service is not offered. */
export async function published(ctx: Ctx, slug: string): Promise<PublishedService | null> {
  return (await allPublished(ctx)).find((service) => service.slug === slug) ?? null
}

/** Every service that is offered, in the order of their slugs. */
export const allPublished = async (ctx: Ctx): Promise<readonly PublishedService[]> =>
  (await everPublished(ctx)).filter((service) => service.offered)

/** The same with those that are offered no longer: their cases are still there, and who may read them is still their word. */
export function everPublished(ctx: Ctx): Promise<readonly PublishedService[]> {
  const { published: kept } = registryOf(ctx)
  const known = kept.get(ctx.tenant.id)
  if (known && known.until > performance.now()) return known.services
  const services = readPublished(ctx)
  kept.set(ctx.tenant.id, { until: performance.now() + FRESH_MS, services })
  services.catch(() => kept.delete(ctx.tenant.id))
  return services
}

/** After a change by this process: what is published is read anew at the next question. */
export function forgetPublished(ctx: Ctx): void {
  registryOf(ctx).published.delete(ctx.tenant.id)
}

async function readPublished(ctx: Ctx): Promise<readonly PublishedService[]> {
  const services: PublishedService[] = []
  for (const row of await newestPublished(ctx)) {
    const definition = await definitionOf(ctx, row.slug, row.version)
    if (definition) services.push(asPublished(row, definition))
  }
  return services
}

/** The definition of one version, published or on trial; the same object for the same content. */
export async function definitionOf(ctx: Ctx, slug: string, version: number): Promise<ServiceDefinition | null> {
  const { definitions } = registryOf(ctx)
  const key = `${ctx.tenant.id}/${slug}/${version}`
  const known = definitions.get(key)
  if (known) return known
  const stored = await storedDefinition(ctx, slug, version)
  if (!stored) return null
  // One on trial may be replaced at the next start of another process: kept by its content, and asked for each time.
  const sameContent = definitions.get(stored.hash) ?? stored.definition
  definitions.set(stored.hash, sameContent)
  if (stored.state === 'published') definitions.set(key, sameContent)
  return sameContent
}

/** The newest version on trial that is newer than what is published; null where there is none. */
export async function onTrial(ctx: Ctx, slug: string): Promise<PublishedService | null> {
  const [newest] = await versionsOf(ctx, slug)
  if (newest?.state !== 'trial' || !newest.offered) return null
  const definition = await definitionOf(ctx, slug, newest.version)
  return definition && asPublished(newest, definition)
}

const asPublished = (row: VersionRow, definition: ServiceDefinition): PublishedService => ({
  slug: row.slug,
  version: row.version,
  hash: row.hash,
  state: row.state,
  offered: row.offered,
  publishedAt: row.published_at,
  definition,
})
