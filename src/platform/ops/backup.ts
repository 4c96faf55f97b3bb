import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import type { App } from '../app.ts'
import { createPool } from '../db/connection.ts'
import {
  filesBelow,
  type Print,
  writeContents,
  type ArchivedFile,
  type ArchivedSchema,
  BackupProblem,
  sha256Of,
} from './archive.ts'
import { quote, saveTable, sequencesOf, tablesOf } from './tables.ts'

export { restore } from './restore.ts'
export { BackupProblem } from './archive.ts'

/**
 * Schemas of the installation itself: its cities, and the queue of jobs (mail that is still to be sent); with the tables
 * that a new installation has of its own.
 */
const SHARED_SCHEMAS: readonly { readonly schema: string; readonly without: string }[] = [
  { schema: 'rathaus', without: 'worker' },
  { schema: 'graphile_worker', without: 'migrations' },
]

/**
 * Writes database and files of all cities into `folder`, which must be empty or new. The database is read in one
 * snapshot, so what is written belongs together though the city works on meanwhile; files are kept by content and never
 * change, so those that the snapshot names are copied after it.
 * Throws `BackupProblem` where the folder is not empty.
 */
export async function backup(app: App, url: string, folder: string, print: Print): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new BackupProblem(`${folder} is not empty: name a new folder for each backup.`)
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const createdAt = app.clock.now().toString()
  const pool = createPool({ url, schema: null, size: 1, name: 'rathaus backup' })
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query('begin isolation level repeatable read read only')
    const schemas = await saveDatabase(client, folder, print)
    const wanted = await filesOf(client)
    await client.query('commit')
    const files = [...(await saveFiles(app, wanted, folder, print)), ...(await saveThemes(app, folder))]
    await writeContents(folder, { format: 1, createdAt, schemas, files })
    const rows = schemas.flatMap(({ tables }) => tables).reduce((sum, table) => sum + table.rows, 0)
    print(`Backup of ${rows} rows and ${files.length} files is in ${folder}`)
  } finally {
    client.release(true)
    await pool.end()
  }
}

async function saveDatabase(client: pg.PoolClient, folder: string, print: Print): Promise<ArchivedSchema[]> {
  const { rows: tenants } = await client.query<{ id: string; schema: string }>(
    'select id, schema from rathaus.tenant order by id',
  )
  const schemas = [
    ...SHARED_SCHEMAS.map((shared) => ({ id: null, ...shared })),
    ...tenants.map((tenant) => ({ ...tenant, without: null })),
  ]
  const archived: ArchivedSchema[] = []
  for (const { id, schema, without } of schemas) {
    const tables = (await tablesOf(client, schema)).filter(({ name }) => name !== without)
    const saved: ArchivedSchema['tables'][number][] = []
    for (const table of tables) {
      saved.push(await saveTable(client, schema, table, folder))
      const { name, rows } = saved.at(-1)!
      if (rows > 0) print(`  ${saved.length}/${tables.length} ${schema}.${name}: ${rows} rows`)
    }
    const migrations = id === null ? [] : await migrationsOf(client, schema)
    archived.push({ name: schema, tenant: id, migrations, tables: saved, sequences: await sequencesOf(client, schema) })
  }
  return archived
}

async function migrationsOf(client: pg.ClientBase, schema: string): Promise<ArchivedSchema['migrations'][number][]> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    `select name, sha256 from ${quote(schema)}.platform_migration order by at, name`,
  )
  return rows
}

interface WantedFile {
  readonly tenant: string
  readonly sha256: string
}

async function filesOf(client: pg.ClientBase): Promise<WantedFile[]> {
  const { rows: tenants } = await client.query<{ id: string; schema: string }>('select id, schema from rathaus.tenant')
  const files: WantedFile[] = []
  for (const { id, schema } of tenants) {
    const { rows } = await client.query<{ sha256: string }>(
      `select distinct sha256 from ${quote(schema)}.file_object order by sha256`,
    )
    files.push(...rows.map(({ sha256 }) => ({ tenant: id, sha256 })))
  }
  return files
}

/** A file that is gone or damaged is named, and the backup goes on: the rest must not be lost with it. */
async function saveFiles(
  app: App,
  wanted: readonly WantedFile[],
  folder: string,
  print: Print,
): Promise<ArchivedFile[]> {
  const saved: ArchivedFile[] = []
  let said = performance.now()
  for (const [index, { tenant, sha256 }] of wanted.entries()) {
    const within = join(sha256.slice(0, 2), sha256)
    const from = join(app.files.folder(tenant), within)
    const path = `files/${tenant}/${sha256.slice(0, 2)}/${sha256}`
    if (existsSync(from)) {
      const copy = await copyHashed(from, join(folder, path))
      if (copy.sha256 === sha256) saved.push({ path, ...copy })
      else print(`  DAMAGED, left out: file ${sha256} of ${tenant} is not what was uploaded`)
    } else if (await isStillNamed(app, tenant, sha256)) {
      print(`  MISSING: file ${sha256} of ${tenant}`)
    }
    if (performance.now() - said > 2_000) {
      said = performance.now()
      print(`  files: ${index + 1} of ${wanted.length}`)
    }
  }
  return saved
}

/** Between the snapshot and the copy a file may have been deleted as the law wants it. */
async function isStillNamed(app: App, tenantId: string, sha256: string): Promise<boolean> {
  const tenant = app.tenants.byId(tenantId)
  if (!tenant) return false
  const { rowCount } = await app.tenants.pool(tenant).query('select from file_object where sha256 = $1', [sha256])
  return (rowCount ?? 0) > 0
}

async function copyHashed(from: string, to: string): Promise<{ bytes: number; sha256: string }> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    createReadStream(from),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    createWriteStream(to, { mode: 0o600, flush: true }),
  )
  const sha256 = hash.digest('hex')
  if (sha256 !== from.slice(-64)) await rm(to, { force: true })
  return { bytes, sha256 }
}

async function saveThemes(app: App, folder: string): Promise<ArchivedFile[]> {
  const saved: ArchivedFile[] = []
  for (const from of await filesBelow(join(app.config.dataDir, 'tenants'))) {
    const path = relative(app.config.dataDir, from).replaceAll('\\', '/')
    const to = join(folder, path)
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await copyFile(from, to)
    saved.push({ path, bytes: (await stat(to)).size, sha256: await sha256Of(to) })
  }
  return saved
}
