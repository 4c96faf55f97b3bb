import type pg from 'pg'
import type { App } from '#platform/app.ts'
import type { Config } from '#platform/config.ts'
import { createLogger } from '#platform/log.ts'
import type { ModuleManifest } from '#platform/module.ts'
import type { Tenant } from '#platform/tenants/tenant.ts'
import { createApp } from '../app.ts'
import { loadModules } from '../modules.ts'
import { installationPool, migrate } from '../setup.ts'
import { UsageError } from './command.ts'
import { launchDatabase, type Launched } from './launch.ts'

export interface Installation {
  readonly config: Config
  readonly modules: readonly ModuleManifest[]
  readonly url: string
  /** For what concerns the installation and not one city. */
  readonly pool: pg.Pool
  close(): Promise<void>
}

/**
 * Configuration, modules and a database that is up to date. What is said on the way goes to standard error: a command's
 * own words (a token, a list) are often read by a program.
 */
export async function openInstallation(launched: Launched): Promise<Installation> {
  const { config } = launched
  let pool: pg.Pool | undefined
  const close = async () => {
    await pool?.end()
    await launched.close()
  }
  try {
    const modules = await loadModules()
    const url = await launched.url
    pool = installationPool(url)
    await migrate(pool, modules, console.error)
    return { config, modules, url, pool, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Opens the program for one command, and closes it again. */
export async function withApp<T>(
  purpose: string,
  work: (app: App, installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(await launchDatabase('join', purpose))
  try {
    const app = await createApp({
      config: installation.config,
      databaseUrl: installation.url,
      modules: installation.modules,
      log: createLogger('warn'),
    })
    try {
      return await work(app, installation)
    } finally {
      await app.tenants.close()
    }
  } finally {
    await installation.close()
  }
}

/** The tenant that `--tenant ID` names; the only one where there is one. */
export function chosenTenant(app: App, id: string | undefined): Tenant {
  const all = app.tenants.all()
  if (id !== undefined) {
    const found = app.tenants.byId(id)
    if (!found)
      throw new UsageError(`there is no tenant "${id}"; there are: ${all.map((t) => t.id).join(', ') || 'none'}`)
    return found
  }
  if (all.length !== 1)
    throw new UsageError(`say which city with --tenant: ${all.map((t) => t.id).join(', ') || 'there is none yet'}`)
  return all[0]!
}
