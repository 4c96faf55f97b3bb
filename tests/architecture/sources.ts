import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A file of the project as the rules see it: its path from the root with `/`, and its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** All files below `folder` (from the root), in the order of their paths. */
export function sourcesIn(root: string, folder: string): Source[] {
  const at = join(root, folder)
  if (!existsSync(at)) return []
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
}

/** Names of the modules: the folders of `src/modules`. */
export function moduleNames(root: string): string[] {
  return readdirSync(join(root, 'src/modules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

export const isTest = (path: string) => path.endsWith('.test.ts')

/** The text without its comments, for rules about what the program does and not about what it says. */
export const withoutComments = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
