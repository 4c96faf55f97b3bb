import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { BackupProblem, type ArchivedSchema, type ArchivedSequence, type ArchivedTable } from './archive.ts'

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

export interface TableInDatabase {
  readonly name: string
  /** Without those that the database computes itself. */
  readonly columns: readonly string[]
}

export async function tablesOf(client: pg.ClientBase, schema: string): Promise<TableInDatabase[]> {
  const { rows } = await client.query<TableInDatabase>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = $1::regnamespace and c.relkind = 'r'
     group by c.relname order by c.relname`,
    [quote(schema)],
  )
  return rows
}

export async function sequencesOf(client: pg.ClientBase, schema: string): Promise<ArchivedSequence[]> {
  const { rows } = await client.query<ArchivedSequence>(
    `select sequencename as name, data_type::text as type, start_value::text as start, increment_by::text as step,
       min_value::text as least, max_value::text as most, last_value::text as value
     from pg_sequences where schemaname = $1 order by 1`,
    [schema],
  )
  return rows
}

/** Modules may make sequences while they work (one for each service and year), so not all come from migrations. */
async function loadSequence(client: pg.ClientBase, schema: string, sequence: ArchivedSequence): Promise<void> {
  const { name, type, value } = sequence
  const [start, step, least, most] = [sequence.start, sequence.step, sequence.least, sequence.most].map(BigInt)
  if (!['smallint', 'integer', 'bigint'].includes(type))
    throw new BackupProblem(`The backup is damaged: sequence ${name}.`)
  const path = `${quote(schema)}.${quote(name)}`
  await client.query(
    `create sequence if not exists ${path} as ${type} start ${start} increment ${step} minvalue ${least} maxvalue ${most}`,
  )
  if (value !== null) await client.query('select setval($1::regclass, $2)', [path, value])
}

/** Writes all rows of a table to `<folder>/<path>`, compressed and hashed on the way. */
export async function saveTable(
  client: pg.ClientBase,
  schema: string,
  table: TableInDatabase,
  folder: string,
): Promise<ArchivedTable> {
  const path = `database/${schema}/${table.name}.copy.gz`
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const rows = client.query(copyTo(`copy ${quote(schema)}.${quote(table.name)} (${list(table.columns)}) to stdout`))
  // Level 1: what the disk is spared pays for the compression; higher levels do not.
  const compress = createGzip({ level: 1 })
  await pipeline(rows, compress, hashing, createWriteStream(file, { mode: 0o600, flush: true }))
  return { name: table.name, columns: table.columns, rows: rows.rowCount, path, sha256: hash.digest('hex') }
}

/**
 * Fills the tables of one schema from the archive, in one transaction. Foreign keys are taken off and put back, so that
 * the order does not matter and every one is checked when all rows are there.
 */
export async function loadSchema(
  client: pg.ClientBase,
  schema: ArchivedSchema,
  folder: string,
  progress: (table: ArchivedTable) => void,
): Promise<void> {
  const present = new Map((await tablesOf(client, schema.name)).map((table) => [table.name, table]))
  const unknown = schema.tables.find(({ name, columns }) => {
    const there = present.get(name)
    return !there || columns.some((column) => !there.columns.includes(column))
  })
  if (unknown) {
    throw new BackupProblem(
      `Table ${schema.name}.${unknown.name} of the backup does not fit this version of the program: restore with the ` +
        'version that wrote it, then update.',
    )
  }
  await client.query('begin')
  try {
    // Generated columns may call functions of the city's own schema.
    await client.query(`set local search_path to ${quote(schema.name)}, public`)
    const restoreKeys = await takeForeignKeysOff(client, schema.name)
    // Migrations, too, write rows.
    const names = schema.tables.map(({ name }) => `${quote(schema.name)}.${quote(name)}`)
    if (names.length > 0) await client.query(`truncate ${names.join(', ')}`)
    for (const table of schema.tables) {
      await loadTable(client, schema.name, table, folder)
      progress(table)
    }
    for (const sequence of schema.sequences) await loadSequence(client, schema.name, sequence)
    await restoreKeys()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function loadTable(client: pg.ClientBase, schema: string, table: ArchivedTable, folder: string): Promise<void> {
  const rows = client.query(copyFrom(`copy ${quote(schema)}.${quote(table.name)} (${list(table.columns)}) from stdin`))
  await pipeline(createReadStream(join(folder, table.path)), createGunzip(), rows)
  if (rows.rowCount !== table.rows) {
    throw new BackupProblem(`${schema}.${table.name}: the backup names ${table.rows} rows and holds ${rows.rowCount}.`)
  }
}

async function takeForeignKeysOff(client: pg.ClientBase, schema: string): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ at: string; name: string; definition: string }>(
    `select conrelid::regclass::text as at, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where connamespace = $1::regnamespace and contype = 'f'`,
    [quote(schema)],
  )
  for (const { at, name } of rows) await client.query(`alter table ${at} drop constraint ${quote(name)}`)
  return async () => {
    for (const { at, name, definition } of rows) {
      await client.query(`alter table ${at} add constraint ${quote(name)} ${definition}`)
    }
  }
}

const list = (names: readonly string[]) => names.map(quote).join(', ')
