import { compileFeel, FeelError, FORM_NAMES, WORKFLOW_NAMES } from '../domain/feel.ts'
import type { TransitionField } from '../domain/workflow-definition.ts'
import { checkNames } from '../domain/feel-names.ts'
import { DATE_SHAPE, kindOf, type Kind, type Shape } from '../domain/feel-shapes.ts'
import type { Path, YamlSource } from './source.ts'

export interface ReadFeel {
  readonly source: string
  /** What it reads: `answers.person.birthDate`. */
  readonly paths: readonly string[]
}

/** YAML reads `true` and `12` as such; an expression is their text. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

const WANTED: Record<Kind, string> = {
  boolean: 'true or false',
  date: 'a date',
  number: 'a number',
  text: 'a text',
}
const GIVEN = { ...WANTED, parts: 'several values' }

/**
 * An expression as the definition keeps it, or undefined where there is none or it is refused. `wants`: what it must
 * give, where that can be told.
 */
export function readFeel(
  source: YamlSource,
  path: Path,
  value: unknown,
  scope: Readonly<Record<string, Shape>>,
  names: readonly string[],
  wants?: Kind,
): ReadFeel | undefined {
  if (value === undefined) return undefined
  const text = asText(value).trim()
  try {
    const { paths, gives } = checkNames(text, scope)
    compileFeel(text, names)
    const kind = kindOf(gives)
    if (wants && kind !== null && kind !== wants)
      throw new FeelError(`gives ${GIVEN[kind]}, and ${WANTED[wants]} is needed`, 0)
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
    ...(entry === null ? {} : { item: entry, index: 'number' as const }),
  }
}

/** What expressions of a workflow know of a case; `cases` fills it. */
const CASE_SHAPE: Shape = {
  id: 'text',
  number: 'text',
  service: 'text',
  state: 'text',
  channel: 'text',
  openedOn: DATE_SHAPE,
  enteredOn: DATE_SHAPE,
  applicant: { name: 'text', email: 'text' },
}

/** What a check of a workflow may find; the type is `Finding` of `cases`. */
const OUTCOMES = ['ok', 'no', 'unclear', 'unavailable']

const inputShape = (field: TransitionField): Shape => (field.type === 'choice' ? field.options : 'any')

/** `input` (what was filled in) and `results` (of actions before) only in actions. */
export function workflowScope(
  answers: Shape,
  findings: readonly string[],
  input: readonly TransitionField[] | null,
): Record<string, Shape> {
  const finding: Shape = { outcome: OUTCOMES, data: 'any' }
  return {
    answers,
    case: CASE_SHAPE,
    findings: Object.fromEntries(findings.map((name) => [name, finding])),
    today: DATE_SHAPE,
    ...(input === null
      ? {}
      : { input: Object.fromEntries(input.map((field) => [field.name, inputShape(field)])), results: 'any' as const }),
  }
}

export { FORM_NAMES, WORKFLOW_NAMES }
