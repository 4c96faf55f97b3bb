import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { LetterTemplate, ServiceDefinition } from '../domain/definition.ts'
import { buildDefinition, type LoadedService } from './definition.ts'
import { letterProblems } from './letters.ts'
import { DefinitionError, type DefinitionProblem } from './problem.ts'
import type { KnownNames } from './workflow.ts'

const FILES = ['service.yaml', 'form.yaml', 'workflow.yaml', 'fees.yaml', 'texts.de.yaml', 'texts.en.yaml'] as const
/** A service without a fee has no such file. */
const OPTIONAL = new Set<string>(['fees.yaml'])

/**
 * Reads one service's folder. Throws DefinitionError with every problem found, each with file, line and reason.
 * Without `known`, names of actions and checks are taken as they are (for the test beside a service).
 */
export function loadServiceFolder(folder: string, known: KnownNames | null = null): ServiceDefinition {
  const problems: DefinitionProblem[] = []
  const loaded = readFolder(folder, known, problems)
  if (loaded) problems.push(...letterProblems(loaded.definition))
  if (!loaded || problems.length > 0) throw new DefinitionError(problems)
  return loaded.definition
}

/** Reads every folder below `root`; throws one DefinitionError with the problems of all. */
export function loadServices(root: string, known: KnownNames | null): readonly LoadedService[] {
  if (!existsSync(root)) return []
  const problems: DefinitionProblem[] = []
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const loaded = folders
    .map((entry) => readFolder(join(root, entry.name), known, problems))
    .filter((one) => one !== null)
  checkPrefixes(
    loaded.map((one) => one.definition),
    problems,
  )
  if (problems.length > 0) throw new DefinitionError(problems)
  return loaded.sort((a, b) => (a.definition.slug < b.definition.slug ? -1 : 1))
}

function readFolder(folder: string, known: KnownNames | null, problems: DefinitionProblem[]): LoadedService | null {
  const name = basename(folder)
  const shown = (file: string): string => `services/${name}/${file}`
  const texts: Partial<Record<(typeof FILES)[number], string>> = {}
  for (const file of FILES) {
    const path = join(folder, file)
    if (existsSync(path)) texts[file] = readFileSync(path, 'utf8')
    else if (!OPTIONAL.has(file)) problems.push({ file: shown(file), line: 0, reason: 'is missing' })
  }
  if (FILES.some((file) => texts[file] === undefined && !OPTIONAL.has(file))) return null
  const letters = readdirSync(folder)
    .filter((file) => file.endsWith('.typ'))
    .sort()
    .map((file): LetterTemplate => ({
      name: file.slice(0, -'.typ'.length),
      file,
      source: readFileSync(join(folder, file), 'utf8'),
    }))
  return buildDefinition(
    { name, shown, texts: texts as Record<(typeof FILES)[number], string>, letters, known },
    problems,
  )
}

/** Case numbers begin with the prefix, and must say which service they belong to. */
function checkPrefixes(definitions: readonly ServiceDefinition[], problems: DefinitionProblem[]): void {
  const owners = new Map<string, string>()
  for (const { slug, prefix } of definitions) {
    const owner = owners.get(prefix)
    if (owner)
      problems.push({
        file: `services/${slug}/service.yaml`,
        line: 0,
        reason: `the prefix ${prefix} is that of ${owner} already`,
      })
    owners.set(prefix, slug)
  }
}
