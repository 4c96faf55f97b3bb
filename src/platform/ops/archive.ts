import { OperatorError } from '../operator-error.ts'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A backup is a folder:
 * `backup.json`                          what is in it, with checksums; written last
 * `database/<schema>/<table>.copy.gz`    rows, as PostgreSQL's COPY writes them
 * `files/<tenant>/<aa>/<sha256>`         uploaded and made files, by content
 * `tenants/<tenant>/theme.yaml`          how each city looks
 * All of it can be read with `gunzip` and an editor, without this program.
 */
export interface Archive {
  readonly format: 1
  readonly createdAt: string
  readonly schemas: readonly ArchivedSchema[]
  readonly files: readonly ArchivedFile[]
}

export interface ArchivedSchema {
  readonly name: string
  /** Null for the installation's own schemas (cities, queue of jobs). */
  readonly tenant: string | null
  /** Names and checksums of the migrations that made the schema, in their order; empty where others make it. */
  readonly migrations: readonly { readonly name: string; readonly sha256: string }[]
  readonly tables: readonly ArchivedTable[]
  readonly sequences: readonly ArchivedSequence[]
}

/** Numbers as text, since they may be larger than JavaScript counts exactly. */
export interface ArchivedSequence {
  readonly name: string
  readonly type: string
  readonly start: string
  readonly step: string
  readonly least: string
  readonly most: string
  /** The last number that was given; null: none yet. */
  readonly value: string | null
}

export interface ArchivedTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: number
  readonly path: string
  /** Of the compressed file. */
  readonly sha256: string
}

export interface ArchivedFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** Why a backup or a restore does not go on, as a sentence for the person at the terminal. */
export class BackupProblem extends OperatorError {
  override readonly name = 'BackupProblem'
}

export type Print = (line: string) => void

const CONTENTS = 'backup.json'

/** Written aside and renamed, as the last thing of a backup: a folder that has it is whole. */
export async function writeContents(folder: string, archive: Archive): Promise<void> {
  const file = join(folder, CONTENTS)
  await writeFile(`${file}.new`, `${JSON.stringify(archive, null, 1)}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

/** @throws BackupProblem where the folder holds no finished backup, a newer one, or names of files that lead out of it */
export async function readContents(folder: string): Promise<Archive> {
  const file = join(folder, CONTENTS)
  if (!existsSync(file)) throw new BackupProblem(`${folder} holds no backup that was finished: ${CONTENTS} is missing.`)
  const archive = JSON.parse(await readFile(file, 'utf8')) as Archive
  if (archive.format !== 1) throw new BackupProblem(`${folder} was written by a newer version of this program.`)
  const paths = [...archive.files, ...archive.schemas.flatMap(({ tables }) => tables)].map(({ path }) => path)
  const astray = paths.find((path) => !/^(database|files|tenants)\//.test(path) || path.split('/').includes('..'))
  if (astray) throw new BackupProblem(`The backup is damaged: it names the path ${astray}.`)
  return archive
}

/** Compares every file of the archive with its checksum; throws at the first that differs or is missing. */
export async function verify(folder: string, archive: Archive): Promise<void> {
  const tables = archive.schemas.flatMap((schema) => schema.tables)
  for (const { path, sha256 } of [...tables, ...archive.files]) {
    const file = join(folder, path)
    if (!existsSync(file)) throw new BackupProblem(`The backup is damaged: ${path} is missing.`)
    if ((await sha256Of(file)) !== sha256)
      throw new BackupProblem(`The backup is damaged: ${path} is not what was written.`)
  }
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

export async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
