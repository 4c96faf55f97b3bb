import { isTest, moduleNames, sourcesIn, withoutComments, type Source } from './sources.ts'

/**
 * Rules that dependency-cruiser cannot see. Each takes the root of a tree and returns what breaks it, as `path: why`;
 * `rules.test.ts` runs each on this project and on a tree with one violation planted.
 */

/** Now comes from the context's clock alone, so that tests and seeds can set it; chance and surroundings, too, come in. */
export function impureDomain(root: string): string[] {
  const forbidden = [
    /\bTemporal\.Now\b/,
    /\bDate\.now\b/,
    /\bnew Date\(\)/,
    /\bperformance\.now\b/,
    /\bMath\.random\b/,
    /\brandomUUID\b/,
  ]
  return sourcesIn(root, 'src/modules')
    .filter(({ path }) => path.includes('/domain/') && path.endsWith('.ts') && !isTest(path))
    .flatMap((source) => matches(source, forbidden, 'has a clock or a dice of its own'))
}

/** Whoever configures an installation finds every variable in one file. */
export function environmentReaders(root: string): string[] {
  return [...sourcesIn(root, 'src'), ...sourcesIn(root, 'services')]
    .filter(({ path }) => path.endsWith('.ts') && path !== 'src/config.ts' && !isTest(path))
    .flatMap((source) => matches(source, [/\bprocess\.env\b/], 'reads the environment, which src/config.ts alone does'))
}

/** A service is data. */
export function programsInServices(root: string): string[] {
  return sourcesIn(root, 'services')
    .filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path) && !isTest(path))
    .map(({ path }) => `${path}: a service is data, only its test is a program`)
}

/** Citus has no triggers on sharded tables: what a trigger would do, the store does. */
export function forbiddenSql(root: string): string[] {
  const forbidden = [
    /\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i,
    /\bcreate\s+extension\b/i,
    /\breferences\s+\w+\.\w+/i,
  ]
  return migrations(root)
    .filter(({ path }) => path.startsWith('src/modules/'))
    .map(({ path, text }) => ({ path, text: text.replaceAll(/--.*$/gm, '') }))
    .flatMap((source) =>
      matches(source, forbidden, 'triggers, extensions and references to another schema have no place here'),
    )
}

/** The program promises PostgreSQL 15; the embedded one, which tests use, is newer and would not tell. */
export function newerSql(root: string): string[] {
  const newer =
    /\b(uuidv[47]|any_value|array_(?:sample|shuffle|sort|reverse)|date_(?:add|subtract)|random_normal|json_(?:table|query|value|exists|scalar)|casefold|crc32c?)\s*\(/i
  return sourcesIn(root, 'src')
    .filter(({ path }) => /\.(sql|ts)$/.test(path) && !isTest(path))
    .map(({ path, text }) => ({ path, text: withoutComments(text.replaceAll(/^\s*--.*$/gm, '')) }))
    .flatMap((source) => matches(source, [newer], 'PostgreSQL 15 does not have this function'))
}

/** `0001_words.sql`, counted without a gap: two people who add one at once meet in the same name. */
export function misnamedMigrations(root: string): string[] {
  const folders = new Map<string, string[]>()
  for (const { path } of migrations(root)) {
    const cut = path.lastIndexOf('/')
    const folder = path.slice(0, cut)
    folders.set(folder, [...(folders.get(folder) ?? []), path.slice(cut + 1)])
  }
  return [...folders].flatMap(([folder, names]) =>
    names
      .filter(
        (name, at) => !new RegExp(`^${String(at + 1).padStart(4, '0')}_[a-z0-9]+([_-][a-z0-9]+)*\\.sql$`).test(name),
      )
      .map(
        (name) =>
          `${folder}/${name}: expected a name like ${String(names.indexOf(name) + 1).padStart(4, '0')}_words.sql`,
      ),
  )
}

const migrations = (root: string) => sourcesIn(root, 'src').filter(({ path }) => /\/migrations\/[^/]*$/.test(path))

/** Table names carry the module's name, since all modules of a city share one schema. */
export function foreignTables(root: string): string[] {
  return migrations(root).flatMap(({ path, text }) => {
    const module = /^src\/modules\/([^/]+)\//.exec(path)?.[1]
    if (!module) return []
    const prefix = `${module.replaceAll('-', '_')}_`
    const names = [
      ...text
        .replaceAll(/--.*$/gm, '')
        .matchAll(/\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?"?([\w.]+)/gi),
    ]
    return names
      .filter(([, name]) => !name!.startsWith(prefix))
      .map(([, name]) => `${path}: table ${name} does not begin with ${prefix}`)
  })
}

/** SQL lives in the store (and in seeds, which fill tables by the thousand; tests and their helpers look into tables). */
export function scatteredSql(root: string): string[] {
  return sourcesIn(root, 'src/modules')
    .filter(
      ({ path }) => path.endsWith('.ts') && !isTest(path) && !/\/(store|seed|search|testing)(\/|[^/]*\.ts$)/.test(path),
    )
    .flatMap((source) =>
      matches(source, [/\bsql(<[^`]*>)?`\s*(select|insert|update|delete|with)\b/i], 'SQL lives in store.ts'),
    )
}

/** What the trail says is read by `platform/audit/trail.ts`, and written where it is chained; backups copy every table. */
export function auditTables(root: string): string[] {
  return [...sourcesIn(root, 'src'), ...sourcesIn(root, 'services')]
    .filter(({ path }) => path.endsWith('.ts') && !isTest(path) && !path.startsWith('src/platform/audit/'))
    .flatMap((source) => matches(source, [/\baudit_(entry|seal)\b/], 'the trail has a door, platform/audit/trail.ts'))
}

/** Ten lines that tell a newcomer what the module is for. */
export function modulesWithoutReadme(root: string): string[] {
  return moduleNames(root).flatMap((name) => {
    const readme = sourcesIn(root, `src/modules/${name}`).find(({ path }) => path === `src/modules/${name}/README.md`)
    if (!readme) return [`src/modules/${name}: has no README.md`]
    return readme.text.trim().split('\n').length < 3 ? [`${readme.path}: says next to nothing`] : []
  })
}

/** A module imports another one only if its manifest says so, and no chain of `uses` leads back. */
export function undeclaredUses(root: string, uses: ReadonlyMap<string, readonly string[]>): string[] {
  const undeclared = moduleNames(root).flatMap((name) =>
    sourcesIn(root, `src/modules/${name}`)
      .filter(({ path }) => path.endsWith('.ts') && !isTest(path))
      .flatMap((source) =>
        imports(source)
          .filter((other) => other !== name && !uses.get(name)?.includes(other))
          .map((other) => `${source.path}: imports ${other}, which the manifest of ${name} does not name in uses`),
      ),
  )
  return [...undeclared, ...circlesIn(uses)]
}

function imports({ text }: Source): string[] {
  const specifiers =
    /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)'(?:#modules\/|#src\/modules\/|(?:\.\.\/)+modules\/)([^/']+)\//g
  return [...new Set([...text.matchAll(specifiers)].map(([, name]) => name!))]
}

function circlesIn(uses: ReadonlyMap<string, readonly string[]>): string[] {
  const visit = (name: string, way: readonly string[]): string[] => {
    if (way.includes(name)) return [`uses go in a circle: ${[...way.slice(way.indexOf(name)), name].join(' → ')}`]
    return (uses.get(name) ?? []).flatMap((next) => visit(next, [...way, name]))
  }
  return [...new Set([...uses.keys()].flatMap((name) => visit(name, [])))]
}

function matches(source: Source, patterns: readonly RegExp[], why: string): string[] {
  const text = source.path.endsWith('.ts') ? withoutComments(source.text) : source.text
  return patterns.flatMap((pattern) => {
    const found = pattern.exec(text)
    return found ? [`${source.path}: ${found[0]}: ${why}`] : []
  })
}
