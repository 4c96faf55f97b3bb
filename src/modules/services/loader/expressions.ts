import { compileFeel, FeelError, FORM_NAMES, WORKFLOW_NAMES } from '../domain/feel.ts'
import { checkNames, DATE_SHAPE, type Shape } from '../domain/feel-names.ts'
import type { Path, YamlSource } from './source.ts'

export interface ReadFeel {
  readonly source: string
  /** What it reads: `answers.person.birthDate`. */
  readonly paths: readonly string[]
}

/** YAML reads `true` and `12` as such; an expression is their text. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** An expression as the definition keeps it, or undefined where there is none or it is refused. */
export function readFeel(
  source: YamlSource,
  path: Path,
  value: unknown,
  scope: Readonly<Record<string, Shape>>,
  names: readonly string[],
): ReadFeel | undefined {
  if (value === undefined) return undefined
  const text = asText(value).trim()
  try {
    const paths = checkNames(text, scope)
    compileFeel(text, names)
    return { source: text, paths }
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    source.refuse(path, `the expression \`${text}\` ${error.message}`)
    return undefined
  }
}

/** Names of an expression in a form; `item` and `index` only in lists. */
export function formScope(answers: Shape, entry: Shape | null, value: Shape | null): Record<string, Shape> {
  return {
    answers,
    today: DATE_SHAPE,
    ...(value === null ? {} : { value }),
    ...(entry === null ? {} : { item: entry, index: 'value' as const }),
  }
}

/** What expressions of a workflow know of a case; `cases` fills it. */
const CASE_SHAPE: Shape = {
  id: 'value',
  number: 'value',
  service: 'value',
  state: 'value',
  channel: 'value',
  openedOn: DATE_SHAPE,
  enteredOn: DATE_SHAPE,
  applicant: { name: 'value', email: 'value' },
}

/** `input` (what was filled in) and `results` (of actions before) only in actions. */
export function workflowScope(
  answers: Shape,
  findings: readonly string[],
  input: readonly string[] | null,
): Record<string, Shape> {
  const finding: Shape = { outcome: 'value', data: 'any' }
  return {
    answers,
    case: CASE_SHAPE,
    findings: Object.fromEntries(findings.map((name) => [name, finding])),
    today: DATE_SHAPE,
    ...(input === null
      ? {}
      : { input: Object.fromEntries(input.map((name) => [name, 'any' as const])), results: 'any' as const }),
  }
}

export { FORM_NAMES, WORKFLOW_NAMES }
