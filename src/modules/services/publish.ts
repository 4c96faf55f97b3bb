import { join } from 'node:path'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { sumOfAll } from './checked.ts'
import type { LoadedService } from './loader/definition.ts'
import { letterProblems } from './loader/letters.ts'
import { DefinitionError, type DefinitionProblem } from './loader/problem.ts'
import type { KnownNames } from './loader/workflow.ts'
import { forgetPublished } from './registry.ts'
import { checkedSum, keepCheckedSum } from './store/checked.ts'
import { allVersions, keepVersion, offerOnly, type VersionRow } from './store/versions.ts'

/** `services/` beside `src/`. */
const ROOT = join(import.meta.dirname, '..', '..', '..', 'services')

/** The folders are read once for all tenants of a process. */
let read: { readonly sum: string; readonly services: readonly LoadedService[] } | null = null

/**
 * At start, for each tenant: every folder is checked and kept as a version, where anything changed since the last time.
 * Throws DefinitionError, which stops the start with all problems, each with file, line and reason.
 */
export async function prepareServices(ctx: Ctx, root = ROOT): Promise<void> {
  const known = namesOf(ctx)
  const sum = sumOfAll(root, known)
  if ((await checkedSum(ctx)) === sum) return
  if (read?.sum !== sum) {
    // Most starts do without it.
    const { loadServices } = await import('./loader/folder.ts')
    read = { sum, services: loadServices(root, known) }
  }
  await keepServices(ctx, read.services)
  await keepCheckedSum(ctx, sum)
}

/** What workflows may name: the points belong to `cases`, which is above this module, so only their names are used. */
function namesOf(ctx: Ctx): KnownNames {
  const names = (point: string): string[] => [...ctx.app.extensions({ point }).keys()]
  const permissions = ctx.app.modules.flatMap((module) => Object.keys(module.permissions ?? {}))
  return { actions: names('cases.action'), checks: names('cases.check'), permissions }
}

/** Keeps what is new; refuses a published version whose content has changed. */
export async function keepServices(ctx: Ctx, services: readonly LoadedService[]): Promise<void> {
  await transaction(ctx, async (inner) => {
    const rows = await allVersions(inner)
    const known = new Set(rows.map((row) => row.hash))
    const fresh = services.filter(({ hash }) => !known.has(hash))
    const problems = [
      ...services.flatMap((service) => contradiction(service, rows)),
      ...fresh.flatMap(({ definition }) => letterProblems(definition)),
    ]
    if (problems.length > 0) throw new DefinitionError(problems)
    for (const service of services) {
      const { slug, version, state } = service.definition
      const own = rows.filter((row) => row.slug === slug)
      const row = own.find((candidate) => candidate.version === version)
      if (row?.state === 'published') continue
      const first = !own.some((candidate) => candidate.state === 'published')
      const next = first && state === 'live' ? 'published' : 'trial'
      if (!row || row.hash !== service.hash || row.state !== next) await keepVersion(inner, service, next)
    }
    await offerOnly(
      inner,
      services.map((service) => service.definition.slug),
    )
  })
  forgetPublished(ctx)
}

function contradiction({ definition, hash }: LoadedService, rows: readonly VersionRow[]): DefinitionProblem[] {
  const { slug, version } = definition
  const file = `services/${slug}/service.yaml`
  const published = rows.filter((row) => row.slug === slug && row.state === 'published')
  const same = published.find((row) => row.version === version)
  if (same && same.hash !== hash) {
    return [
      {
        file,
        line: 0,
        reason: `version ${version} is published and has changed since: raise the version to ${version + 1}`,
      },
    ]
  }
  const newest = Math.max(0, ...published.map((row) => row.version))
  if (version < newest)
    return [{ file, line: 0, reason: `version ${version} is older than version ${newest}, which is published` }]
  return []
}
