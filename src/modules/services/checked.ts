import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { KnownNames } from './loader/workflow.ts'

const CLONE = join(import.meta.dirname, '..', '..', '..')
/** What may change the outcome beside the folders: the code of this module, and the libraries it uses. */
const CODE = ['src/modules/services/**/*.{ts,sql}', 'package-lock.json']

/** SHA-256, hex, over all that the check of the folders below `root` looks at: with the same sum it comes out the same. */
export function sumOfAll(root: string, known: KnownNames): string {
  const sum = createHash('sha256').update(JSON.stringify([known.actions, known.checks, known.permissions]))
  const files = [
    ...globSync('*/*', { cwd: root }).map((file) => join(root, file)),
    ...globSync(CODE, { cwd: CLONE, exclude: ['**/*.test.ts'] }).map((file) => join(CLONE, file)),
  ]
  for (const file of files.sort()) sum.update(`\0${relative(CLONE, file)}\0`).update(readFileSync(file))
  return sum.digest('hex')
}
