import { join } from 'node:path'
import type { App } from '#platform/app.ts'
import type pg from 'pg'
import { createPool } from '#platform/db/connection.ts'
import { withLock } from '#platform/db/lock.ts'
import { migrateSchema, readMigrations, type Migration } from '#platform/db/migrate.ts'
import { transaction } from '#platform/db/transaction.ts'
import { jobContext } from '#platform/job-context.ts'
import { prepareQueue } from '#platform/jobs/worker.ts'
import type { ModuleManifest } from '#platform/module.ts'
import {
  insertTenant,
  prepareInstallation,
  refuseTaken,
  removeTenant,
  schemaOf,
  type NewTenant,
} from '#platform/tenants/tenants.ts'
import type { Tenant } from '#platform/tenants/tenant.ts'
import { MODULES_FOLDER } from './modules.ts'

export type Print = (line: string) => void

const PLATFORM_MIGRATIONS = join(import.meta.dirname, 'platform', 'migrations')

/** Every migration of a tenant's schema: the platform's, then each module's, in the order of use. */
export async function allMigrations(modules: readonly ModuleManifest[]): Promise<Migration[]> {
  const lists = [await readMigrations('platform', PLATFORM_MIGRATIONS)]
  for (const module of modules)
    lists.push(await readMigrations(module.name, join(MODULES_FOLDER, module.name, 'migrations')))
  return lists.flat()
}

/**
 * Brings the installation and all its tenants up to date. Two processes that start at once take turns.
 * @throws MigrationError with file and line; what ran before it stays, what failed left nothing
 */
export async function migrate(pool: pg.Pool, modules: readonly ModuleManifest[], print: Print): Promise<void> {
  const migrations = await allMigrations(modules)
  await withLock(pool, 'migration', async (client) => {
    await prepareInstallation(client)
    await prepareQueue(pool)
    const { rows } = await client.query<{ id: string; schema: string }>(
      'select id, schema from rathaus.tenant order by id',
    )
    for (const tenant of rows) {
      let count = 0
      await migrateSchema(client, tenant.schema, migrations, (name) => {
        count += 1
        print(`  ${tenant.id}: ${name}`)
      })
      if (count > 0) print(`  ${tenant.id}: ${count} migrations run`)
    }
  })
}

/**
 * Adds a municipality with its schema, whole or not at all: other processes find it when its tables are there, and where
 * a migration or `furnish` (its theme, its services) fails, nothing of it stays.
 */
export async function addTenant(
  pool: pg.Pool,
  modules: readonly ModuleManifest[],
  tenant: NewTenant,
  furnish: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const migrations = await allMigrations(modules)
  await withLock(pool, 'migration', async (client) => {
    await prepareInstallation(client)
    await prepareQueue(pool)
    await refuseTaken(client, tenant)
    try {
      await migrateSchema(client, schemaOf(tenant.id), migrations)
      await insertTenant(client, tenant)
      await furnish()
    } catch (error) {
      await removeTenant(client, tenant.id)
      throw error
    }
  })
}

/** Lets every module prepare itself for a tenant: published service definitions into tables and the like. */
export async function prepareTenant(app: App, tenant: Tenant): Promise<void> {
  const ctx = jobContext(app, tenant)
  for (const module of app.modules) if (module.prepare) await transaction(ctx, (ctx) => module.prepare!(ctx))
}

/** Demo data of all modules, in the order of use, each in its own transaction. */
export async function seedTenant(app: App, tenant: Tenant, print: Print): Promise<void> {
  const ctx = jobContext(app, tenant)
  const modules = app.modules.filter((module) => module.seed)
  for (const [index, module] of modules.entries()) {
    const started = performance.now()
    let shown = -1
    const name = `  ${String(index + 1).padStart(2)}/${modules.length} ${module.name}`
    const { seed } = await module.seed!()
    await transaction(ctx, (ctx) =>
      seed.run(ctx, (done, of) => {
        const percent = Math.floor((done / Math.max(1, of)) * 10) * 10
        if (percent > shown) print(`${name} ${(shown = percent)} %`)
      }),
    )
    print(`${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  }
  // The planner knows nothing of what was just written.
  await app.tenants.pool(tenant).query('analyze')
}

export async function countTenants(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*) as count from rathaus.tenant')
  return rows[0]!.count
}

export async function hasTenant(pool: pg.Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('select from rathaus.tenant where id = $1', [id])
  return rowCount === 1
}

/** Says that the demo data of a tenant are whole. */
export async function markSeeded(pool: pg.Pool, tenantId: string): Promise<void> {
  await pool.query('update rathaus.tenant set being_seeded = false where id = $1', [tenantId])
}

/** Removes a demo city whose seed was cut off half way (the plug pulled), so that it can be built again. */
export async function removeHalfSeeded(pool: pg.Pool, print: Print): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select id from rathaus.tenant where being_seeded')
  for (const { id } of rows) {
    print(`The demo city ${id} was left half built; it is built again.`)
    await removeTenant(pool, id)
  }
}

/** The database of the installation itself, for what happens before there is an `App`: one connection holds a lock. */
export const installationPool = (url: string): pg.Pool =>
  createPool({ url, schema: null, size: 3, name: 'rathaus setup' })

export async function withInstallationPool<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = installationPool(url)
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}
