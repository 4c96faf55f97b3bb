import { OperatorError } from '../operator-error.ts'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { DatabaseError } from 'pg'
import { quoteIdentifier } from './identifier.ts'
import { lineAt, statementsOf } from './statements.ts'

export interface Migration {
  /** `cases/0001_cases.sql`; unique, never renamed. */
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** A migration that the database refused; the message names file, line and reason. */
export class MigrationError extends OperatorError {
  override name = 'MigrationError'
}

/** Reads `<folder>/*.sql` in order of their names; a folder that does not exist has none. */
export async function readMigrations(owner: string, folder: string): Promise<Migration[]> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8')
      return { name: `${owner}/${file}`, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Brings one schema up to date, each migration in a transaction of its own. Forward only: a file that changed after it
 * ran is refused, since databases that have it would differ from those that get it new.
 * @returns how many were run
 */
export async function migrateSchema(
  client: pg.PoolClient,
  schema: string,
  migrations: readonly Migration[],
  progress: (name: string) => void = () => undefined,
): Promise<number> {
  const id = quoteIdentifier(schema)
  await client.query(`create schema if not exists ${id}`)
  await client.query(`create table if not exists ${id}.platform_migration (
    name text primary key, sha256 text not null, at timestamptz not null default now())`)
  const { rows } = await client.query<{ name: string; sha256: string }>(
    `select name, sha256 from ${id}.platform_migration`,
  )
  const applied = new Map(rows.map((row) => [row.name, row.sha256]))
  let run = 0
  for (const migration of migrations) {
    const known = applied.get(migration.name)
    if (known === migration.sha256) continue
    if (known !== undefined)
      throw new MigrationError(
        `${migration.name}: changed after it ran in ${schema}; migrations are forward only, add a new file instead`,
      )
    progress(migration.name)
    await applyMigration(client, schema, migration)
    run += 1
  }
  return run
}

async function applyMigration(client: pg.PoolClient, schema: string, migration: Migration): Promise<void> {
  const id = quoteIdentifier(schema)
  let line = 1
  await client.query('begin')
  try {
    await client.query(`set local search_path to ${id}, public`)
    for (const statement of statementsOf(migration.sql)) {
      line = statement.line
      await client.query(statement.sql).catch((error: unknown) => {
        const position = error instanceof DatabaseError ? Number(error.position ?? 1) : 1
        line += lineAt(statement.sql, position - 1) - 1
        throw error
      })
    }
    await client.query(`insert into ${id}.platform_migration (name, sha256) values ($1, $2)`, [
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError(
      `${migration.name}:${line}: ${reason} (in schema ${schema}; nothing of this file was kept)`,
      { cause: error },
    )
  }
}
