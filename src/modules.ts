import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ModuleManifest } from '#platform/module.ts'

export const MODULES_FOLDER = join(import.meta.dirname, 'modules')

/** Finds the manifests by scanning, and puts every module after those that it uses. */
export async function loadModules(folder = MODULES_FOLDER): Promise<ModuleManifest[]> {
  const names = (await readdir(folder)).filter((name) => existsSync(join(folder, name, 'module.ts'))).toSorted()
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name, 'module.ts')
      const loaded = (await import(pathToFileURL(path).href)) as { default?: ModuleManifest }
      if (loaded.default?.name !== name)
        throw new Error(`${name}/module.ts has no manifest named "${name}" as its default export`)
      return loaded.default
    }),
  )
  return inOrderOfUse(found)
}

/** @throws where a module uses one that is not there, or where they use each other in a circle */
export function inOrderOfUse(modules: readonly ModuleManifest[]): ModuleManifest[] {
  const byName = new Map(modules.map((m) => [m.name, m]))
  const ordered: ModuleManifest[] = []
  const visit = (module: ModuleManifest, path: readonly string[]) => {
    if (ordered.includes(module)) return
    if (path.includes(module.name))
      throw new Error(`modules use each other in a circle: ${[...path, module.name].join(' → ')}`)
    for (const used of module.uses ?? []) {
      const next = byName.get(used)
      if (!next) throw new Error(`module ${module.name} uses ${used}, which is not there`)
      visit(next, [...path, module.name])
    }
    ordered.push(module)
  }
  for (const module of modules) visit(module, [])
  return ordered
}
