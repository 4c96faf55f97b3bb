import { createHash } from 'node:crypto'
import type { CatalogueFacts, LetterTemplate, ServiceDefinition } from '../domain/definition.ts'
import type { FeeTable } from '../domain/fee-table.ts'
import type { Shape } from '../domain/feel-shapes.ts'
import { answersShape } from '../domain/scope.ts'
import { readFeel } from './expressions.ts'
import { buildFees } from './fees.ts'
import { buildForm } from './form.ts'
import type { DefinitionProblem } from './problem.ts'
import { hasShape } from './shape.ts'
import { ServiceShape } from './shapes.ts'
import { YamlSource } from './source.ts'
import { checkSameKeys, checkTexts, readTexts } from './texts.ts'
import { buildWorkflow, refuseUnknown, type KnownNames } from './workflow.ts'

export interface FolderContent {
  /** Name of the folder, which is the slug. */
  readonly name: string
  readonly shown: (file: string) => string
  readonly texts: Readonly<
    Record<'service.yaml' | 'form.yaml' | 'workflow.yaml' | 'fees.yaml' | 'texts.de.yaml' | 'texts.en.yaml', string>
  >
  readonly letters: readonly LetterTemplate[]
  readonly known: KnownNames | null
}

export interface LoadedService {
  readonly definition: ServiceDefinition
  /** SHA-256, hex, over what the files say (comments and order of keys do not count, nor whether it is on trial). */
  readonly hash: string
}

/** Puts the files of a folder together to one definition; notes every problem of every file. */
export function buildDefinition(content: FolderContent, problems: DefinitionProblem[]): LoadedService | null {
  const open = (file: keyof FolderContent['texts']) => new YamlSource(content.shown(file), content.texts[file] ?? '{}')
  const [service, form, workflow, fees] = [
    open('service.yaml'),
    open('form.yaml'),
    open('workflow.yaml'),
    open('fees.yaml'),
  ]
  const [german, english] = [open('texts.de.yaml'), open('texts.en.yaml')]
  const sources = [service, form, workflow, fees, german, english]
  const definition = sources.some((source) => source.problems.length > 0)
    ? null
    : assemble(content, { service, form, workflow, fees, german, english })
  problems.push(...sources.flatMap((source) => source.problems))
  return definition && { definition, hash: contentHash(sources, content.letters) }
}

/** Over the files and not over the definition: a default that a later release adds must not look like a change. */
function contentHash(sources: readonly YamlSource[], letters: readonly LetterTemplate[]): string {
  const hash = createHash('sha256')
  for (const { data } of sources) {
    const counted = data !== null && typeof data === 'object' && 'prefix' in data ? { ...data, state: null } : data
    hash.update(JSON.stringify(sorted(counted)))
  }
  for (const { file, source } of letters) hash.update(`${file}\n${source}`)
  return hash.digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  )
}

type Sources = Record<'service' | 'form' | 'workflow' | 'fees' | 'german' | 'english', YamlSource>

function assemble(content: FolderContent, sources: Sources): ServiceDefinition | null {
  const head = hasShape(sources.service, [], sources.service.data, ServiceShape) ? (sources.service.data as Head) : null
  const de = readTexts(sources.german)
  const en = readTexts(sources.english)
  const form = buildForm(sources.form)
  if (head && head.slug !== content.name)
    sources.service.refuse(['slug'], `must be the name of the folder, "${content.name}"`)
  for (const [use, permission] of Object.entries(head?.permissions ?? {}))
    refuseUnknown(sources.service, ['permissions', use], permission, content.known?.permissions, 'permission')
  if (!form) return null
  const answers = answersShape(form.steps)
  if (head) checkApplicant(sources.service, head, answers)
  const fees = buildFees(sources.fees, answers)
  const workflow = fees && workflowOf(content, sources.workflow, answers, fees)
  if (!workflow) return null
  const needed = { form, workflow, fees, letters: content.letters }
  if (de) checkTexts(sources.german, de, needed)
  if (en) checkTexts(sources.english, en, needed)
  if (de && en) checkSameKeys(sources.german, sources.english)
  if (!head || !de || !en) return null
  return {
    ...head,
    login: head.login ?? 'none',
    permissions: { read: 'cases.read', work: 'cases.work', decide: 'cases.decide', ...head.permissions },
    form,
    workflow,
    fees,
    letters: content.letters,
    texts: { de, en },
  }
}

type Head = Pick<ServiceDefinition, 'slug' | 'version' | 'state' | 'unit' | 'prefix' | 'retention' | 'applicant'> & {
  readonly login?: ServiceDefinition['login']
  readonly catalogue: CatalogueFacts
  readonly permissions?: Partial<ServiceDefinition['permissions']>
}

function workflowOf(content: FolderContent, source: YamlSource, answers: Shape, fees: readonly FeeTable[]) {
  return buildWorkflow(source, {
    answers,
    fees,
    letters: content.letters.map((letter) => letter.name),
    known: content.known,
  })
}

function checkApplicant(source: YamlSource, head: Head, answers: Shape): void {
  for (const [name, expression] of Object.entries(head.applicant)) {
    readFeel(source, ['applicant', name], expression, { answers }, ['answers'], 'text')
  }
}
