import { existsSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import type { Config } from '../config.ts'
import { createPool } from '../db/connection.ts'
import { withLock } from '../db/lock.ts'
import { migrateSchema, type Migration } from '../db/migrate.ts'
import {
  BackupProblem,
  filesBelow,
  type Print,
  readContents,
  verify,
  type Archive,
  type ArchivedSchema,
} from './archive.ts'
import { loadSchema, quote } from './tables.ts'

/** An installation whose own schemas exist (`rathaus`, `graphile_worker`) and that nobody serves at the moment. */
export interface RestoreTarget {
  readonly config: Pick<Config, 'dataDir'>
  readonly url: string
  /** Every migration of a city's schema that this version of the program knows, in order. */
  readonly migrations: readonly Migration[]
}

/**
 * Brings back what `backup` wrote. All checksums are compared before anything is touched. Each city's schema is made by
 * the same migrations that had made it, filled, and then brought up to this version.
 * Throws `BackupProblem` for a damaged or newer backup, and where the installation holds a city and `force` is not set;
 * with `force` what is there is deleted.
 */
export async function restore(
  target: RestoreTarget,
  folder: string,
  { force }: { readonly force: boolean },
  print: Print,
): Promise<void> {
  const archive = await readContents(folder)
  print(`Backup of ${archive.createdAt}: comparing checksums`)
  await verify(folder, archive)
  for (const schema of archive.schemas) refuseUnknownMigrations(schema, target.migrations)

  const pool = createPool({ url: target.url, schema: null, size: 1, name: 'rathaus restore' })
  try {
    await withLock(pool, 'migration', async (client) => {
      await clear(client, target, archive, force)
      const [cities, own] = [
        archive.schemas.filter((each) => each.tenant),
        archive.schemas.filter((each) => !each.tenant),
      ]
      for (const schema of cities) await restoreCity(client, schema, folder, target.migrations, print)
      await restoreFiles(target, folder, archive, print)
      // Last, since the list of cities is among them: until then the installation counts as empty.
      for (const schema of own) await load(client, schema, folder, print)
      await freeJobs(client)
      await client.query('analyze')
    })
  } finally {
    await pool.end()
  }
  print(`Restored ${archive.schemas.filter(({ tenant }) => tenant).length} cities and ${archive.files.length} files`)
}

function refuseUnknownMigrations(schema: ArchivedSchema, known: readonly Migration[]): void {
  const sums = new Map(known.map((each) => [each.name, each.sha256]))
  const stranger = schema.migrations.find(({ name, sha256 }) => sums.get(name) !== sha256)
  if (!stranger) return
  throw new BackupProblem(
    `The backup was written by another version of this program (its migration ${stranger.name} is not this version's): ` +
      'restore with that version or a newer one.',
  )
}

async function clear(client: pg.PoolClient, target: RestoreTarget, archive: Archive, force: boolean): Promise<void> {
  const { rows: cities } = await client.query<{ id: string; schema: string }>(
    'select id, schema from rathaus.tenant order by id',
  )
  const files = await filesBelow(join(target.config.dataDir, 'files'))
  if (!force && (cities.length > 0 || files.length > 0)) {
    const what = cities.length > 0 ? `the city ${cities.map(({ id }) => id).join(', ')}` : 'files'
    throw new BackupProblem(`This installation holds ${what}: restore into an empty one, or delete it with --force.`)
  }
  await client.query('delete from rathaus.tenant')
  const schemas = new Set([...cities, ...archive.schemas.filter((each) => each.tenant)].map((each) => schemaName(each)))
  for (const schema of schemas) await client.query(`drop schema if exists ${quote(schema)} cascade`)
  for (const part of ['files', 'tenants']) {
    if (force) await rm(join(target.config.dataDir, part), { recursive: true, force: true })
  }
}

const schemaName = (each: { readonly schema: string } | ArchivedSchema) => ('schema' in each ? each.schema : each.name)

async function restoreCity(
  client: pg.PoolClient,
  schema: ArchivedSchema,
  folder: string,
  migrations: readonly Migration[],
  print: Print,
): Promise<void> {
  const made = new Set(schema.migrations.map(({ name }) => name))
  await migrateSchema(
    client,
    schema.name,
    migrations.filter(({ name }) => made.has(name)),
  )
  await load(client, schema, folder, print)
  await migrateSchema(client, schema.name, migrations, (name) => print(`  ${schema.name}: ${name}`))
}

async function load(client: pg.PoolClient, schema: ArchivedSchema, folder: string, print: Print): Promise<void> {
  let done = 0
  await loadSchema(client, schema, folder, ({ name, rows }) => {
    done += 1
    if (rows > 0) print(`  ${done}/${schema.tables.length} ${schema.name}.${name}: ${rows} rows`)
  })
}

/** Jobs that were under way when the backup was made are done again: nobody else will. */
async function freeJobs(client: pg.PoolClient): Promise<void> {
  await client.query(
    'update graphile_worker._private_jobs set locked_at = null, locked_by = null, attempts = greatest(attempts - 1, 0) where locked_at is not null',
  )
  await client.query(
    'update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null',
  )
}

async function restoreFiles(target: RestoreTarget, folder: string, archive: Archive, print: Print): Promise<void> {
  let said = performance.now()
  for (const [index, { path }] of archive.files.entries()) {
    const to = join(target.config.dataDir, path)
    if (!existsSync(dirname(to))) await mkdir(dirname(to), { recursive: true })
    await copyFile(join(folder, path), to)
    if (performance.now() - said > 2_000) {
      said = performance.now()
      print(`  files: ${index + 1} of ${archive.files.length}`)
    }
  }
}
